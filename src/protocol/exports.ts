import type { Arrangement, Scope, SequenceRef } from './engine';

export const exportFormats = ['csv', 'json', 'npz'] as const;

export type ExportFormat = (typeof exportFormats)[number];

/** What can be taken away as a table. */
export type ExportContent =
  /** The ranked matches of a query as they are listed. */
  | {
      readonly kind: 'search';
      readonly query: SequenceRef;
      readonly scope: Scope;
      readonly weights: readonly number[] | null;
      readonly arrangement: Arrangement;
      readonly limit: number;
    }
  /** The distances of all pairs of sequences that can be ranked together; of one sequence's layout if one is given. */
  | {
      readonly kind: 'pairs';
      readonly scope: Scope;
      readonly layoutOf: SequenceRef | null;
      readonly weights: readonly number[] | null;
    }
  | { readonly kind: 'embeddings'; readonly layoutOf: SequenceRef | null };

export interface ExportParams {
  readonly content: ExportContent;
  readonly format: ExportFormat;
  /** The file that is written. */
  readonly path: string;
}

export interface Exported {
  /** Lines of the table: matches, pairs or channels. */
  readonly rows: number;
}

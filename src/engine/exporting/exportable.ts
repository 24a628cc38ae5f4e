import type { EncoderDescription } from '../../core/encoder/description';
import type { Galleries } from '../../core/ranking/galleries';
import type { GallerySink } from '../gallerySink';
import type { Lister } from '../listing/lister';
import type { Searching } from '../searching';
import type { NamedArray } from './npy';

/** What can be taken away comes from these. */
export interface ExportingParts {
  readonly encoder: EncoderDescription;
  readonly sink: GallerySink;
  readonly galleries: Galleries;
  readonly searching: Searching;
  readonly lister: Lister;
}

export type Cell = string | number | null;

/** One line of a table: some cells, and for embeddings their numbers. */
export interface Row {
  readonly cells: readonly Cell[];
  readonly values: Float32Array | null;
  /** The row in JSON where that is not its cells by their names. */
  readonly object?: Readonly<Record<string, unknown>>;
}

/** Something that can be written in any of the formats, piece by piece. */
export interface Exportable {
  /** What stands beside the rows in JSON: first of which command it is the answer. */
  readonly meta: Readonly<Record<string, unknown>>;
  readonly header: readonly string[];
  /** The names of a row's numbers; none where rows have only cells. */
  readonly valueHeader: readonly string[];
  readonly rows: () => AsyncIterable<Row> | Iterable<Row>;
  /** The arrays of an `.npz`. */
  readonly arrays: () => readonly NamedArray[];
}

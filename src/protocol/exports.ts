import * as v from 'valibot';
import { arrangement, beside } from './listing';
import { comparing, scope, sequenceRef, weights } from './sequences';
import { count, text, type Shape } from './shapes';

export const exportFormat = v.picklist(['csv', 'json', 'npz']);
export type ExportFormat = Shape<typeof exportFormat>;

/** What can be taken away as a table. */
export const exportContent = v.variant('kind', [
  /** The ranked matches of a query as they are listed: those of `ranking` while the engine knows it. */
  v.object({
    kind: v.literal('search'),
    query: sequenceRef,
    ...beside,
    ...comparing.entries,
    arrangement,
    ranking: v.nullable(text),
    limit: count,
  }),
  /** The distances of all pairs of sequences that can be ranked together; of one sequence's layout if one is given. */
  v.object({ kind: v.literal('pairs'), scope, layoutOf: v.nullable(sequenceRef), weights }),
  v.object({ kind: v.literal('embeddings'), layoutOf: v.nullable(sequenceRef) }),
]);
export type ExportContent = Shape<typeof exportContent>;

/** `path` is the file that is written. */
export const exportParams = v.object({ content: exportContent, format: exportFormat, path: v.string() });
export type ExportParams = Shape<typeof exportParams>;

/** `rows`: lines of the table, which are matches, pairs or channels. */
export const exported = v.object({ rows: count });
export type Exported = Shape<typeof exported>;

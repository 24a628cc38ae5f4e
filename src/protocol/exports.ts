import * as v from 'valibot';
import { arrangement, beside } from './listing';
import { comparing, scope, sequenceRef, sequenceSummary, weights } from './sequences';
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

/** Float32, little-endian. */
const base64 = v.pipe(v.string(), v.maxLength(2 ** 28));

export const embeddingRequests = {
  /** The embeddings of some sequences, in their order; what is not in the index is embedded on the spot. */
  embeddings: {
    params: v.object({ sequences: v.pipe(v.array(sequenceRef), v.maxLength(1000)) }),
    answer: v.object({
      encoder: v.object({ name: text, sha256: v.string() }),
      /** What each number of a channel counts for: the distance of two channels is the sum of weight times |a - b|. */
      weights: base64,
      /** `values`: the numbers of all channels, one channel after the other. */
      sequences: v.array(v.object({ sequence: sequenceSummary, channels: count, values: base64 })),
    }),
    repeatable: true,
  },
} as const;
export type Embeddings = Shape<typeof embeddingRequests.embeddings.answer>;

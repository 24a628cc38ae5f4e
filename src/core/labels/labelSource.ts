import * as v from 'valibot';

/** Where labels come from; `pattern` is a regular expression over file names. */
export const labelSource = v.variant('kind', [
  v.object({ kind: v.literal('inside') }),
  v.object({ kind: v.literal('labelsFile') }),
  v.object({ kind: v.literal('folder') }),
  v.object({ kind: v.literal('fileName'), pattern: v.pipe(v.string(), v.maxLength(500)) }),
]);
export type LabelSource = v.InferOutput<typeof labelSource>;

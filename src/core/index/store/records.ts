import { createHash } from 'node:crypto';
import * as v from 'valibot';

/** A file as it was when it was last read. */
const fileRecord = v.object({
  path: v.string(),
  size: v.number(),
  modified: v.number(),
  companions: v.array(v.object({ path: v.string(), size: v.number(), modified: v.number() })),
  hash: v.string(),
});

const bytes = v.instance(Uint8Array);

const surveyed = {
  number: v.number(),
  name: v.nullable(v.string()),
  label: v.nullable(v.string()),
  channels: v.array(v.object({ name: v.nullable(v.string()), unit: v.nullable(v.string()) })),
  steps: v.number(),
  rate: v.nullable(v.number()),
  notes: v.array(v.string()),
  /** Float32: the quantile function of the raw values of every channel. */
  levels: bytes,
};

/** Records of before there were doubts have none: what was read is still good. */
const surveyedSequence = v.object({ ...surveyed, doubts: v.optional(v.array(v.string()), []) });

const unclaimed = v.object({ kind: v.literal('unclaimed') });
const unreadable = v.object({ kind: v.literal('unreadable'), reason: v.string() });
const sequences = {
  kind: v.literal('sequences'),
  format: v.string(),
  count: v.number(),
  unusable: v.array(v.object({ number: v.number(), reason: v.string() })),
};

/** What a content holds: nothing that any reader claims, something unreadable, or sequences. */
const survey = v.variant('kind', [
  unclaimed,
  unreadable,
  v.object({ ...sequences, sequences: v.array(surveyedSequence) }),
]);

/** The same with nothing left out: whatever is of this form can be taken as it is. */
const wholeSurvey = v.variant('kind', [
  unclaimed,
  unreadable,
  v.object({ ...sequences, sequences: v.array(v.object({ ...surveyed, doubts: v.array(v.string()) })) }),
]);

const embedding = v.object({ values: bytes, covered: v.number() });

/** See `Track`; `form` names what its bytes are. */
const track = v.object({ form: v.string(), steps: v.number(), cell: v.number(), channels: v.number(), bytes });

const scale = v.object({ centres: v.array(v.number()), spreads: v.array(v.number()), rates: v.array(v.number()) });

/** A file that is in the index, with all that a start needs of it. */
export const rememberedFile = v.object({
  path: v.string(),
  record: fileRecord,
  survey: wholeSurvey,
  /** What it was embedded by. */
  basis: v.string(),
  /** One for each sequence of the survey, in its order. */
  embedded: v.array(
    v.object({
      values: bytes,
      covered: v.number(),
      rate: v.nullable(v.number()),
    }),
  ),
});

/** How often reading a file ended an engine or a thread, when it did last, and under which version of Kindred. */
const deaths = v.object({
  count: v.number(),
  /** The hash of what the file held; an engine that died first could not say. */
  content: v.optional(v.string()),
  at: v.number(),
  version: v.string(),
});

export type FileRecord = v.InferOutput<typeof fileRecord>;
export type SurveyedSequence = v.InferOutput<typeof surveyedSequence>;
export type Survey = v.InferOutput<typeof survey>;
export type RememberedFile = v.InferOutput<typeof rememberedFile>;
export type EmbeddingRecord = v.InferOutput<typeof embedding>;
export type TrackRecord = v.InferOutput<typeof track>;
export type ScaleRecord = v.InferOutput<typeof scale>;
export type DeathsRecord = v.InferOutput<typeof deaths>;

/** Each answers `undefined` for a record that is missing or not of its form: what cannot be trusted is made anew. */
export const parse = {
  file: (value: unknown) => checked(fileRecord, value),
  survey: (value: unknown) => checked(survey, value),
  embedding: (value: unknown) => checked(embedding, value),
  track: (value: unknown) => checked(track, value),
  scale: (value: unknown) => checked(scale, value),
  deaths: (value: unknown) => checked(deaths, value),
};

function checked<T extends v.GenericSchema>(schema: T, value: unknown): v.InferOutput<T> | undefined {
  const result = v.safeParse(schema, value);
  return result.success ? result.output : undefined;
}

/** A key of fixed length for any text: LMDB limits the length of keys, and paths are longer. */
export function keyOf(...parts: readonly (string | number)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}

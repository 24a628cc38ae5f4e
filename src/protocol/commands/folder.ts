import * as v from 'valibot';
import { scope } from '../sequences';
import { count, text } from '../shapes';
import { headOf, named, recording } from './recording';

/** `ignored`: findings that are ignored for good, which are not listed. */
const listed = <Row extends v.GenericSchema>(row: Row) => ({ total: count, ignored: count, rows: v.array(row) });

/** What the checks of one layout found, with reasons in words. */
export const layoutReport = v.object({
  /** The channels in order, or `null` for all recordings together. */
  channels: v.nullable(v.array(v.nullable(text))),
  sequences: count,
  duplicates: v.object({
    ...listed(
      v.object({
        keep: recording,
        copies: v.array(v.object({ recording: recording, distance: v.number(), how: v.string() })),
        size: count,
      }),
    ),
    threshold: v.number(),
  }),
  outliers: v.object(
    listed(v.object({ recording: recording, factor: v.number(), nearest: recording, reasons: v.array(v.string()) })),
  ),
  labels: v.object({
    ...listed(
      v.object({
        recording: recording,
        suggested: text,
        confidence: v.number(),
        given: v.number(),
        reason: v.string(),
      }),
    ),
    labelled: count,
  }),
  groups: v.object(
    listed(
      v.object({
        typical: recording,
        size: count,
        labels: v.array(v.object({ label: v.nullable(text), sequences: count })),
      }),
    ),
  ),
});

export const overviewEntries = {
  params: v.strictObject({
    /** The names of channels with commas between them, or their number; `all` for all recordings together. */
    layout: v.exactOptional(text),
  }),
  answer: v.object({ ...headOf('overview'), folders: v.array(text), layouts: v.array(layoutReport) }),
} as const;

/** Where a table goes, if not into the answer. */
const written = { format: v.optional(v.picklist(['csv', 'npz']), 'csv'), out: v.exactOptional(text) };

export const exportEntries = {
  params: v.strictObject({
    ...written,
    /** Only recordings with the channels of this one. */
    layoutOf: v.exactOptional(named),
  }),
  answer: v.object({
    ...headOf('export'),
    encoder: v.object({ name: text, sha256: v.string() }),
    /** What each number of a row is: the value of a quantile function at a level, over a part of the recording. */
    columns: v.array(
      v.object({
        ...{ feature: count, view: count, from: v.number(), to: v.number(), level: v.number() },
        ...{ scale: v.number(), weight: v.number() },
      }),
    ),
    /** One for every channel of every recording. */
    rows: v.array(
      v.object({
        ...{ path: text, file: text, sequence: count, name: v.nullable(text), label: v.nullable(text) },
        ...{ layout: count, channel: count, channel_name: v.nullable(text) },
        values: v.array(v.number()),
      }),
    ),
  }),
} as const;

export const pairsEntries = {
  params: v.strictObject({ ...written, allLayouts: v.optional(v.boolean(), false) }),
  answer: v.object({
    ...headOf('pairs'),
    scope,
    sequences: count,
    rows: v.array(
      v.object({
        ...{ file_a: text, sequence_a: count, label_a: v.nullable(text) },
        ...{ file_b: text, sequence_b: count, label_b: v.nullable(text) },
        distance: v.number(),
      }),
    ),
  }),
} as const;

/** What `export` and `pairs` answer when they wrote a file: `rows` are lines of the table. */
export const writtenAnswer = v.object({ ...headOf('written'), path: v.string(), rows: count });

export const labelsEntries = {
  params: v.strictObject({}),
  answer: v.object({
    ...headOf('labels'),
    folders: v.array(text),
    sequences: count,
    labelled: count,
    /** Most frequent first. `within`: the file that gives the label itself, in which alone it means something. */
    rows: v.array(v.object({ label: text, within: v.nullable(text), sequences: count })),
  }),
} as const;

const inspected = v.object({
  ...{ name: v.nullable(v.string()), label: v.nullable(v.string()), rate: v.nullable(v.number()), steps: count },
  channels: v.array(
    v.object({
      ...{ name: v.nullable(v.string()), unit: v.nullable(v.string()) },
      /** The first and the last values; `null` for a sample that is missing. */
      first: v.array(v.nullable(v.number())),
      last: v.array(v.nullable(v.number())),
    }),
  ),
  /** The doubts are among the notes. */
  notes: v.array(v.string()),
  doubts: v.array(v.string()),
});

export const inspectEntries = {
  params: v.strictObject({ files: v.pipe(v.array(text), v.minLength(1), v.maxLength(10_000)) }),
  answer: v.object({
    ...headOf('inspect'),
    /** `skipped` ends the sentence "skipped, because ...". */
    files: v.array(
      v.union([
        v.object({ path: v.string(), sequences: v.array(inspected) }),
        v.object({ path: v.string(), skipped: v.string() }),
      ]),
    ),
    /** Where one file was asked about, what came of it once more. */
    sequences: v.exactOptional(v.array(inspected)),
    skipped: v.exactOptional(v.string()),
  }),
} as const;

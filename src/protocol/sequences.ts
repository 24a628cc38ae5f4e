import * as v from 'valibot';
import { count, text, type Shape } from './shapes';

/** Names one sequence: the absolute path of its file and its number in it, from 0. */
export const sequenceRef = v.object({ path: text, number: count });
export type SequenceRef = Shape<typeof sequenceRef>;

/** What is shown of a sequence. Every string comes from a file and is hostile to HTML. */
export const sequenceSummary = v.object({
  ref: sequenceRef,
  /** The path from the workspace folder, with forward slashes (after the folder's name if there are several). */
  file: text,
  /** How many sequences the file holds. */
  siblings: count,
  format: text,
  name: v.nullable(text),
  label: v.nullable(text),
  /** Whether the file itself gives the label: then it means something in this file alone. */
  ownLabel: v.exactOptional(v.boolean()),
  /** The channel names in order, `null` where the file gives none. */
  channels: v.array(v.nullable(text)),
  steps: count,
  /** Hz, or `null` if unknown. */
  rate: v.nullable(v.number()),
  /** Share of the time steps that the embedding covers: 1 unless the sequence is longer than the budget. */
  covered: v.number(),
  notes: v.array(text),
  /** What the reader was not sure of, in sentences. */
  doubts: v.array(text),
});
export type SequenceSummary = Shape<typeof sequenceSummary>;

/** Whether two sequences have the same label: "1" of one file is not "1" of another, unless `labels.csv` gives both. */
export function sameLabel(a: Labelled, b: Labelled): boolean {
  if (a.label === null || a.label !== b.label || a.ownLabel !== b.ownLabel) return false;
  return a.ownLabel !== true || a.ref.path === b.ref.path;
}

type Labelled = Pick<SequenceSummary, 'ref' | 'label' | 'ownLabel'>;

export const scope = v.picklist(['layout', 'all']);
export type Scope = Shape<typeof scope>;

/** What each channel counts for, none negative; `null` where all count alike, and with all layouts. */
export const weights = v.nullable(
  v.pipe(v.array(v.pipe(v.number(), v.minValue(0), v.maxValue(1000))), v.maxLength(10_000)),
);

/** How sequences are compared. */
export const comparing = v.object({ scope, weights });
export type Comparing = Shape<typeof comparing>;

/** As many sequences as are asked about together, each of its kinds. */
export const mostInSet = 64;

const some = <Schema extends v.GenericSchema>(schema: Schema) => v.pipe(v.array(schema), v.maxLength(mostInSet));

/** How the distances to several wanted sequences are taken together. */
export const combination = v.picklist(['nearest', 'mean']);
export type Combination = Shape<typeof combination>;

const setOf = <Schema extends v.GenericSchema>(schema: Schema) =>
  v.object({
    /** Further queries, which are not listed. */
    queries: some(schema),
    /** Marked sequences, which are listed: matches are to be like these as well, and not like those. */
    more: some(schema),
    less: some(schema),
    by: combination,
  });

/** What is asked about beside the query. */
export const querySet = setOf(sequenceRef);
export type QuerySet = Shape<typeof querySet>;

/** The same for somebody who looks at it. */
export const shownSet = v.object({
  ...setOf(sequenceSummary).entries,
  /** Whether the sequences have different channels, so that all layouts are compared. */
  mixed: v.boolean(),
});
export type ShownSet = Shape<typeof shownSet>;

export const match = v.object({
  /** From 1. */
  rank: count,
  /** Where several sequences are asked about, its score. */
  distance: v.number(),
  sequence: sequenceSummary,
  /** Of several sequences that are wanted the nearest one, by its number among them, and its distance. */
  nearest: v.exactOptional(v.object({ wanted: count, distance: v.number() })),
});
export type Match = Shape<typeof match>;

/** What a user says of a match: results are to be more like it, or not like it. */
export type Mark = 'more' | 'less';

export const indexStatus = v.object({
  state: v.picklist(['starting', 'scanning', 'indexing', 'ready', 'paused']),
  /** Files that are finished, and all candidate files found so far. */
  done: count,
  total: count,
  sequences: count,
  /** Files that could not be used. */
  skipped: count,
  /** Sequences that could not be used, of files that hold several. */
  skippedSequences: count,
  /** Files of which the reader was not sure how they are read. */
  unsure: count,
  /** How often, since this index was opened, what it knows of a file changed, and how often `labels.csv` did. */
  changes: v.object({
    /** Names this opening of the index. */
    opening: text,
    files: count,
    labels: count,
  }),
  /** What a user must know of the cache (a full disk, say), or `null`. */
  problem: v.nullable(v.string()),
});
export type IndexStatus = Shape<typeof indexStatus>;
export type IndexState = IndexStatus['state'];

export const searchParams = v.object({ query: sequenceRef, scope, limit: count });
export type SearchParams = Shape<typeof searchParams>;

export const searchResult = v.object({
  query: sequenceSummary,
  scope,
  /** Nearest first. */
  matches: v.array(match),
  /** How many sequences were ranked: `matches` holds the first of them. */
  candidates: count,
  /** How many other sequences the index holds in other layouts. */
  elsewhere: count,
  index: indexStatus,
  milliseconds: v.number(),
});
export type SearchResult = Shape<typeof searchResult>;

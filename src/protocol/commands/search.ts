import * as v from 'valibot';
import { combination, mostInSet, scope } from '../sequences';
import { count, text } from '../shapes';
import { headOf, named, recording, recordingEntries } from './recording';

const some = v.pipe(v.array(named), v.maxLength(mostInSet));

export const mostRows = 1_000_000;
const top = v.optional(v.pipe(count, v.minValue(1), v.maxValue(mostRows)), 10);

export const searchEntries = {
  params: v.strictObject({
    ...named.entries,
    top,
    /** Whether recordings with other channels are ranked as well, pooled over channels. */
    allLayouts: v.optional(v.boolean(), false),
    /** What each channel counts for. */
    weights: v.exactOptional(v.array(v.pipe(v.number(), v.minValue(0), v.maxValue(1000)))),
    /** Further recordings to search from, which are not listed. */
    also: v.optional(some, []),
    /** Recordings that matches are to be like as well, and recordings that they are not to be like. */
    like: v.optional(some, []),
    unlike: v.optional(some, []),
    rankBy: v.optional(combination, 'nearest'),
    /** Whether the embeddings come with the rows. */
    embeddings: v.optional(v.boolean(), false),
  }),
  answer: v.object({
    ...headOf('search'),
    query: recording,
    also: v.array(recording),
    like: v.array(recording),
    unlike: v.array(recording),
    scope,
    weights: v.nullable(v.array(v.number())),
    /** How many recordings were ranked, and how many have other channels and were not. */
    candidates: count,
    elsewhere: count,
    /** Where embeddings were asked for: what each number of a channel counts for, and the query's own. */
    column_weight: v.exactOptional(v.array(v.number())),
    query_embedding: v.exactOptional(v.array(v.array(v.number()))),
    /** Nearest first. */
    rows: v.array(
      v.object({
        rank: count,
        distance: v.number(),
        ...recordingEntries,
        /** The share of the time steps that the embedding covers. */
        covered: v.number(),
        /** The numbers of each channel. */
        embedding: v.exactOptional(v.array(v.array(v.number()))),
      }),
    ),
  }),
} as const;

/** Seconds where the recording's rate is known, else time steps. */
const moment = v.pipe(v.number(), v.finite(), v.minValue(0));

export const windowsEntries = {
  params: v.strictObject({
    ...named.entries,
    /** Where the part begins and ends: in seconds, or in time steps where the rate is unknown. */
    from: v.optional(moment, 0),
    to: v.exactOptional(moment),
    top: v.optional(v.pipe(count, v.minValue(1), v.maxValue(1000)), 10),
    /** The best window of every recording, or all that are far enough apart. */
    which: v.optional(v.picklist(['best', 'all']), 'best'),
    /** Files or folders to search; all if none are named. */
    files: v.exactOptional(v.pipe(v.array(text), v.minLength(1), v.maxLength(10_000))),
    /** Whether only the recording itself is searched. */
    own: v.optional(v.boolean(), false),
    /** Whether windows may also last half to twice as long. */
    range: v.optional(v.boolean(), false),
  }),
  answer: v.object({
    ...headOf('windows'),
    query: recording,
    /** The part, in time steps, and in seconds where the rate is known. */
    start: count,
    end: count,
    seconds: v.nullable(v.number()),
    searched: v.object({ recordings: count, windows: count }),
    /** Recordings that were not searched; the reason ends the sentence "not searched, because ...". */
    left: v.array(v.object({ recordings: count, reason: text })),
    /** What is to be known of the part, in sentences. */
    notes: v.array(text),
    /** Nearest first. */
    rows: v.array(
      v.object({
        rank: count,
        distance: v.number(),
        ...recordingEntries,
        /** The window, in time steps of its own recording. */
        start: count,
        end: count,
        /** The same in seconds, or `null` where the rate is unknown. */
        from_s: v.nullable(v.number()),
        to_s: v.nullable(v.number()),
      }),
    ),
  }),
} as const;

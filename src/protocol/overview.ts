import * as v from 'valibot';
import { sequenceRef } from './sequences';
import { count, numbers, share, text, type Shape } from './shapes';

/** What a whole folder looks like: the neighbours of every sequence, and a map of them. */

/** The layout that is looked at, or `null` for the sequences of all layouts, pooled over their channels. */
export const overviewOf = v.object({ layout: v.nullable(text) });
export type OverviewOf = Shape<typeof overviewOf>;

export const overviewStatus = v.object({
  layout: v.nullable(text),
  /**
   * `indexing`: the index is not complete yet; `neighbours`: the nearest of every sequence are searched for; `map`: the
   * map settles, and can be looked at meanwhile; `ready`: everything is there.
   */
  stage: v.picklist(['indexing', 'neighbours', 'map', 'ready']),
  paused: v.boolean(),
  /** How far the stage is, in sequences or rounds. */
  done: count,
  total: count,
  /** About how long the stage still takes, or `null` where nobody can say yet. */
  secondsLeft: v.nullable(v.number()),
  sequences: count,
  /** Changes whenever the points, or what is known of them, change; checks and points are of one version. */
  version: count,
  /** Changes whenever a point has moved. */
  picture: count,
});
export type OverviewStatus = Shape<typeof overviewStatus>;

/** Texts that many points have: each once, and for every point its number, or -1 for none. */
const column = v.object({ texts: v.array(text), of: numbers });
export type OverviewColumn = Shape<typeof column>;

/** Every sequence of an overview, one number of each list for each. Every text comes from a file and is hostile to HTML. */
export const overviewPoints = v.object({
  version: count,
  picture: count,
  /** Absolute paths of the files, and as they are shown, alike in order. */
  paths: v.array(text),
  files: column,
  /** The number of each sequence in its file, and how many the file has. */
  number: numbers,
  siblings: numbers,
  names: column,
  /** Labels of different files that give their own are different texts, though they read alike. */
  labels: column,
  folders: column,
  formats: column,
  layouts: column,
  steps: numbers,
  /** Places from -1 to 1; empty before the first picture. */
  x: numbers,
  y: numbers,
  /** The local outlier factor, and the distance of the nearest other sequence; empty before the neighbours are known. */
  outlier: numbers,
  nearest: numbers,
  /**
   * How far the map can be trusted (Venna and Kaski 2001), and the share of the true ten nearest that are among the ten
   * nearest on the map; `null` before the map has settled.
   */
  quality: v.nullable(v.object({ trustworthiness: v.number(), kept: v.number() })),
});
export type OverviewPoints = Shape<typeof overviewPoints>;

const places = v.object({ version: count, picture: count, x: numbers, y: numbers });
export type OverviewPlaces = Shape<typeof places>;

const place = v.nullable(v.number());

const before = v.object({
  version: count,
  /** Where they lay, in their order; `null` for one that was not there. */
  x: v.array(place),
  y: v.array(place),
  /** The share of labelled ones whose nearest has the same label; `null` where labels do not tell. */
  agreeing: v.object({ before: v.nullable(share), now: v.nullable(share) }),
});
export type OverviewBefore = Shape<typeof before>;

/** What the page of the overview asks about its points. */
export const pointRequests = {
  /** How far all points are from a sequence, in their order. */
  overviewDistances: {
    params: v.object({ ...overviewOf.entries, sequence: sequenceRef }),
    answer: v.object({ version: count, distances: numbers }),
    repeatable: true,
  },
  /** What another encoder made of the points before, or `null` where that is not known. */
  overviewBefore: {
    params: overviewOf,
    answer: v.nullable(before),
    repeatable: true,
  },
} as const;

export const overviewRequests = {
  ...pointRequests,
  /** How far it is; it is begun when it is first asked for. */
  overview: { params: overviewOf, answer: overviewStatus, repeatable: true },
  overviewPause: { params: v.object({ ...overviewOf.entries, paused: v.boolean() }), answer: overviewStatus },
  overviewPoints: { params: overviewOf, answer: overviewPoints, repeatable: true },
  /** Where the points are by now, in the same order. */
  overviewPlaces: { params: overviewOf, answer: places, repeatable: true },
} as const;

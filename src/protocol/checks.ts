import * as v from 'valibot';
import { sequenceRef, sequenceSummary } from './sequences';
import { count, numbers, share, text, type Shape } from './shapes';

/** What the neighbours of all sequences tell of a folder: copies, outliers, doubtful labels and groups. */

export const checkNames = ['duplicates', 'outliers', 'labels', 'groups'] as const;
export const checkName = v.picklist(checkNames);
export type CheckName = Shape<typeof checkName>;

/** As many rows as a list is asked for at once. */
export const mostChecked = 200;

const asked = {
  /** As in `overviewOf`. */
  layout: v.nullable(text),
  from: count,
  count: v.pipe(count, v.minValue(1), v.maxValue(mostChecked)),
  /** Whether what a user ignores for good is listed, instead of the rest. */
  ignored: v.boolean(),
};

/** What an answer says beside its rows: of which version of the overview it is, and how many rows there are in all. */
const listed = { version: count, total: count, ignored: count };

/**
 * Of the samples that tell of copies and faults, which are looked at in the background from the first question on: how many
 * recordings and pairs of them were. Until it is all of them, the next answer may list more.
 */
const looked = { looked: v.exactOptional(v.object({ done: count, total: count })) };

const duplicates = v.object({
  ...listed,
  ...looked,
  /** Sequences no farther apart than this are copies, and those whose samples say so; `suggested` comes from the distances of nearest neighbours. */
  threshold: v.number(),
  suggested: v.number(),
  /** For thresholds from small to large, how many clusters and sequences of clusters there would be. */
  counts: v.object({ thresholds: numbers, clusters: numbers, sequences: numbers }),
  rows: v.array(
    v.object({
      /** The one to keep first, then the others by their distance to it. */
      members: v.array(v.object({ sequence: sequenceSummary, distance: v.number() })),
      /** How many members the cluster has; `members` holds the first of them. */
      size: count,
    }),
  ),
});
export type Duplicates = Shape<typeof duplicates>;

/** How one recording is a copy of another, found in their samples. `alike`: none of the others. */
export const copyKind = v.picklist([
  'bytes',
  'values',
  'shifted',
  'cut',
  'rescaled',
  'inverted',
  'resampled',
  'noisy',
  'alike',
]);
export type CopyKind = Shape<typeof copyKind>;

const copy = v.object({
  kind: copyKind,
  /**
   * Time steps (shifted: above 0 where the other begins later; cut: where the shorter begins in the longer), a factor of the
   * other beside the kept one (rescaled: 1 where a constant was added; resampled) or the noise's share of the spread (noisy).
   */
  amount: v.nullable(v.number()),
  /** The channel that is inverted or rescaled, or `null` for all of them. */
  channel: v.nullable(count),
});
export type Copy = Shape<typeof copy>;

const outliers = v.object({
  ...listed,
  ...looked,
  rows: v.array(
    v.object({
      sequence: sequenceSummary,
      /** The local outlier factor (Breunig et al. 2000): 1 is usual. */
      factor: v.number(),
      nearest: sequenceSummary,
      distance: v.number(),
    }),
  ),
});
export type Outliers = Shape<typeof outliers>;

/** What is wrong with a recording beside the others. */
export const faultKind = v.picklist([
  'flat',
  'clipped',
  'spikes',
  'unit',
  'swapped',
  'dropped',
  'hum',
  'level',
  'noise',
]);
export type FaultKind = Shape<typeof faultKind>;

const fault = v.object({
  kind: faultKind,
  channel: v.nullable(count),
  /** The channel that it is swapped with. */
  other: v.nullable(count),
  /**
   * A share of the steps (flat, clipped, dropped), how many (spikes), a factor (unit, noise), Hz (hum), or spreads of the
   * others (level, below 0 for lower).
   */
  amount: v.nullable(v.number()),
});
export type Fault = Shape<typeof fault>;

const doubtful = v.object({
  ...listed,
  /** How many sequences have a label. */
  labelled: count,
  rows: v.array(
    v.object({
      sequence: sequenceSummary,
      /** The label that the neighbours have. */
      suggested: text,
      /** How sure the neighbours are of it, and of the one that is given. */
      confidence: share,
      given: share,
    }),
  ),
});
export type DoubtfulLabels = Shape<typeof doubtful>;

const groups = v.object({
  ...listed,
  /** The largest first. */
  rows: v.array(
    v.object({
      size: count,
      /** The most typical one. */
      medoid: sequenceSummary,
      /** The most frequent labels. */
      labels: v.array(v.object({ label: v.nullable(text), sequences: count })),
      /** The numbers of its members among the points. */
      members: numbers,
    }),
  ),
});
export type Groups = Shape<typeof groups>;

const ofLayout = v.object({ layout: v.nullable(text) });

export const checkRequests = {
  overviewDuplicates: {
    params: v.object({ ...asked, threshold: v.nullable(v.pipe(v.number(), v.minValue(0))) }),
    answer: duplicates,
    repeatable: true,
  },
  overviewOutliers: { params: v.object(asked), answer: outliers, repeatable: true },
  overviewLabels: { params: v.object(asked), answer: doubtful, repeatable: true },
  overviewGroups: { params: v.object(asked), answer: groups, repeatable: true },
  /** How a recording is a copy of another. */
  overviewCopy: { params: v.object({ kept: sequenceRef, other: sequenceRef }), answer: copy, repeatable: true },
  /** What is wrong with a recording. */
  overviewFaults: {
    params: v.object({ ...ofLayout.entries, sequence: sequenceRef }),
    answer: v.array(fault),
    repeatable: true,
  },
  /** Ignores findings for good, or no longer; kept in `.kindred/ignored.csv`. */
  overviewIgnore: {
    params: v.object({
      check: checkName,
      sequences: v.pipe(v.array(sequenceRef), v.minLength(1)),
      ignored: v.boolean(),
    }),
    answer: v.object({}),
  },
} as const;

import * as v from 'valibot';
import {
  comparing,
  indexStatus,
  match,
  querySet,
  scope,
  sequenceRef,
  sequenceSummary,
  shownSet,
  weights,
} from './sequences';
import { count, text, type Shape } from './shapes';

/** A ranking and its parts as they are listed. */

const bound = v.nullable(v.pipe(v.number(), v.finite()));
/** From `least` to `most`, both included; `null` where there is no bound. */
const range = v.object({ least: bound, most: bound });
export type Range = Shape<typeof range>;

const values = <T extends v.GenericSchema>(value: T) => v.pipe(v.array(value), v.maxLength(1000));

/** What a match must be to be listed; all conditions hold together. */
const matchFilter = v.object({
  /** Words of which each must occur in the path, the name, the label or a channel's name, whatever the case. */
  text,
  /** A glob that the path must match; one without a slash is for the file's name. Empty for any path. */
  path: text,
  /** The labels of which the match must have one, `null` standing for none; empty for any label. */
  labels: values(v.nullable(text)),
  formats: values(text),
  /** Hz. */
  rate: range,
  /** In `lengthUnit`; a recording of unknown rate has no length in seconds. */
  length: range,
  lengthUnit: v.picklist(['seconds', 'steps']),
  channels: range,
  distance: range,
  /** Whether only those are listed whose reader is not sure of everything. */
  unsure: v.boolean(),
  /** Sequences that are left out, whatever they are. */
  excluded: v.pipe(v.array(sequenceRef), v.maxLength(10_000)),
});
export type MatchFilter = Shape<typeof matchFilter>;

/** How a ranking is listed. */
export const arrangement = v.object({
  filter: matchFilter,
  sorting: v.object({
    key: v.picklist(['distance', 'name', 'folder', 'label', 'length', 'rate', 'channels', 'format']),
    descending: v.boolean(),
  }),
  grouping: v.picklist(['none', 'label', 'folder']),
  /** The names of groups whose matches are not listed. */
  collapsed: values(text),
});
export type Arrangement = Shape<typeof arrangement>;
export type SortKey = Arrangement['sorting']['key'];
export type Grouping = Arrangement['grouping'];

const unbounded: Range = { least: null, most: null };

/** Lets every match through. */
export const noFilter: MatchFilter = {
  text: '',
  path: '',
  labels: [],
  formats: [],
  rate: unbounded,
  length: unbounded,
  lengthUnit: 'seconds',
  channels: unbounded,
  distance: unbounded,
  unsure: false,
  excluded: [],
};

/** Everything, nearest first. */
export const plainArrangement: Arrangement = {
  filter: noFilter,
  sorting: { key: 'distance', descending: false },
  grouping: 'none',
  collapsed: [],
};

/** Which part of a list is wanted. */
const part = {
  from: count,
  count,
  /** A sequence whose place in the list is wanted as well. */
  find: v.exactOptional(sequenceRef),
};

/** Further sequences that are asked about. */
export const beside = { set: v.exactOptional(querySet) };

/** Asks for a new ranking and a part of its list. */
export const rankParams = v.object({ query: sequenceRef, ...beside, ...comparing.entries, arrangement, ...part });
export type RankParams = Shape<typeof rankParams>;

/** Asks for a part of a ranking that was made before, in whatever arrangement. */
export const listParams = v.object({ ranking: text, arrangement, ...part });
export type ListParams = Shape<typeof listParams>;

/** A line of the list: a match, or the head of the group that follows. */
const item = v.variant('kind', [
  v.object({ kind: v.literal('match'), ...match.entries }),
  v.object({
    kind: v.literal('group'),
    /** The label or the folder; empty for matches that have none. */
    name: text,
    count,
    collapsed: v.boolean(),
  }),
]);
export type ListItem = Shape<typeof item>;

/** The items of a part of a list. */
export const items = v.array(item);

/** A part of a ranking, filtered, sorted and grouped. */
export const listing = v.object({
  /** Names the ranking, whose list stays as it is for as long as the engine keeps it. */
  ranking: text,
  query: sequenceSummary,
  /** `null` where the query is all that was asked about. */
  set: v.nullable(shownSet),
  /** As it was used: all layouts where the sequences that were asked about have different channels. */
  scope,
  /** As they were used: `null` if those asked for do not fit the query's channels. */
  weights,
  from: count,
  items,
  /** The position of the sequence that was looked for; `null` where it is not listed. */
  found: v.exactOptional(v.nullable(count)),
  /** How many items the whole list has. */
  length: count,
  /** How many matches the filter lets through. */
  matching: count,
  candidates: count,
  elsewhere: count,
  /** Whether any candidate has a label. */
  labelled: v.boolean(),
  /** The smallest distance above 0 of the part that was ranked, and about the largest; 0 where there is none. */
  nearest: v.number(),
  farthest: v.number(),
  index: indexStatus,
});
export type Listing = Shape<typeof listing>;

const counted = <T extends v.GenericSchema>(value: T) => values(v.object({ value, count }));

/** A value that sequences have, with how many have it. */
export interface Counted<T> {
  readonly value: T;
  readonly count: number;
}

export const facetParams = v.object({ query: sequenceRef, ...beside, scope });
export type FacetParams = Shape<typeof facetParams>;

/** What there is to filter by, most frequent first. */
export const facets = v.object({ labels: counted(v.nullable(text)), formats: counted(text) });
export type Facets = Shape<typeof facets>;

/** The sequences of one layout. */
/** How many sequences of a layout have a label. */
export const labelCount = v.object({
  value: v.nullable(text),
  /** The file that gives it and in which alone it means something; `null` where `labels.csv` gives it. */
  within: v.nullable(v.object({ path: text, file: text })),
  count,
});
export type LabelCount = Shape<typeof labelCount>;

export const labelledParams = v.object({
  /** A sequence of the layout. */
  layoutOf: sequenceRef,
  label: v.pick(labelCount, ['value', 'within']),
});

export type LabelledParams = Shape<typeof labelledParams>;

export const layoutSummary = v.object({
  /** One of its sequences. */
  member: sequenceRef,
  channels: v.array(v.nullable(text)),
  sequences: count,
  /** Most frequent first; `null` for sequences without a label. */
  labels: v.array(labelCount),
});
export type LayoutSummary = Shape<typeof layoutSummary>;

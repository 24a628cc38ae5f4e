import * as v from 'valibot';
import { answerMessage, askMessage, exportMessage, savePlotMessage, unansweredMessage } from './questions';

/**
 * The messages between the extension host and the webview. Both sides validate what they receive with these
 * schemas, because a webview shows hostile strings and a message that does not fit must end as an error, not as
 * undefined behaviour.
 */

const text = v.pipe(v.string(), v.maxLength(4096));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));

export const sequenceRef = v.object({ path: text, number: count });

const sequenceSummary = v.object({
  ref: sequenceRef,
  file: text,
  siblings: count,
  format: text,
  name: v.nullable(text),
  label: v.nullable(text),
  channels: v.array(v.nullable(text)),
  steps: count,
  rate: v.nullable(v.number()),
  covered: v.number(),
  notes: v.array(text),
});

const item = v.variant('kind', [
  v.object({ kind: v.literal('match'), rank: count, distance: v.number(), sequence: sequenceSummary }),
  v.object({ kind: v.literal('group'), name: text, count, collapsed: v.boolean() }),
]);

/** A page of the list holds at most so many items. */
export const longestPage = 200;

const page = v.pipe(v.array(item), v.maxLength(longestPage));

const bound = v.nullable(v.pipe(v.number(), v.finite()));
const range = v.object({ least: bound, most: bound });
const values = <T extends v.GenericSchema>(value: T) => v.pipe(v.array(value), v.maxLength(1000));

export const arrangement = v.object({
  filter: v.object({
    text,
    path: text,
    labels: values(v.nullable(text)),
    formats: values(text),
    rate: range,
    length: range,
    lengthUnit: v.picklist(['seconds', 'steps']),
    channels: range,
    distance: range,
    excluded: v.pipe(v.array(sequenceRef), v.maxLength(10_000)),
  }),
  sorting: v.object({
    key: v.picklist(['distance', 'name', 'folder', 'label', 'length', 'rate', 'channels', 'format']),
    descending: v.boolean(),
  }),
  grouping: v.picklist(['none', 'label', 'folder']),
  collapsed: values(text),
});

/** One for each channel, `null` where all count alike. */
const weights = v.nullable(v.pipe(v.array(v.pipe(v.number(), v.minValue(0), v.maxValue(1000))), v.maxLength(10_000)));

const indexStatus = v.object({
  state: v.picklist(['starting', 'scanning', 'indexing', 'ready', 'paused']),
  done: count,
  total: count,
  sequences: count,
  skipped: count,
  problem: v.nullable(text),
});

const plot = v.object({
  ref: sequenceRef,
  steps: count,
  rate: v.nullable(v.number()),
  channels: v.array(
    v.object({
      name: v.nullable(text),
      unit: v.nullable(text),
      minimum: v.array(v.number()),
      maximum: v.array(v.number()),
    }),
  ),
  hidden: count,
});

const scope = v.picklist(['layout', 'all']);

const history = v.object({ back: v.boolean(), forward: v.boolean() });

const results = v.object({
  /** Pages of another list are not of this one. */
  list: count,
  query: sequenceSummary,
  scope,
  weights,
  arrangement,
  /** The first items; the others come by pages. */
  items: page,
  /** How many items the whole list has. */
  length: count,
  /** How many matches the filter lets through. */
  matching: count,
  candidates: count,
  elsewhere: count,
  labelled: v.boolean(),
  nearest: v.number(),
  farthest: v.number(),
});

const facets = v.object({
  labels: values(v.object({ value: v.nullable(text), count })),
  formats: values(v.object({ value: text, count })),
});

/** What a menu or a key of the editor asks of the panel. */
export const panelCommands = [
  'open',
  'findSimilar',
  'compare',
  'copyPaths',
  'setLabel',
  'exclude',
  'selectAll',
  'focusFilter',
] as const;

/** Positions in the list, from the first to the last of each part. */
const parts = v.pipe(v.array(v.tuple([count, count])), v.maxLength(10_000));

/** Recordings that are opened together. */
const several = v.pipe(v.array(sequenceRef), v.minLength(1), v.maxLength(8));

/** From the host to the webview. */
export const toWebview = v.variant('type', [
  /** Nothing has been asked yet. */
  v.object({ type: v.literal('empty') }),
  /** A query is on its way; `file` is what it is about. */
  v.object({ type: v.literal('searching'), file: text, history }),
  v.object({ type: v.literal('results'), results, history }),
  /** `length` is that of the whole list, which may have changed. */
  v.object({ type: v.literal('page'), list: count, from: count, items: page, length: count }),
  v.object({ type: v.literal('facets'), facets }),
  v.object({ type: v.literal('pinned'), pinned: v.boolean() }),
  /** `item` is the position that the command is about; without it, the one that has the focus. */
  v.object({ type: v.literal('run'), command: v.picklist(panelCommands), item: v.nullable(count) }),
  /** The query failed; `message` is complete sentences for the user. */
  v.object({ type: v.literal('error'), message: text, history }),
  v.object({ type: v.literal('index'), status: indexStatus }),
  v.object({ type: v.literal('plot'), plot }),
  v.object({ type: v.literal('plotFailed'), ref: sequenceRef, message: text }),
  answerMessage,
  unansweredMessage,
]);

/** From the webview to the host. A `ref` is only followed when the host has sent it to this webview before. */
export const fromWebview = v.variant('type', [
  /** The page has loaded. */
  v.object({ type: v.literal('ready') }),
  v.object({ type: v.literal('search'), ref: sequenceRef }),
  v.object({ type: v.literal('open'), ref: sequenceRef }),
  v.object({ type: v.literal('plot'), ref: sequenceRef, columns: v.pipe(count, v.minValue(1), v.maxValue(4096)) }),
  v.object({
    type: v.literal('page'),
    list: count,
    from: count,
    count: v.pipe(count, v.minValue(1), v.maxValue(longestPage)),
  }),
  v.object({ type: v.literal('arrange'), arrangement }),
  v.object({ type: v.literal('weights'), weights }),
  v.object({ type: v.literal('openSeveral'), refs: several }),
  v.object({ type: v.literal('copyPaths'), list: count, parts }),
  v.object({ type: v.literal('setLabel'), list: count, parts }),
  v.object({ type: v.literal('exclude'), list: count, parts }),
  v.object({ type: v.literal('pin'), pinned: v.boolean() }),
  /** Whether a match has the keyboard's focus, for the editor's keybindings. */
  v.object({ type: v.literal('focused'), focused: v.boolean() }),
  v.object({ type: v.literal('scope'), scope }),
  v.object({ type: v.literal('back') }),
  v.object({ type: v.literal('forward') }),
  v.object({ type: v.literal('retry') }),
  v.object({ type: v.literal('pick') }),
  v.object({ type: v.literal('skipped') }),
  askMessage,
  exportMessage,
  savePlotMessage,
]);

/** What the webview keeps by `setState`, and gets back when the window is reloaded. */
export const panelState = v.object({
  /** Names the panel, so that a pinned one comes back with its own results. */
  panel: text,
  query: sequenceRef,
  scope,
  /** Where the user was in the list: pixels from the top, and the position that had the focus. Only the webview reads it. */
  scroll: v.optional(v.pipe(v.number(), v.minValue(0))),
  active: v.optional(count),
});

export type ToWebview = v.InferOutput<typeof toWebview>;
export type FromWebview = v.InferOutput<typeof fromWebview>;
export type PanelState = v.InferOutput<typeof panelState>;
export type PanelResults = v.InferOutput<typeof results>;
export type PanelArrangement = v.InferOutput<typeof arrangement>;
export type PanelItem = v.InferOutput<typeof item>;
export type PanelFacets = v.InferOutput<typeof facets>;
export type PanelCommand = (typeof panelCommands)[number];

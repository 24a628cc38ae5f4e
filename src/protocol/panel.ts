import * as v from 'valibot';
import { questionNames } from './explanation';
import { exportFormat } from './exports';
import { arrangement, facets, items, listing } from './listing';
import { combination, indexStatus, match, scope, sequenceRef, weights } from './sequences';
import { count, text, type OfType, type Shape } from './shapes';
import { findPart } from './windowsPage';

/**
 * The connection of the extension and the results page. Both sides validate what they receive, because a page shows
 * hostile strings and a message that does not fit must end as an error, not as undefined behaviour.
 */

/** A page of the list holds at most that many items. */
export const longestPage = 200;

/** Positions in the list, from the first to the last of each part. */
const parts = v.pipe(v.array(v.tuple([count, count])), v.maxLength(10_000));

/** Sentences for the user. */
const sentences = v.string();

/** Where the reader can go from here. */
const history = v.object({ back: v.boolean(), forward: v.boolean() });

const { ranking, query, set, candidates, elsewhere, length, matching, labelled, nearest, farthest } = listing.entries;

const results = v.object({
  /** Pages of another list are not of this one. */
  list: count,
  /** Names what the list is made of: another list of the same one has the same matches, perhaps with other labels. */
  ranking,
  /** Where the match stands now that was to stay in sight, `null` if it is no longer listed. */
  kept: v.exactOptional(v.object({ ref: sequenceRef, position: v.nullable(count) })),
  /** The match beside which the query is to be shown at once. */
  compared: v.exactOptional(match),
  arrangement,
  /** The first items; the others come by pages. */
  items,
  ...{ query, set, scope, weights, length, matching, candidates, elsewhere, labelled, nearest, farthest },
});

/** What a menu or a key of the editor asks of the panel. */
export const panelCommands = [
  'open',
  'findSimilar',
  'compare',
  'copyPaths',
  'setLabel',
  'exclude',
  'findSimilarToAll',
  'markMore',
  'markLess',
  'unmark',
  'showReading',
  'openAsText',
  'reveal',
  'selectAll',
  'refresh',
  'focusFilter',
  'saveSet',
] as const;

/** From the extension to the page. */
export const toWebview = v.variant('type', [
  /** Nothing has been asked yet. */
  v.object({ type: v.literal('empty') }),
  /** A query is on its way; `file` is what it is about. */
  v.object({ type: v.literal('searching'), file: text, history }),
  v.object({ type: v.literal('results'), results, history }),
  /** `length` is that of the whole list, which may have changed. */
  v.object({ type: v.literal('page'), list: count, from: count, items, length: count }),
  v.object({ type: v.literal('facets'), facets }),
  v.object({ type: v.literal('pinned'), pinned: v.boolean() }),
  /** `item` is the position that the command is about; without it, the one that has the focus. */
  v.object({ type: v.literal('run'), command: v.picklist(panelCommands), item: v.nullable(count) }),
  /** Something failed, and what is shown stays. */
  v.object({ type: v.literal('trouble'), message: sentences }),
  /** The query failed. */
  v.object({ type: v.literal('error'), message: sentences, history }),
  v.object({ type: v.literal('index'), status: indexStatus }),
  /** The answer to a question, which the page checks by that question's schema. */
  v.object({ type: v.literal('answer'), id: count, answer: v.unknown() }),
  v.object({ type: v.literal('unanswered'), id: count, message: sentences }),
]);

/** A drawing that is to be saved. */
export const savePlot = v.object({
  type: v.literal('savePlot'),
  format: v.picklist(['svg', 'png']),
  name: v.pipe(text, v.maxLength(200)),
  /** SVG as it is, PNG in base64. */
  data: v.pipe(v.string(), v.maxLength(2 ** 26)),
});

/** From the page to the extension. A sequence is only followed when the page was shown it before. */
export const fromWebview = v.variant('type', [
  /** The page has loaded. */
  v.object({ type: v.literal('ready') }),
  v.object({ type: v.literal('search'), ref: sequenceRef }),
  v.object({ type: v.picklist(['open', 'openAsText', 'reveal']), ref: sequenceRef }),
  v.object({
    type: v.literal('page'),
    list: count,
    from: count,
    count: v.pipe(count, v.minValue(1), v.maxValue(longestPage)),
  }),
  v.object({ type: v.literal('arrange'), arrangement }),
  /** The list is to be made again, with a match that is to stay in sight. */
  v.object({ type: v.literal('renew'), keep: v.nullable(sequenceRef) }),
  v.object({ type: v.literal('weights'), weights }),
  v.object({
    type: v.literal('openSeveral'),
    refs: v.pipe(v.array(sequenceRef), v.minLength(1), v.maxLength(8)),
  }),
  v.object({
    type: v.picklist(['copyPaths', 'setLabel', 'exclude', 'searchAll', 'markMore', 'markLess', 'unmark']),
    list: count,
    parts,
  }),
  /** A sequence that was asked about is to count no more. */
  v.object({ type: v.literal('leaveOut'), ref: sequenceRef }),
  v.object({ type: v.literal('combine'), by: combination }),
  /** Files were dropped on the page: their addresses, none where the editor tells none. */
  v.object({ type: v.literal('dropped'), uris: v.pipe(v.array(text), v.maxLength(1000)) }),
  v.object({ type: v.literal('pin'), pinned: v.boolean() }),
  /** Whether a match has the keyboard's focus, for the editor's keybindings. */
  v.object({ type: v.literal('focused'), focused: v.boolean() }),
  v.object({ type: v.literal('scope'), scope }),
  v.object({ type: v.picklist(['back', 'forward', 'retry', 'pick', 'skipped', 'saveSet', 'copyPython', 'overview']) }),
  /** A question with its number, which the answer bears; what it asks is checked by the question's own schema. */
  v.object({ type: v.literal('ask'), id: count, name: v.picklist(questionNames), asked: v.unknown() }),
  /** Nobody waits for the answer to a question any more. */
  v.object({ type: v.literal('cancel'), id: count }),
  v.object({
    type: v.literal('export'),
    what: v.picklist(['search', 'pairs', 'embeddings']),
    format: exportFormat,
  }),
  savePlot,
  findPart,
  /** Shows how the file of a sequence is read. */
  v.object({ type: v.literal('reading'), ref: sequenceRef }),
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
  /** Whether the plot of the query is open. */
  plotOpen: v.optional(v.boolean()),
  /** Whether the small map is. */
  mapOpen: v.optional(v.boolean()),
});

export type ToWebview = Shape<typeof toWebview>;
export type FromWebview = Shape<typeof fromWebview>;
/** One kind of message of the page. */
export type FromPage<Type extends FromWebview['type']> = OfType<FromWebview, Type>;
export type PanelState = Shape<typeof panelState>;
export type PanelResults = Shape<typeof results>;
export type PanelItem = PanelResults['items'][number];
export type PanelFacets = Shape<typeof facets>;
export type PanelCommand = (typeof panelCommands)[number];

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

const match = v.object({ rank: count, distance: v.number(), sequence: sequenceSummary });

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
  query: sequenceSummary,
  scope,
  matches: v.array(match),
  candidates: count,
  elsewhere: count,
});

/** From the host to the webview. */
export const toWebview = v.variant('type', [
  /** Nothing has been asked yet. */
  v.object({ type: v.literal('empty') }),
  /** A query is on its way; `file` is what it is about. */
  v.object({ type: v.literal('searching'), file: text, history }),
  v.object({ type: v.literal('results'), results, history }),
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
  v.object({ type: v.literal('more') }),
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
  query: sequenceRef,
  scope,
  limit: v.pipe(count, v.minValue(1), v.maxValue(10_000)),
  /** Where the user was in the list: pixels from the top, and the match that had the focus. Only the webview reads it. */
  scroll: v.optional(v.pipe(v.number(), v.minValue(0))),
  active: v.optional(sequenceRef),
});

export type ToWebview = v.InferOutput<typeof toWebview>;
export type FromWebview = v.InferOutput<typeof fromWebview>;
export type PanelState = v.InferOutput<typeof panelState>;
export type PanelResults = v.InferOutput<typeof results>;

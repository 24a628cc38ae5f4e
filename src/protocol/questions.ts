import * as v from 'valibot';
import { exportFormats } from './exports';

/**
 * What the webview asks of the host and is answered, each by the number that the question was given: finer parts of
 * recordings, and what distances are made of. Both sides validate with these schemas, as for all other messages.
 */

const text = v.pipe(v.string(), v.maxLength(4096));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const numbers = v.array(v.number());
const ref = v.object({ path: text, number: count });
const span = v.pipe(
  v.object({ start: count, end: count }),
  v.check(({ start, end }) => start < end, 'an empty span'),
);
const columns = v.pipe(count, v.minValue(1), v.maxValue(4096));
const channels = v.pipe(v.array(count), v.maxLength(64));
const features = v.pipe(v.array(v.object({ channel: count, feature: count })), v.maxLength(64));
const pair = { query: ref, match: ref };

export const question = v.variant('kind', [
  v.object({ kind: v.literal('series'), ref, span: v.nullable(span), columns, channels }),
  v.object({ kind: v.literal('explain'), ...pair, features: v.pipe(count, v.maxValue(64)) }),
  v.object({
    kind: v.literal('timeline'),
    ...pair,
    columns,
    querySpan: v.nullable(span),
    matchSpan: v.nullable(span),
    channels,
  }),
  v.object({ kind: v.literal('passages'), ref, features, count: v.pipe(count, v.maxValue(8)), columns }),
  v.object({ kind: v.literal('align'), ...pair }),
  v.object({ kind: v.literal('calibration'), query: ref }),
]);

const envelope = { minimum: numbers, maximum: numbers };

const series = v.object({
  ref,
  steps: count,
  rate: v.nullable(v.number()),
  span,
  channels: v.array(v.object({ index: count, name: v.nullable(text), unit: v.nullable(text), ...envelope })),
});

const strip = v.object({
  steps: count,
  span,
  compared: numbers,
  costs: numbers,
  channels: v.array(v.object({ index: count, costs: numbers })),
  sums: numbers,
  comparedSteps: v.number(),
});

const explanation = v.object({
  distance: v.number(),
  channels: v.nullable(numbers),
  features: v.array(
    v.object({
      channel: v.nullable(count),
      feature: count,
      part: v.number(),
      course: v.number(),
      query: numbers,
      match: numbers,
    }),
  ),
  of: count,
});

const passages = v.array(
  v.object({
    channel: count,
    feature: count,
    rate: v.nullable(v.number()),
    passages: v.array(v.object({ start: count, end: count, ...envelope })),
  }),
);

const calibration = v.object({
  pairs: count,
  exact: v.boolean(),
  distances: numbers,
  labels: v.nullable(v.object({ distances: numbers, pairs: numbers, same: numbers })),
});

export const answer = v.variant('kind', [
  v.object({ kind: v.literal('series'), series }),
  v.object({ kind: v.literal('explain'), explanation }),
  v.object({ kind: v.literal('timeline'), query: strip, match: strip }),
  v.object({ kind: v.literal('passages'), passages }),
  v.object({
    kind: v.literal('align'),
    lag: v.number(),
    unit: v.picklist(['s', 'steps']),
    correlation: v.number(),
  }),
  v.object({ kind: v.literal('calibration'), calibration }),
]);

/** From the webview: a question with its number, what is to be taken away, and a drawing to be saved. */
export const askMessage = v.object({ type: v.literal('ask'), id: count, question });
export const exportMessage = v.object({
  type: v.literal('export'),
  what: v.picklist(['search', 'pairs', 'embeddings']),
  format: v.picklist(exportFormats),
});
export const savePlotMessage = v.object({
  type: v.literal('savePlot'),
  format: v.picklist(['svg', 'png']),
  name: v.pipe(text, v.maxLength(200)),
  /** SVG as it is, PNG in base64. */
  data: v.pipe(v.string(), v.maxLength(2 ** 26)),
});

/** To the webview. */
export const answerMessage = v.object({ type: v.literal('answer'), id: count, answer });
export const unansweredMessage = v.object({ type: v.literal('unanswered'), id: count, message: text });

export type Question = v.InferOutput<typeof question>;
export type Answer = v.InferOutput<typeof answer>;
export type SavePlot = v.InferOutput<typeof savePlotMessage>;
export type ExportRequest = v.InferOutput<typeof exportMessage>;

import * as v from 'valibot';
import { listedSequence, mostListed } from './recordings';
import { comparing, sequenceRef } from './sequences';
import { count, numbers, share, text, type Shape } from './shapes';

/**
 * What the results page asks of the engine: parts of recordings, and what distances are made of. Each question is
 * declared here once. The extension lets the page ask for sequences that it was shown, adds how the page compares, and
 * hands the question on.
 */

/** Time steps [start, end). */
export const span = v.pipe(
  v.object({ start: count, end: count }),
  v.check(({ start, end }) => start < end, 'an empty span'),
);
export type Span = Shape<typeof span>;

/** Float32, little-endian. */
const base64 = v.pipe(v.string(), v.maxLength(2 ** 24));

/** Pixel columns. */
const columns = v.pipe(count, v.minValue(1), v.maxValue(4096));
const channels = v.pipe(v.array(count), v.maxLength(64));
const pair = { query: sequenceRef, match: sequenceRef };
const channelNames = { name: v.nullable(text), unit: v.nullable(text) };
const envelope = { minimum: numbers, maximum: numbers };

/** A sequence reduced to a minimum, a maximum and a mean for each pixel column. */
const plot = v.object({
  ref: sequenceRef,
  steps: count,
  rate: v.nullable(v.number()),
  channels: v.array(v.object({ ...channelNames, ...envelope, mean: numbers })),
  /** Channels that the sequence has beside those in `channels`. */
  hidden: count,
});

/** A part of a sequence in finer detail. */
const series = v.object({
  ref: sequenceRef,
  steps: count,
  rate: v.nullable(v.number()),
  span,
  channels: v.array(v.object({ index: count, ...channelNames, ...envelope })),
});

/** What features tell of a recording. */
const kind = {
  name: v.picklist(['level', 'course', 'shape', 'rhythm']),
  /** Of rhythms: in Hz if the rate is known, else in cycles per time step. */
  band: v.nullable(v.object({ low: v.number(), high: v.number(), timed: v.boolean() })),
};

const featureTerm = v.object({
  /** `null` where the channels are pooled. */
  channel: v.nullable(count),
  feature: count,
  ...kind,
  /** Its term of D_1, weighted: all terms sum to the distance. */
  part: v.number(),
  /** What of its term comes from how it is distributed in parts of the recording, and not in the whole. */
  course: v.number(),
  /** What of its term comes from the recordings at other tempos. */
  views: v.number(),
  /** The quantile functions over the whole recording, at mid-point levels. */
  query: numbers,
  match: numbers,
});

const explanation = v.object({
  distance: v.number(),
  /** What each channel adds to the distance; `null` where channels are pooled. */
  channels: v.nullable(numbers),
  /** What features of each kind add: all of them sum to the distance. */
  kinds: v.array(v.object({ ...kind, part: v.number() })),
  /** The features that add most, in falling order. */
  features: v.array(featureTerm),
  /** How many features there are, over all channels. */
  of: count,
});

/** A stretch of a recording that carries more of a cost than its length: shares of all costs, and of the time. */
const concentrated = v.nullable(v.object({ ...span.pipe[0].entries, share: v.number(), length: v.number() }));

/** What the time steps of a recording add to a distance, in columns. */
const strip = v.object({
  steps: count,
  span,
  /** Time steps of each column that were compared: fewer where only windows of a long recording were. */
  compared: numbers,
  /** How many channels count. */
  counted: count,
  /** Cost of each column over the channels that were measured: of all of them, over the whole recording, the distance. */
  costs: numbers,
  channels: v.array(v.object({ index: count, costs: numbers })),
  /** What all time steps of each channel add; 0 for channels that were not measured. */
  sums: numbers,
  /** Where the channels that were measured differ together. */
  most: concentrated,
  /** Time steps of the whole recording that were compared. */
  comparedSteps: v.number(),
});

/** In which respects one channel of two recordings differs, and where. */
const reasons = v.object({
  channel: count,
  unit: v.nullable(text),
  /** What the channel adds to the distance. */
  part: v.number(),
  /** The kinds of features that add most of it, with where they do. */
  kinds: v.array(
    v.object({
      ...kind,
      part: v.number(),
      query: v.nullable(span),
      match: v.nullable(span),
      /** Of rhythms: by which factor they are stronger in the match. */
      stronger: v.nullable(v.number()),
    }),
  ),
  /** Where the channel differs. */
  time: v.object({ query: concentrated, match: concentrated }),
  /** Where to look to see how it differs. */
  seen: v.object({ query: v.nullable(span), match: v.nullable(span) }),
  /** How the match is, each beside those before it, and what the channel would add if it were not so. */
  changes: v.array(
    v.object({
      name: v.picklist(['level', 'spread', 'trend', 'tempo', 'peaks']),
      amount: v.number(),
      without: v.number(),
      query: v.array(span),
      match: v.array(span),
    }),
  ),
});

/** Stretches of a channel in which a feature is strong, reduced to columns. */
const featurePassages = v.object({
  channel: count,
  feature: count,
  rate: v.nullable(v.number()),
  passages: v.array(v.object({ start: count, end: count, ...envelope })),
});

/** How a match is to be moved so that it lies best on the query. */
const lag = v.object({
  lag: v.number(),
  /** Seconds if both rates are known, else time steps. */
  unit: v.picklist(['s', 'steps']),
  correlation: v.number(),
});

/** What distances mean among the sequences that are ranked together. */
const calibration = v.object({
  /** Pairs that were measured, and whether these are all there are. */
  pairs: count,
  exact: v.boolean(),
  /** Distances in rising order: entry i is below as many pairs as share (i / (n - 1))^2 of them. */
  distances: numbers,
  /** Of pairs with labels: rising distances, the pairs up to there, and how many of these share their label. */
  labels: v.nullable(v.object({ distances: numbers, pairs: numbers, same: numbers })),
});

/** Matches whose places are asked for at once. */
export const mostPlaced = 100;

/** x and y from -1 to 1. */
const place = v.tuple([v.number(), v.number()]);

const whereabouts = v.object({
  /** How far the map is, or `null` once it stays as it is. */
  progress: v.nullable(share),
  /** Where some of the others lie, however many there are. */
  others: v.array(place),
  sequences: count,
  /** `null` for what has no place (yet). */
  query: v.nullable(place),
  matches: v.array(v.nullable(place)),
});

/** A question that is about sequences alone. */
const plainly = <Asked extends v.ObjectEntries, A extends v.GenericSchema>(asked: Asked, answer: A) => {
  const params = v.object(asked);
  return { params, asked: params, answer, repeatable: true } as const;
};

/** A question whose answer depends on how sequences are compared, which the page leaves to the extension. */
const compared = <Asked extends v.ObjectEntries, A extends v.GenericSchema>(asked: Asked, answer: A) =>
  ({
    params: v.object({ ...asked, ...comparing.entries }),
    asked: v.object(asked),
    answer,
    repeatable: true,
  }) as const;

/** `params`: what the engine is asked; `asked`: what the page asks the extension. */
export const questions = {
  /** The first channels of a whole sequence. */
  plot: plainly({ ref: sequenceRef, columns, channels: v.pipe(count, v.maxValue(64)) }, plot),
  /** The whole sequence without a span; channels that it lacks are left out. */
  series: plainly({ ref: sequenceRef, span: v.nullable(span), columns, channels }, series),
  /** The distance of a pair by its features, of which at most `features` are told. */
  explain: compared({ ...pair, features: count }, explanation),
  /** Only for recordings of one layout, or of one channel. */
  reasons: compared({ ...pair, channel: count }, reasons),
  /** Takes as long as embedding the channels that are asked for, across layouts all of them. */
  timeline: compared(
    { ...pair, columns, querySpan: v.nullable(span), matchSpan: v.nullable(span), channels },
    v.object({ query: strip, match: strip }),
  ),
  passages: plainly(
    {
      ref: sequenceRef,
      features: v.pipe(v.array(v.object({ channel: count, feature: count })), v.maxLength(64)),
      /** Passages of each feature. */
      count: v.pipe(count, v.maxValue(8)),
      columns,
    },
    v.array(featurePassages),
  ),
  align: plainly(pair, lag),
  calibration: compared({ query: sequenceRef }, calibration),
  /** Where sequences lie on the map of those that they are compared with, which is made when it is first asked for. */
  whereabouts: compared(
    { query: sequenceRef, matches: v.pipe(v.array(sequenceRef), v.maxLength(mostPlaced)) },
    whereabouts,
  ),
  /** The samples of a stretch of one channel, to be heard. */
  samples: plainly({ ref: sequenceRef, channel: count, span }, v.object({ span, values: base64 })),
  /** The power of a stretch of a channel by time and frequency; see `spectrogramOf`. */
  spectrogram: plainly(
    { ref: sequenceRef, channel: count, span, columns, rows: v.pipe(count, v.minValue(1), v.maxValue(1024)) },
    v.object({ span, columns: count, rows: count, levels: base64, floor: v.number() }),
  ),
  /** Some of the sequences of a file, in its order. */
  sequenceList: plainly(
    { ref: sequenceRef, from: count, count: v.pipe(count, v.minValue(1), v.maxValue(mostListed)) },
    v.array(listedSequence),
  ),
} as const;

export type QuestionName = keyof typeof questions;
/** What the page asks. */
export type Asked<Name extends QuestionName> = Shape<(typeof questions)[Name]['asked']>;
export type Answered<Name extends QuestionName> = Shape<(typeof questions)[Name]['answer']>;
type Params<Name extends QuestionName> = Shape<(typeof questions)[Name]['params']>;

export const questionNames = Object.keys(questions) as readonly QuestionName[];

export type Plot = Answered<'plot'>;
export type PlotParams = Params<'plot'>;
export type Series = Answered<'series'>;
export type SeriesParams = Params<'series'>;
export type ExplainParams = Params<'explain'>;
export type Explanation = Answered<'explain'>;
export type ReasonParams = Params<'reasons'>;
export type Reasons = Answered<'reasons'>;
export type TimelineParams = Params<'timeline'>;
export type Timeline = Answered<'timeline'>;
export type Strip = Shape<typeof strip>;
export type PassageParams = Params<'passages'>;
export type FeaturePassages = Shape<typeof featurePassages>;
export type AlignParams = Params<'align'>;
export type Lag = Answered<'align'>;
export type WhereaboutsParams = Params<'whereabouts'>;
export type Whereabouts = Answered<'whereabouts'>;
export type CalibrationParams = Params<'calibration'>;
export type Calibration = Answered<'calibration'>;

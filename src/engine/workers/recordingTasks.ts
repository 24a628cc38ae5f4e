import { UnreadableError } from '../../core/recordings/unreadable';
import type { FileContent } from '../../core/recordings/readFile';
import { sketchOf } from '../../core/recordings/sketch';
import { stepsOf, type Channel, type Sequence } from '../../core/recordings/sequence';
import { spectrogramOf, type Spectrogram } from '../../core/recordings/spectrogram';
import type { Span } from '../../core/encoder/windows';
import { sketchColumns } from '../../protocol/recordings';
import { largest } from '../../core/recordings/extremes';

/** A sequence of a file before it is put on the wire. */
export interface OutlinedSequence extends Pick<Sequence, 'name' | 'label' | 'rate' | 'notes'> {
  readonly format: string;
  readonly number: number;
  /** How many sequences the file holds. */
  readonly siblings: number;
  readonly steps: number;
  readonly doubts: readonly string[];
  readonly channels: readonly (Pick<Channel, 'name' | 'unit'> & { readonly variation: number })[];
  readonly problem: string | null;
}

export interface ListedSequence extends Pick<Sequence, 'name' | 'label' | 'rate'> {
  readonly number: number;
  readonly steps: number;
  readonly usable: boolean;
  /** See `sketchOf`. */
  readonly sketch: readonly number[];
}

/** As many values of a channel say how much it varies: a plot of any length must open at once. */
const judgedValues = 65_536;

/** @throws UnreadableError */
export function outlineOf({ format, sequences, unusable }: FileContent, asked: number): OutlinedSequence {
  const number = Math.min(asked, sequences.length - 1);
  const shared = { format, number, siblings: sequences.length };
  const sequence = sequences[number];
  if (!sequence) {
    const problem = unusable.find((each) => each.number === number)?.reason;
    if (problem === undefined) throw new UnreadableError('it holds no sequences');
    return { ...shared, name: null, label: null, rate: null, notes: [], steps: 0, doubts: [], channels: [], problem };
  }
  const { name, label, rate, notes, doubts = [], channels } = sequence;
  const varying = variationOf(channels);
  return {
    ...shared,
    ...{ name, label, rate, notes, doubts },
    steps: stepsOf(sequence),
    channels: channels.map((channel, c) => ({
      name: channel.name,
      unit: channel.unit,
      variation: varying[c] ?? 0,
    })),
    problem: null,
  };
}

export function listOf({ sequences }: FileContent, from: number, count: number): readonly ListedSequence[] {
  return sequences.slice(from, from + count).map((sequence, i) => ({
    number: from + i,
    name: sequence?.name ?? null,
    label: sequence?.label ?? null,
    rate: sequence?.rate ?? null,
    steps: sequence === null ? 0 : stepsOf(sequence),
    usable: sequence !== null,
    sketch: sketchOf(sequence?.channels[0]?.values ?? new Float32Array(0), sketchColumns),
  }));
}

/** How much channels vary: the standard deviation of each beside the largest among those of its unit. */
function variationOf(channels: readonly Channel[]): readonly number[] {
  const deviations = channels.map(({ values }) => deviationOf(values));
  const most = new Map<string, number>();
  channels.forEach(({ unit }, c) => {
    const key = unit ?? '';
    most.set(key, largest([most.get(key) ?? 0, deviations[c] ?? 0]));
  });
  return deviations.map((deviation, c) => {
    const of = most.get(channels[c]?.unit ?? '') ?? 0;
    return of > 0 ? deviation / of : 0;
  });
}

function deviationOf(values: Float32Array): number {
  const step = Math.max(1, Math.floor(values.length / judgedValues));
  // Sums of differences to one of the values, as those of large numbers that hardly differ would lose all digits.
  const origin = values[0] ?? 0;
  let [sum, squares, count] = [0, 0, 0];
  for (let i = 0; i < values.length; i += step) {
    const value = values[i]! - origin;
    sum += value;
    squares += value * value;
    count++;
  }
  return count === 0 ? 0 : Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2));
}

export interface HeardSamples {
  readonly span: Span;
  readonly values: Float32Array;
}

/** Samples that are handed out at once: six seconds of music, some minutes of a slow sensor. */
const mostHeard = 2 ** 18;

/** The first samples of a stretch of a channel. @throws UnreadableError when there is no such stretch any more */
export function heardOf({ channels }: Sequence, channel: number, { start, end }: Span): HeardSamples {
  const values = channels[channel]?.values;
  if (values === undefined || start >= values.length) throw new UnreadableError('it changed since it was shown');
  const stop = Math.min(end, values.length, start + mostHeard);
  return { span: { start, end: stop }, values: values.slice(start, stop) };
}

export interface SpectrogramOf extends Spectrogram {
  readonly span: Span;
}

/** The power of a stretch of a channel by time and frequency. @throws UnreadableError when there is no such stretch any more */
export function spectrumOf(
  { channels }: Sequence,
  { channel, span, columns, rows }: { channel: number; span: Span; columns: number; rows: number },
): SpectrogramOf {
  const values = channels[channel]?.values;
  if (values === undefined || span.start >= values.length) throw new UnreadableError('it changed since it was shown');
  const own = { start: span.start, end: Math.min(span.end, values.length) };
  return { span: own, ...spectrogramOf(values, own, columns, rows) };
}

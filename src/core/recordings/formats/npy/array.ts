import { UnreadableError, type ArrayAxes, type ReadOptions } from '../../reader';
import type { Sequence } from '../../sequence';
import { refusalOf, type NpyHeader } from './header';
import type { Codec } from '../pcm/codecs';
import { plainLanes, spread, type Interleaving, type Lane } from '../pcm/lanes';
import { checkPromise } from '../pcm/limits';
import { decodePieces } from '../pcm/pieces';

type Axis = 'sequence' | 'time' | 'channel';

/** How the axes of an array are read as sequences, time steps and channels. */
export interface Arrangement {
  readonly axes: readonly Axis[];
  readonly sequences: number;
  readonly channels: number;
  readonly steps: number;
  /** What a user should know of the reading, or `null`. */
  readonly note: string | null;
}

/** The axes of `[N, T]`: many sequences of one channel. */
export const manySequences: readonly Axis[] = ['sequence', 'time'];

/**
 * Decides what the axes of an array are: `[T]`, `[T, C]` or `[C, T]`, `[N, T, C]` or `[N, C, T]`. Unless `arrayAxes` says which,
 * the longer of the last two axes is time, and the first of them when both are equally long.
 * @throws UnreadableError for no axis or more than three.
 */
export function arrange(shape: readonly number[], arrayAxes: ArrayAxes): Arrangement {
  if (shape.length === 0) throw new UnreadableError('it holds a single number');
  if (shape.length > 3) throw new UnreadableError(`it has ${shape.length} axes; at most three are understood`);
  if (shape.length === 1) return arrangeAs(['time'], shape, null);
  const [first = 0, second = 0] = shape.slice(-2);
  const channelsFirst = arrayAxes === 'channels-first' || (arrayAxes === 'auto' && second > first);
  const axes: Axis[] = channelsFirst ? ['channel', 'time'] : ['time', 'channel'];
  const guessed = arrayAxes === 'auto' && channelsFirst;
  const note = guessed
    ? `the longer axis was taken for time: ${first} channels of ${second} time steps (a setting fixes the order of axes)`
    : null;
  return arrangeAs(shape.length === 3 ? ['sequence', ...axes] : axes, shape, note);
}

/** The arrangement in which each axis of `shape` is the one named in `axes`. */
export function arrangeAs(axes: readonly Axis[], shape: readonly number[], note: string | null): Arrangement {
  const lengthOf = (axis: Axis) => shape[axes.indexOf(axis)] ?? 1;
  return { axes, sequences: lengthOf('sequence'), channels: lengthOf('channel'), steps: lengthOf('time'), note };
}

/** @throws UnreadableError when the elements are no numbers. */
export function codecOf(header: NpyHeader): Codec {
  if (header.codec === null) throw new UnreadableError(refusalOf(header.text?.kind ?? ''));
  return header.codec;
}

/**
 * Reads an array as sequences without labels or names.
 * @param pieces the bytes from `header.dataStart` on
 * @throws UnreadableError when the array is too large or the bytes end before it does
 */
export async function readArray(
  header: NpyHeader,
  arrangement: Arrangement,
  pieces: AsyncIterable<Uint8Array>,
  options: ReadOptions,
): Promise<Sequence[]> {
  const codec = codecOf(header);
  checkPromise(header.elements, arrangement.sequences * arrangement.channels, options);
  const order = interleavingOf(header, arrangement);
  const lanes = plainLanes(order);
  await decodePieces(pieces, codec, header.elements, (block, start) => {
    spread(block, start, order, lanes);
  });
  return sequencesOf(header, arrangement, lanes);
}

interface StoredAxis {
  readonly axis: Axis;
  readonly length: number;
}

/** The axes as they lie in the file, the fastest last. */
function storedAxes(header: NpyHeader, arrangement: Arrangement): StoredAxis[] {
  const stored = arrangement.axes.map((axis, i) => ({ axis, length: header.shape[i] ?? 1 }));
  return header.fortranOrder ? stored.reverse() : stored;
}

function interleavingOf(header: NpyHeader, arrangement: Arrangement): Interleaving {
  const stored = storedAxes(header, arrangement);
  const time = stored.findIndex(({ axis }) => axis === 'time');
  const product = (axes: readonly StoredAxis[]) => axes.reduce((all, { length }) => all * length, 1);
  return { groups: product(stored.slice(0, time)), steps: arrangement.steps, width: product(stored.slice(time + 1)) };
}

function sequencesOf(header: NpyHeader, arrangement: Arrangement, lanes: readonly Lane[]): Sequence[] {
  const channelsOutside = storedAxes(header, arrangement).find(({ axis }) => axis !== 'time')?.axis === 'channel';
  const { sequences, channels } = arrangement;
  const notes = arrangement.note === null ? [] : [arrangement.note];
  const channelOf = (n: number, c: number) => {
    const lane = channelsOutside ? c * sequences + n : n * channels + c;
    return { name: null, unit: null, values: lanes[lane]!.values };
  };
  return Array.from({ length: sequences }, (_, n) => ({
    channels: Array.from({ length: channels }, (_, c) => channelOf(n, c)),
    rate: null,
    label: null,
    name: null,
    notes,
  }));
}

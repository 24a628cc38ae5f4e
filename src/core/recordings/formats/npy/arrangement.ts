import { UnreadableError, type ArrayAxes } from '../../reader';
import type { Doubt } from '../../reading/doubts';
import type { NpyHeader } from './header';

/** What an axis of an array counts. */
export type Axis = 'sequence' | 'time' | 'channel';

/** How the axes of an array are read as sequences, time steps and channels. */
export interface Arrangement {
  /** What each axis is; `null` for one of length 1 that is passed over. */
  readonly axes: readonly (Axis | null)[];
  readonly sequences: number;
  readonly channels: number;
  readonly steps: number;
  /** What a user should know of the reading, or `null`. */
  readonly note: string | null;
  readonly doubts: readonly Doubt[];
}

/** The axes of `[N, T]`: many sequences of one channel. */
export const manySequences: readonly Axis[] = ['sequence', 'time'];

/**
 * Decides what the axes of an array are: `[T]`, `[T, C]` or `[C, T]`, `[N, T, C]` or `[N, C, T]`. Unless `arrayAxes` says which,
 * the longer of the last two axes is time, and the first of them when both are equally long. Records are `[T]` or `[N, T]`.
 * Axes of length 1 are passed over where there are too many.
 * @throws UnreadableError for no axis or more than three.
 */
export function arrange({ shape, element }: NpyHeader, arrayAxes: ArrayAxes): Arrangement {
  if (shape.length === 0) {
    throw new UnreadableError(element.isRecord ? 'it holds a single record' : 'it holds a single number');
  }
  const most = element.isRecord ? 2 : 3;
  const kept = shape.length <= most ? shape.map((_, i) => i) : shape.flatMap((length, i) => (length === 1 ? [] : [i]));
  if (kept.length > most || kept.length === 0) {
    throw new UnreadableError(`it has ${shape.length} axes; at most ${most === 3 ? 'three' : 'two'} are understood`);
  }
  const lengths = kept.map((axis) => shape[axis] ?? 1);
  const { axes, note } = element.isRecord ? { axes: recordAxes(lengths), note: null } : axesOf(lengths, arrayAxes);
  const arranged = arrangeAs(
    shape.map((_, i) => axes[kept.indexOf(i)] ?? null),
    shape,
    note,
  );
  return arrayAxes === 'auto' && !element.isRecord ? { ...arranged, doubts: axesDoubts(arranged) } : arranged;
}

function recordAxes(lengths: readonly number[]): readonly Axis[] {
  return lengths.length === 1 ? ['time'] : manySequences;
}

function axesOf(
  lengths: readonly number[],
  arrayAxes: ArrayAxes,
): { readonly axes: readonly Axis[]; readonly note: string | null } {
  if (lengths.length === 1) return { axes: ['time'], note: null };
  const [first = 0, second = 0] = lengths.slice(-2);
  const channelsFirst = arrayAxes === 'channels-first' || (arrayAxes === 'auto' && second > first);
  const axes: Axis[] = channelsFirst ? ['channel', 'time'] : ['time', 'channel'];
  const guessed = arrayAxes === 'auto' && channelsFirst;
  const note = guessed
    ? `the longer axis was taken for time: ${first} channels of ${second} time steps (a setting fixes the order of axes)`
    : null;
  return { axes: lengths.length === 3 ? ['sequence', ...axes] : axes, note };
}

/** Arrays of which the longer axis is less than this many times as long as the other may have either for time. */
const nearlySquare = 2;

function axesDoubts({ channels, steps }: Arrangement): readonly Doubt[] {
  if (channels < 2 || steps >= nearlySquare * channels) return [];
  const sentence = `It was read as ${channels} channels of ${steps} time steps, but it may be ${steps} channels of ${channels}.`;
  return [{ sentence, settledBy: ['axes'] }];
}

/** The arrangement in which each axis of `shape` is the one named in `axes`. */
export function arrangeAs(axes: readonly (Axis | null)[], shape: readonly number[], note: string | null): Arrangement {
  const lengthOf = (axis: Axis) => shape[axes.indexOf(axis)] ?? 1;
  const [sequences, channels, steps] = [lengthOf('sequence'), lengthOf('channel'), lengthOf('time')];
  return { axes, sequences, channels, steps, note, doubts: [] };
}

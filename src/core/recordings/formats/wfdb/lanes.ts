import { eachRun, type Interleaving, type Lane } from '../pcm/lanes';
import { flacBitsOf, type SignalFormat } from './formats';
import type { SignalSpecification } from './header';
import type { SignalGroup } from './signalFile';
import { samplesFor } from '../../allocate';

/** The gain that is assumed where a header gives none (header(5)). */
export const defaultGain = 200;

/** The samples of one signal: `values` holds `samplesPerFrame` values for every frame. */
export interface Signal {
  readonly specification: SignalSpecification;
  readonly values: Float32Array;
  /** Whether the sum of the samples is the one that the header gives; true if it gives none. */
  readonly intact: boolean;
}

/** How the samples of a group become lanes: a lane holds every sample of its signal, or one of each frame. */
export interface GroupLanes {
  readonly order: Interleaving;
  readonly lanes: readonly Lane[];
  /** The signal of each lane. */
  readonly owners: readonly SignalSpecification[];
  /** Samples of a frame in a lane. */
  readonly perFrame: number;
}

/** Lanes for so many frames of a group; differences stay as they are stored. */
export function lanesOf(
  { signals, width, format: number }: SignalGroup,
  frames: number,
  format: SignalFormat | null,
): GroupLanes {
  const isFlac = flacBitsOf(number) !== null;
  const perFrame = isFlac ? (signals[0]?.samplesPerFrame ?? 1) : 1;
  const owners = isFlac
    ? signals
    : signals.flatMap((signal) => new Array<SignalSpecification>(signal.samplesPerFrame).fill(signal));
  const order = { groups: 1, steps: frames * perFrame, width: isFlac ? signals.length : width };
  const lanes = owners.map(({ baseline, gain }) => ({
    values: samplesFor(order.steps),
    zero: format?.areDifferences === true ? 0 : baseline,
    divisor: format?.areDifferences === true ? 1 : (gain ?? defaultGain),
  }));
  return { order, lanes, owners, perFrame };
}

/** Adds the stored samples of each lane, without those that precede sample 0 of their signal. */
export function addUp(block: Float64Array, start: number, plan: GroupLanes, frames: number, sums: Float64Array): void {
  const { order, owners, perFrame } = plan;
  eachRun(order, start, block.length, (lane, step, first, stride, end) => {
    const skew = (owners[lane]?.skew ?? 0) * perFrame;
    let sum = 0;
    for (let from = first, at = step; from < end; from += stride, at++) {
      if (at >= skew && at < skew + frames * perFrame) sum += block[from]!;
    }
    sums[lane]! += sum;
  });
}

/** The signals of a group, put together from its lanes. */
export function signalsOf(
  { signals }: SignalGroup,
  { lanes, perFrame }: GroupLanes,
  sums: Float64Array,
  frames: number,
  areDifferences: boolean,
): Signal[] {
  let first = 0;
  return signals.map((specification) => {
    const end = first + specification.samplesPerFrame / perFrame;
    const own = lanes.slice(first, end);
    const all = joined(own);
    const sum = areDifferences
      ? addDifferences(all, specification, frames)
      : sums.subarray(first, end).reduce((total, value) => total + value, 0);
    first = end;
    return { specification, values: shifted(all, specification, frames), intact: agrees(sum, specification.checksum) };
  });
}

/** Puts the lanes of one signal together again; a single one is taken as it is. */
function joined(lanes: readonly Lane[]): Float32Array {
  const [first, ...others] = lanes;
  if (first !== undefined && others.length === 0) return first.values;
  const values = samplesFor((first?.values.length ?? 0) * lanes.length);
  lanes.forEach((lane, k) => {
    for (let i = 0; i < lane.values.length; i++) values[i * lanes.length + k] = lane.values[i]!;
  });
  return values;
}

/**
 * Turns differences into physical values, in place.
 * @returns the sum of the stored samples that are part of the record
 */
function addDifferences(
  values: Float32Array,
  { initial, baseline, gain, skew, samplesPerFrame }: SignalSpecification,
  frames: number,
): number {
  let stored = initial;
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    stored += values[i]!;
    if (i >= skew * samplesPerFrame && i < (skew + frames) * samplesPerFrame) sum += stored;
    values[i] = (stored - baseline) / (gain ?? defaultGain);
  }
  return sum;
}

function agrees(sum: number, checksum: number | null): boolean {
  // Many writers leave 0 where they have not added up anything.
  return checksum === null || checksum === 0 || (sum - checksum) % 2 ** 16 === 0;
}

/** Moves samples by their skew; those that it leaves without a value are NaN. */
function shifted(values: Float32Array, { skew, samplesPerFrame }: SignalSpecification, frames: number): Float32Array {
  const wanted = frames * samplesPerFrame;
  const own = values.subarray(skew * samplesPerFrame, skew * samplesPerFrame + wanted);
  if (own.length === wanted) return own;
  const padded = samplesFor(wanted).fill(NaN);
  padded.set(own);
  return padded;
}

import { UnreadableError, type ReadOptions } from '../../reader';
import type { ByteSource } from '../../source';
import { eachRun, spread, type Interleaving, type Lane } from '../pcm/lanes';
import { checkPromise } from '../pcm/limits';
import { decodePieces, rangeOf, type Visit } from '../pcm/pieces';
import { inFile } from '../pcm/named';
import { quoted } from '../pcm/text';
import { decodeFlac } from './flac';
import { flacBitsOf, signalFormat, type SignalFormat } from './formats';
import type { RecordHeader, SignalSpecification } from './header';
import { openGroups, type SignalGroup } from './signalFile';

/** The gain that is assumed where a header gives none (header(5)). */
export const defaultGain = 200;

/** The samples of one signal: `values` holds `samplesPerFrame` values for every frame. */
export interface Signal {
  readonly specification: SignalSpecification;
  readonly values: Float32Array;
  /** Whether the sum of the samples is the one that the header gives; true if it gives none. */
  readonly intact: boolean;
}

/**
 * Reads the signals of an undivided record from the files that lie beside its header.
 * @returns the signals that have samples in the order of the header, all with the same number of frames
 * @throws UnreadableError when a file is missing, too short or too large, or in a format that is not supported
 */
export async function readSignals(headerPath: string, header: RecordHeader, options: ReadOptions): Promise<Signal[]> {
  const groups = await openGroups(headerPath, header.signals, options);
  if (groups.length === 0) throw new UnreadableError('it is a layout: it names signals, but holds no samples');
  const shortest = groups.reduce((least, group) => Math.min(least, group.frames), Infinity);
  const frames = header.frames ?? shortest;
  for (const group of groups) checkLength(group, frames);
  const stored = groups.reduce((sum, group) => sum + framesToRead(group, frames) * group.width, 0);
  const present = groups.flatMap(({ signals }) => signals);
  const highest = present.reduce((most, { samplesPerFrame }) => Math.max(most, samplesPerFrame), 1);
  const width = groups.reduce((sum, group) => sum + group.width, 0);
  checkPromise(stored, width, options);
  checkPromise(frames * highest * present.length, present.length, options);
  const signals: Signal[] = [];
  for (const group of groups) {
    const named = { path: group.path, file: `signal file ${quoted(group.file)}` };
    signals.push(...(await inFile(named, (source) => readGroup(source, group, frames, options))));
  }
  return signals;
}

function checkLength(group: SignalGroup, frames: number): void {
  if (group.frames >= frames) return;
  throw new UnreadableError(
    `its signal file ${quoted(group.file)} is truncated: it has ${group.frames} samples of each signal, not ${frames}`,
  );
}

/** The frames that must be read of a file for all signals to have `frames` after their skew. */
function framesToRead({ signals, frames: available }: SignalGroup, frames: number): number {
  const skew = signals.reduce((most, signal) => Math.max(most, signal.skew), 0);
  return Math.min(available, frames + skew);
}

/** How the samples of a group become lanes: a lane holds every sample of its signal, or one of each frame. */
interface GroupLanes {
  readonly order: Interleaving;
  readonly lanes: readonly Lane[];
  /** The signal of each lane. */
  readonly owners: readonly SignalSpecification[];
  /** Samples of a frame in a lane. */
  readonly perFrame: number;
}

async function readGroup(
  source: ByteSource,
  group: SignalGroup,
  frames: number,
  options: ReadOptions,
): Promise<Signal[]> {
  const bits = flacBitsOf(group.format);
  const format = bits === null ? signalFormat(group.format) : null;
  const plan = lanesOf(group, framesToRead(group, frames), format);
  const invalid = bits === null ? (format?.invalid ?? null) : -(2 ** (bits - 1));
  const sums = new Float64Array(plan.lanes.length);
  const visit: Visit = (block, start) => {
    const shift = format?.shift ?? 0;
    if (shift !== 0) for (let i = 0; i < block.length; i++) block[i]! += shift;
    addUp(block, start, plan, frames, sums);
    if (invalid !== null) for (let i = 0; i < block.length; i++) if (block[i] === invalid) block[i] = NaN;
    spread(block, start, plan.order, plan.lanes);
  };
  const { steps, width } = plan.order;
  const samples = steps * width;
  if (format !== null)
    await decodePieces(unitsOf(source, group, format, samples, options), format.codec, samples, visit);
  else
    await decodeFlac(
      source,
      { start: group.byteOffset, channels: width, bits: bits ?? 0, samples: steps },
      options,
      visit,
    );
  return signalsOf(group, plan, sums, frames, format?.areDifferences ?? false);
}

function lanesOf(
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
    values: new Float32Array(order.steps),
    zero: format?.areDifferences === true ? 0 : baseline,
    divisor: format?.areDifferences === true ? 1 : (gain ?? defaultGain),
  }));
  return { order, lanes, owners, perFrame };
}

/** The bytes of so many samples of a group, with a last unit that is not complete filled up with zeros. */
async function* unitsOf(
  source: ByteSource,
  { byteOffset }: SignalGroup,
  { codec: { unitBytes, unitValues } }: SignalFormat,
  samples: number,
  options: ReadOptions,
): AsyncGenerator<Uint8Array, void> {
  const length = Math.min(source.size - byteOffset, Math.ceil(samples / unitValues) * unitBytes);
  yield* rangeOf(source, byteOffset, length, options.signal, unitBytes);
  // The decoder takes whole units only; nobody asks for the sample that these bytes complete.
  if (length % unitBytes > 0) yield Buffer.alloc(unitBytes - (length % unitBytes));
}

/** Adds the stored samples of each lane, without those that precede sample 0 of their signal. */
function addUp(block: Float64Array, start: number, plan: GroupLanes, frames: number, sums: Float64Array): void {
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

function signalsOf(
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
    const all = own.length === 1 ? own[0]!.values : joined(own);
    const sum = areDifferences
      ? addDifferences(all, specification, frames)
      : sums.subarray(first, end).reduce((total, value) => total + value, 0);
    first = end;
    return { specification, values: shifted(all, specification, frames), intact: agrees(sum, specification.checksum) };
  });
}

/** Puts the lanes of one signal together again. */
function joined(lanes: readonly Lane[]): Float32Array {
  const values = new Float32Array((lanes[0]?.values.length ?? 0) * lanes.length);
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
  const padded = new Float32Array(wanted).fill(NaN);
  padded.set(own);
  return padded;
}

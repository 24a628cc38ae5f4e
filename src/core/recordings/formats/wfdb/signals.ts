import { lstat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UnreadableError, type ReadOptions } from '../../reader';
import { asUnreadable, withSource, type ByteSource } from '../../source';
import { eachRun, spread, type Interleaving, type Lane } from '../pcm/lanes';
import { checkFileSize, checkPromise } from '../pcm/limits';
import { decodePieces, rangeOf } from '../pcm/pieces';
import { quoted } from '../pcm/text';
import { bytesOf, samplesIn, signalFormat, type SignalFormat } from './formats';
import type { RecordHeader, SignalSpecification } from './header';

/** The gain that is assumed where a header gives none (header(5)). */
export const defaultGain = 200;

/** The samples of one signal: `values` holds `samplesPerFrame` values for every frame. */
export interface Signal {
  readonly specification: SignalSpecification;
  readonly values: Float32Array;
  /** Whether the sum of the samples is the one that the header gives; true if it gives none. */
  readonly intact: boolean;
}

/** The signals that lie interleaved in one file. */
interface Group {
  readonly path: string;
  readonly file: string;
  readonly format: SignalFormat;
  readonly signals: readonly SignalSpecification[];
  /** Samples of all signals in a frame. */
  readonly width: number;
  /** Whole frames that the file has. */
  readonly frames: number;
}

/**
 * Reads the signals of a record from the files that lie beside its header.
 * @returns the signals in the order of the header, all with the same number of frames
 * @throws UnreadableError when a file is missing, too short or too large, or in a format that is not supported
 */
export async function readSignals(headerPath: string, header: RecordHeader, options: ReadOptions): Promise<Signal[]> {
  const groups: Group[] = [];
  for (const signals of grouped(header.signals)) groups.push(await openGroup(headerPath, signals, options));
  const width = groups.reduce((sum, group) => sum + group.width, 0);
  const shortest = groups.reduce((least, group) => Math.min(least, group.frames), Infinity);
  const frames = header.frames ?? shortest;
  for (const group of groups) checkLength(group, frames);
  checkPromise(
    groups.reduce((sum, group) => sum + stepsOf(group, frames) * group.width, 0),
    width,
    options,
  );
  const signals: Signal[] = [];
  for (const group of groups)
    signals.push(...(await inSignalFile(group, (source) => readGroup(source, group, frames, options))));
  return signals;
}

function grouped(signals: readonly SignalSpecification[]): SignalSpecification[][] {
  const groups = new Map<string, SignalSpecification[]>();
  let last: string | undefined;
  for (const signal of signals) {
    const group = groups.get(signal.file) ?? [];
    if (group.length > 0 && last !== signal.file) {
      throw new UnreadableError(`its signals in ${quoted(signal.file)} are not listed together`);
    }
    groups.set(signal.file, [...group, signal]);
    last = signal.file;
  }
  return [...groups.values()];
}

async function openGroup(headerPath: string, signals: SignalSpecification[], options: ReadOptions): Promise<Group> {
  const { file, format: number, byteOffset } = signals[0]!;
  if (signals.some((signal) => signal.format !== number)) {
    throw new UnreadableError(`its signals in ${quoted(file)} are said to be in different formats`);
  }
  if (signals.some((signal) => signal.samplesPerFrame === 0)) {
    throw new UnreadableError('one of its signals has no samples');
  }
  const format = signalFormat(number);
  const path = join(dirname(headerPath), file);
  const width = signals.reduce((sum, { samplesPerFrame }) => sum + samplesPerFrame, 0);
  const frames = await inSignalFile({ path, file }, (source) => {
    checkFileSize(source, options);
    return Promise.resolve(Math.floor(samplesIn(format, Math.max(0, source.size - byteOffset)) / width));
  });
  return { path, file, format, signals, width, frames };
}

/** Opens a signal file; what goes wrong is said of that file by name. */
async function inSignalFile<T>(
  { path, file }: Pick<Group, 'path' | 'file'>,
  use: (source: ByteSource) => Promise<T>,
): Promise<T> {
  try {
    // A link could lead anywhere, and the name comes from a file that nobody need trust.
    if ((await lstat(path)).isSymbolicLink()) throw new UnreadableError('it is a symbolic link');
    return await withSource(path, use);
  } catch (thrown) {
    const error = asUnreadable(thrown);
    if (!(error instanceof UnreadableError)) throw error;
    const { cause } = error;
    const missing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    const reason = missing ? 'it is missing' : error.message;
    throw new UnreadableError(`its signal file ${quoted(file)} cannot be used: ${reason}`, { cause: error });
  }
}

function checkLength(group: Group, frames: number): void {
  if (group.frames >= frames) return;
  throw new UnreadableError(
    `its signal file ${quoted(group.file)} is truncated: it has ${group.frames} samples of each signal, not ${frames}`,
  );
}

/** The frames that must be read of a file for all signals to have `frames` after their skew. */
function stepsOf({ signals, frames: available }: Group, frames: number): number {
  const skew = signals.reduce((most, signal) => Math.max(most, signal.skew), 0);
  return Math.min(available, frames + skew);
}

async function readGroup(source: ByteSource, group: Group, frames: number, options: ReadOptions): Promise<Signal[]> {
  const { format, signals, width } = group;
  const order = { groups: 1, steps: stepsOf(group, frames), width };
  const lanes = lanesOf(signals, order.steps);
  const sums = new Float64Array(width);
  const owners = signals.flatMap((signal) => new Array<SignalSpecification>(signal.samplesPerFrame).fill(signal));
  await decodePieces(samplePieces(source, group, order, options), format.codec, order.steps * width, (block, start) => {
    if (format.shift !== 0) for (let i = 0; i < block.length; i++) block[i]! += format.shift;
    addUp(block, start, order, owners, frames, sums);
    for (let i = 0; i < block.length; i++) if (block[i] === format.invalid) block[i] = NaN;
    spread(block, start, order, lanes);
  });
  let first = 0;
  return signals.map((specification) => {
    const end = first + specification.samplesPerFrame;
    const values = joined(lanes.slice(first, end), specification.skew, frames);
    const sum = sums.subarray(first, end).reduce((all, value) => all + value, 0);
    first = end;
    return { specification, values, intact: agrees(sum, specification.checksum) };
  });
}

function lanesOf(signals: readonly SignalSpecification[], steps: number): Lane[] {
  return signals.flatMap(({ samplesPerFrame, baseline, gain }) =>
    Array.from({ length: samplesPerFrame }, () => ({
      values: new Float32Array(steps),
      zero: baseline,
      divisor: gain ?? defaultGain,
    })),
  );
}

async function* samplePieces(
  source: ByteSource,
  { format, signals, width }: Group,
  { steps }: Interleaving,
  options: ReadOptions,
): AsyncGenerator<Uint8Array, void> {
  const { unitBytes } = format.codec;
  const length = bytesOf(format, steps * width);
  yield* rangeOf(source, signals[0]!.byteOffset, length, options.signal, unitBytes);
  // The decoder takes whole units only; nobody asks for the sample that these bytes complete.
  if (length % unitBytes > 0) yield Buffer.alloc(unitBytes - (length % unitBytes));
}

/** Adds the stored samples of each lane, without those that precede sample 0 of their signal. */
function addUp(
  block: Float64Array,
  start: number,
  order: Interleaving,
  owners: readonly SignalSpecification[],
  frames: number,
  sums: Float64Array,
): void {
  eachRun(order, start, block.length, (lane, step, first, stride, end) => {
    const { skew } = owners[lane]!;
    let sum = 0;
    for (let from = first, at = step; from < end; from += stride, at++) {
      if (at >= skew && at < skew + frames) sum += block[from]!;
    }
    sums[lane]! += sum;
  });
}

function agrees(sum: number, checksum: number | null): boolean {
  // Many writers leave 0 where they have not added up anything.
  return checksum === null || checksum === 0 || (sum - checksum) % 2 ** 16 === 0;
}

/** Puts the lanes of one signal together again; samples that its skew leaves without a value are NaN. */
function joined(lanes: readonly Lane[], skew: number, frames: number): Float32Array {
  if (lanes.length === 1 && skew === 0) return lanes[0]!.values.subarray(0, frames);
  const values = new Float32Array(frames * lanes.length).fill(NaN);
  lanes.forEach((lane, k) => {
    const shifted = lane.values.subarray(skew, skew + frames);
    for (let i = 0; i < shifted.length; i++) values[i * lanes.length + k] = shifted[i]!;
  });
  return values;
}

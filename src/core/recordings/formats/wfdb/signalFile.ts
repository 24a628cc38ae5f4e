import { dirname, join } from 'node:path';
import { UnreadableError, type ReadOptions } from '../../reader';
import { checkFileSize } from '../pcm/limits';
import { inFile } from '../pcm/named';
import { quoted } from '../pcm/text';
import { flacLengthOf } from './flac';
import { flacBitsOf, samplesIn, signalFormat } from './formats';
import type { SignalSpecification } from './header';

/** The signals that lie together in one file. */
export interface SignalGroup {
  readonly path: string;
  readonly file: string;
  /** The number of their format. */
  readonly format: number;
  readonly byteOffset: number;
  readonly signals: readonly SignalSpecification[];
  /** Samples of all signals in a frame. */
  readonly width: number;
  /** Whole frames that the file has. */
  readonly frames: number;
}

/**
 * Groups signals by their files, without those that have no samples, and looks how much each file holds.
 * @throws UnreadableError when a file is missing or too large, or in a format that is not supported
 */
export async function openGroups(
  headerPath: string,
  signals: readonly SignalSpecification[],
  options: ReadOptions,
): Promise<SignalGroup[]> {
  const groups: SignalGroup[] = [];
  for (const [file, members] of byFile(signals)) groups.push(await openGroup(headerPath, file, members, options));
  return groups;
}

function byFile(signals: readonly SignalSpecification[]): ReadonlyMap<string, SignalSpecification[]> {
  const groups = new Map<string, SignalSpecification[]>();
  let last: string | null = null;
  for (const signal of signals) {
    if (signal.file === null) continue;
    const group = groups.get(signal.file) ?? [];
    if (group.length > 0 && last !== signal.file) {
      throw new UnreadableError(`its signals in ${quoted(signal.file)} are not listed together`);
    }
    groups.set(signal.file, [...group, signal]);
    last = signal.file;
  }
  return groups;
}

async function openGroup(
  headerPath: string,
  file: string,
  signals: readonly SignalSpecification[],
  options: ReadOptions,
): Promise<SignalGroup> {
  const { format = 0, byteOffset = 0, samplesPerFrame = 0 } = signals[0] ?? {};
  if (signals.some((signal) => signal.format !== format)) {
    throw new UnreadableError(`its signals in ${quoted(file)} are said to be in different formats`);
  }
  if (signals.some((signal) => signal.samplesPerFrame === 0)) {
    throw new UnreadableError('one of its signals has no samples');
  }
  const isFlac = flacBitsOf(format) !== null;
  if (isFlac && signals.some((signal) => signal.samplesPerFrame !== samplesPerFrame)) {
    throw new UnreadableError(
      `its signals in ${quoted(file)} are said to have different rates, which FLAC has no room for`,
    );
  }
  if (isFlac && byteOffset > 0)
    throw new UnreadableError(`its FLAC stream in ${quoted(file)} is said not to begin the file`);
  const path = join(dirname(headerPath), file);
  const width = signals.reduce((sum, signal) => sum + signal.samplesPerFrame, 0);
  const layout = isFlac ? null : signalFormat(format);
  const frames = await inFile({ path, file: `signal file ${quoted(file)}` }, async (source) => {
    checkFileSize(source, options);
    if (layout !== null) return Math.floor(samplesIn(layout, Math.max(0, source.size - byteOffset)) / width);
    return Math.floor((await flacLengthOf(source)) / samplesPerFrame);
  });
  return { path, file, format, byteOffset, signals, width, frames };
}

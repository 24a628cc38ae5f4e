import { dirname, join } from 'node:path';
import { UnreadableError, type Reader, type ReadOptions } from '../../reader';
import type { Channel, Sequence } from '../../sequence';
import type { ByteSource } from '../../source';
import { checkFileSize } from '../pcm/limits';
import { listed } from '../pcm/text';
import { parseRecordHeader, type RecordHeader } from './header';
import { defaultGain, readSignals, type Signal } from './signals';

/** WFDB records: a header (`.hea`) and the signal files that it names, as PhysioNet keeps them. */
export const wfdbReader: Reader = {
  format: 'wfdb',
  version: 1,
  extensions: ['.hea'],
  claims: () => true,
  companions,
  read,
};

/** The signal files that the header names. A damaged header names none, and `read` tells what is wrong with it. */
function companions(source: ByteSource): readonly string[] {
  try {
    const { signals } = parseRecordHeader(source.head.toString('utf8'));
    return [...new Set(signals.map(({ file }) => join(dirname(source.path), file)))];
  } catch (error) {
    if (error instanceof UnreadableError) return [];
    throw error;
  }
}

/** Headers have a line of at most 255 characters for each signal. */
const longestHeader = 2 ** 20;

/** The sampling frequency of records whose header gives none (header(5)). */
const defaultRate = 250;

/** @throws UnreadableError for a file that is no header of an undivided record. */
export async function readRecordHeader(source: ByteSource): Promise<RecordHeader> {
  if (source.size > longestHeader) throw new UnreadableError(`its header is longer than ${longestHeader} bytes`);
  return parseRecordHeader((await source.read(0, source.size)).toString('utf8'));
}

async function read(source: ByteSource, options: ReadOptions): Promise<readonly Sequence[]> {
  options.signal?.throwIfAborted();
  checkFileSize(source, options);
  const header = await readRecordHeader(source);
  const signals = await readSignals(source.path, header, options);
  const perFrame = new Set(signals.map(({ specification }) => specification.samplesPerFrame));
  const [only] = perFrame.size === 1 ? perFrame : [];
  const channels = signals.map((signal) => channelOf(signal, only === undefined));
  const rate = (header.rate ?? defaultRate) * (only ?? 1);
  return [{ channels, rate, label: null, name: null, notes: notesOn(header, signals, only === undefined) }];
}

function channelOf({ specification, values }: Signal, average: boolean): Channel {
  const { description, units, samplesPerFrame } = specification;
  return { name: description, unit: units, values: average ? averaged(values, samplesPerFrame) : values };
}

/** The mean of each frame, as the WFDB library gives for signals that are sampled more often than others. */
function averaged(values: Float32Array, samplesPerFrame: number): Float32Array {
  if (samplesPerFrame === 1) return values;
  return Float32Array.from({ length: values.length / samplesPerFrame }, (_, frame) => {
    let sum = 0;
    for (let k = 0; k < samplesPerFrame; k++) sum += values[frame * samplesPerFrame + k]!;
    return sum / samplesPerFrame;
  });
}

function notesOn(header: RecordHeader, signals: readonly Signal[], average: boolean): string[] {
  const notes: string[] = [];
  const add = (matches: (signal: Signal) => boolean, note: string) => {
    const names = signals.flatMap((signal, i) =>
      matches(signal) ? [signal.specification.description ?? `signal ${i + 1}`] : [],
    );
    if (names.length > 0) notes.push(`${note}: ${listed(names)}`);
  };
  if (header.rate === null) notes.push(`its header gives no sampling frequency; ${defaultRate} Hz is assumed`);
  add(
    ({ specification }) => specification.gain === null,
    `not calibrated, so ${defaultGain} steps per unit are assumed`,
  );
  add(({ specification }) => specification.skew > 0, 'moved in time, as the header says');
  add(({ intact }) => !intact, 'the sum of the samples is not what the header says, so the file may be damaged');
  if (average) add(({ specification }) => specification.samplesPerFrame > 1, 'averaged to the rate of the others');
  return notes;
}

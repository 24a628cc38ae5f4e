import { UnreadableError, type ReadOptions } from '../../reader';
import type { Channel } from '../../sequence';
import type { ByteSource } from '../../source';
import { raised } from '../pcm/raise';
import { listed } from '../pcm/text';
import { parseRecordHeader, type RecordHeader, type SignalSpecification } from './header';
import { defaultGain, type Signal } from './lanes';
import { readSignals } from './signals';

/** Headers have a line of at most 255 characters for each signal or segment. */
const longestHeader = 2 ** 20;

/** The sampling frequency of records whose header gives none (header(5)). */
export const defaultRate = 250;

/** What was read of a record. */
export interface Recorded {
  /** All of the rate of the fastest signal. */
  readonly channels: readonly Channel[];
  /** Samples of each channel in a frame. */
  readonly perFrame: number;
  readonly notes: readonly string[];
}

/** @throws UnreadableError for a file that is no header of a record. */
export async function readRecordHeader(source: ByteSource): Promise<RecordHeader> {
  if (source.size > longestHeader) throw new UnreadableError(`its header is longer than ${longestHeader} bytes`);
  return parseRecordHeader((await source.read(0, source.size)).toString('utf8'));
}

/** Reads an undivided record. @throws UnreadableError */
export async function readUndivided(path: string, header: RecordHeader, options: ReadOptions): Promise<Recorded> {
  const signals = await readSignals(path, header, options);
  const perFrame = signals.reduce((most, { specification }) => Math.max(most, specification.samplesPerFrame), 1);
  const channels = signals.map(({ specification, values }) => ({
    name: specification.description,
    unit: specification.units,
    values: raised(values, specification.samplesPerFrame, perFrame),
  }));
  return { channels, perFrame, notes: notesOn(header, signals, perFrame) };
}

function notesOn(header: RecordHeader, signals: readonly Signal[], perFrame: number): string[] {
  const notes: string[] = [];
  const add = (matching: readonly SignalSpecification[], note: string) => {
    const names = matching.map((signal) => signal.description ?? `signal ${header.signals.indexOf(signal) + 1}`);
    if (names.length > 0) notes.push(`${note}: ${listed(names)}`);
  };
  const where = (matches: (signal: SignalSpecification) => boolean) =>
    signals.flatMap(({ specification }) => (matches(specification) ? [specification] : []));
  add(
    where(({ gain }) => gain === null),
    `not calibrated, so ${defaultGain} steps per unit are assumed`,
  );
  add(
    where(({ skew }) => skew > 0),
    'moved in time, as the header says',
  );
  add(
    signals.flatMap(({ specification, intact }) => (intact ? [] : [specification])),
    'the sum of the samples is not what the header says, so the file may be damaged',
  );
  add(
    where(({ samplesPerFrame }) => samplesPerFrame < perFrame),
    'brought up to the rate of the fastest by interpolation',
  );
  add(
    header.signals.filter(({ file }) => file === null),
    'without samples, and left out',
  );
  return notes;
}

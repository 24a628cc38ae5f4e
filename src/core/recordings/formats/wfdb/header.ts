import { UnreadableError } from '../../reader';
import { plainText, quoted } from '../pcm/text';

/** One signal of a record; the words are those of header(5) of the WFDB Applications Guide. */
export interface SignalSpecification {
  /** The signal file's name: plain, in the folder of the header. */
  readonly file: string;
  readonly format: number;
  readonly samplesPerFrame: number;
  /** Samples of this signal in the file that precede sample 0. */
  readonly skew: number;
  /** Where the samples begin in the file, in bytes. */
  readonly byteOffset: number;
  /** Stored units per physical unit, or `null` for a signal that has not been calibrated. */
  readonly gain: number | null;
  /** The stored value of physical zero. */
  readonly baseline: number;
  readonly units: string;
  /** The sum of all samples, modulo 2^16, or `null` if not given. */
  readonly checksum: number | null;
  readonly description: string | null;
}

export interface RecordHeader {
  /** Frames per second, or `null` if not given. */
  readonly rate: number | null;
  /** Frames, or `null` if not given. */
  readonly frames: number | null;
  readonly signals: readonly SignalSpecification[];
}

const mostSignals = 4096;

/**
 * Parses the text of a `.hea` file (header(5), WFDB Applications Guide).
 * @throws UnreadableError for damage, for records of several segments, and for names of signal files that are not plain.
 */
export function parseRecordHeader(text: string): RecordHeader {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '' && !line.trimStart().startsWith('#'));
  const [first, ...rest] = lines;
  if (first === undefined) throw new UnreadableError('its header is empty');
  const record = parseRecordLine(first);
  if (rest.length < record.signals) {
    throw new UnreadableError(`it is truncated: it promises ${record.signals} signals, but describes ${rest.length}`);
  }
  const signals = rest.slice(0, record.signals).map(parseSignalLine);
  return { rate: record.rate, frames: record.frames, signals };
}

function parseRecordLine(line: string): { rate: number | null; frames: number | null; signals: number } {
  const [name = '', signals = '', frequency, frames] = line.trim().split(/\s+/);
  const segments = /\/(\d+)$/.exec(name)?.[1];
  if (!/^\d+$/.test(signals)) throw new UnreadableError('its first line does not describe a record');
  if (segments !== undefined) {
    throw new UnreadableError(`it is a record of ${segments} segments, and only undivided records are supported`);
  }
  const count = Number(signals);
  if (count === 0) throw new UnreadableError('it describes no signals');
  if (count > mostSignals)
    throw new UnreadableError(`it promises ${count} signals, more than the limit of ${mostSignals}`);
  return { rate: rateOf(frequency), frames: framesOf(frames), signals: count };
}

function rateOf(field: string | undefined): number | null {
  if (field === undefined) return null;
  // After a slash come the counter frequency and its base, which number the frames in another way.
  const rate = numberOf(field.split('/')[0]);
  if (rate === null || rate < 0) throw new UnreadableError(`${quoted(field)} is no sampling frequency`);
  return rate === 0 ? null : rate;
}

function framesOf(field: string | undefined): number | null {
  if (field === undefined) return null;
  if (!/^\d+$/.test(field)) throw new UnreadableError(`${quoted(field)} is no number of samples`);
  return Number(field) || null;
}

function parseSignalLine(line: string, index: number): SignalSpecification {
  const [file = '', format = '', gain = '', , zero, , checksum, , ...description] = line.trim().split(/\s+/);
  checkPlainName(file);
  const kind = /^(\d{1,4})(?:x(\d{1,5}))?(?::(\d{1,9}))?(?:\+(\d{1,15}))?$/.exec(format);
  const scale = /^([^()/]*)(?:\(([^()]*)\))?(?:\/(\S+))?$/.exec(gain);
  if (kind === null || scale === null) throw damagedLine(index);
  const perUnit = fieldOf(scale[1] || undefined, 0, index);
  return {
    file,
    format: Number(kind[1]),
    samplesPerFrame: Number(kind[2] ?? 1),
    skew: Number(kind[3] ?? 0),
    byteOffset: Number(kind[4] ?? 0),
    gain: perUnit === 0 ? null : perUnit,
    baseline: fieldOf(scale[2], fieldOf(zero, 0, index), index),
    units: plainText(scale[3] ?? 'mV', 40),
    checksum: fieldOf(checksum, null, index),
    description: plainText(description.join(' ')) || null,
  };
}

function fieldOf<T>(field: string | undefined, missing: T, index: number): number | T {
  if (field === undefined) return missing;
  const value = numberOf(field);
  if (value === null) throw damagedLine(index);
  return value;
}

function damagedLine(index: number): UnreadableError {
  return new UnreadableError(`its description of signal ${index + 1} is damaged`);
}

function numberOf(field: string | undefined): number | null {
  if (field === undefined || !/^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i.test(field)) return null;
  const value = Number(field);
  return Number.isFinite(value) ? value : null;
}

/**
 * A header must not lead out of its folder: not by a path, a Windows drive or stream, nor to standard input (`-`) or a
 * signal that has no file (`~`).
 * @throws UnreadableError
 */
function checkPlainName(file: string): void {
  const plain = !/^(?:\.{0,2}|-|~.*)$/.test(file) && !/[/\\:\p{Cc}]/u.test(file) && file.length <= 255;
  if (!plain) throw new UnreadableError(`its signal file ${quoted(file)} is not named as a file in the same folder`);
}

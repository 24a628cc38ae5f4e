import { UnreadableError } from '../../reader';
import { checkPlainName } from '../pcm/named';
import { plainText, quoted } from '../pcm/text';

/** One signal of a record; the words are those of header(5) of the WFDB Applications Guide. */
export interface SignalSpecification {
  /** The signal file's name: plain, in the folder of the header; `null` for a signal without samples. */
  readonly file: string | null;
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
  /** The stored value before the first sample, for formats that store differences. */
  readonly initial: number;
  /** The sum of all samples, modulo 2^16, or `null` if not given. */
  readonly checksum: number | null;
  readonly description: string | null;
}

/** A part of a record that is a record of its own. */
export interface Segment {
  /** Its record's name: plain, in the folder of the header; `null` for a gap. */
  readonly name: string | null;
  readonly frames: number;
}

export interface RecordHeader {
  /** Frames per second, or `null` if not given. */
  readonly rate: number | null;
  /** Frames, or `null` if not given. */
  readonly frames: number | null;
  /** The signals of an undivided record; none of a divided one. */
  readonly signals: readonly SignalSpecification[];
  /** The segments of a divided record, or `null`. */
  readonly segments: readonly Segment[] | null;
  /** The texts of the comments, without their signs. */
  readonly comments: readonly string[];
}

const mostSignals = 4096;
const mostSegments = 2 ** 16;

/**
 * Parses the text of a `.hea` file (header(5), WFDB Applications Guide).
 * @throws UnreadableError for damage, and for names of signal files and segments that are not plain.
 */
export function parseRecordHeader(text: string): RecordHeader {
  const all = text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/).map((line) => line.trim()); // prettier-ignore
  const comments = all.flatMap((line) => (line.startsWith('#') ? [plainText(line.replace(/^#+/, ''))] : []));
  const [first, ...rest] = all.filter((line) => line !== '' && !line.startsWith('#'));
  if (first === undefined) throw new UnreadableError('its header is empty');
  const { rate, frames, signals, segments } = parseRecordLine(first);
  const promised = segments ?? signals;
  if (rest.length < promised) {
    const what = segments === null ? 'signals' : 'segments';
    throw new UnreadableError(`it is truncated: it promises ${promised} ${what}, but describes ${rest.length}`);
  }
  const lines = rest.slice(0, promised);
  const common = { rate, frames, comments };
  if (segments !== null) return { ...common, signals: [], segments: lines.map(parseSegmentLine) };
  return { ...common, signals: lines.map(parseSignalLine), segments: null };
}

interface RecordLine {
  readonly rate: number | null;
  readonly frames: number | null;
  readonly signals: number;
  readonly segments: number | null;
}

function parseRecordLine(line: string): RecordLine {
  const [name = '', signals = '', frequency, frames] = line.split(/\s+/);
  const segments = /\/(\d+)$/.exec(name)?.[1];
  if (!/^\d+$/.test(signals)) throw new UnreadableError('its first line does not describe a record');
  const count = Number(signals);
  if (count === 0) throw new UnreadableError('it describes no signals');
  checkCount(count, 'signals', mostSignals);
  if (segments !== undefined) checkCount(Number(segments), 'segments', mostSegments);
  return {
    rate: rateOf(frequency),
    frames: framesOf(frames),
    signals: count,
    segments: segments === undefined ? null : Number(segments),
  };
}

function checkCount(count: number, what: string, most: number): void {
  if (count > most) throw new UnreadableError(`it promises ${count} ${what}, more than the limit of ${most}`);
}

function parseSegmentLine(line: string, index: number): Segment {
  const [name = '', frames = ''] = line.split(/\s+/);
  if (!/^\d{1,15}$/.test(frames)) throw new UnreadableError(`its description of segment ${index + 1} is damaged`);
  if (name === '~') return { name: null, frames: Number(frames) };
  checkPlainName(name, 'segment');
  return { name, frames: Number(frames) };
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
  const [file = '', format = '', gain = '', , zero, initial, checksum, , ...description] = line.split(/\s+/);
  if (file !== '~') checkPlainName(file, 'signal file');
  const kind = /^(\d{1,4})(?:x(\d{1,5}))?(?::(\d{1,9}))?(?:\+(\d{1,15}))?$/.exec(format);
  const scale = /^([^()/]*)(?:\(([^()]*)\))?(?:\/(\S+))?$/.exec(gain);
  if (kind === null || scale === null) throw damagedLine(index);
  const perUnit = fieldOf(scale[1] || undefined, 0, index);
  const adcZero = fieldOf(zero, 0, index);
  return {
    file: file === '~' || Number(kind[1]) === 0 ? null : file,
    format: Number(kind[1]),
    samplesPerFrame: Number(kind[2] ?? 1),
    skew: Number(kind[3] ?? 0),
    byteOffset: Number(kind[4] ?? 0),
    gain: perUnit === 0 ? null : perUnit,
    baseline: fieldOf(scale[2], adcZero, index),
    units: plainText(scale[3] ?? 'mV', 40),
    initial: fieldOf(initial, adcZero, index),
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

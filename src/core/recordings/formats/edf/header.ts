import { UnreadableError } from '../../reader';
import type { ByteSource } from '../../source';
import { plainText, quoted } from '../pcm/text';

/** One signal of an EDF or BDF file. */
export interface EdfSignal {
  readonly label: string | null;
  readonly unit: string | null;
  readonly samplesPerRecord: number;
  /** The stored value of physical zero. */
  readonly zero: number;
  /** Stored units per physical unit. */
  readonly divisor: number;
  /** Whether the header gives two different physical and two different stored limits. */
  readonly isCalibrated: boolean;
  readonly isAnnotation: boolean;
}

export interface EdfHeader {
  /** 2 for EDF, 3 for BDF. */
  readonly bytesPerSample: 2 | 3;
  readonly isDiscontinuous: boolean;
  readonly dataStart: number;
  /** Data records that the header promises, or `null` where the recorder never wrote how many. */
  readonly records: number | null;
  /** Seconds of a data record, or `null` if the header gives none. */
  readonly recordSeconds: number | null;
  readonly signals: readonly EdfSignal[];
}

const fixedBytes = 256;
const bytesPerSignal = 256;
const eyeLinkMagic = 'SR_RESEARCH';

/** Whether a file begins as EDF (`0`) or BDF (`BIOSEMI`) files do. */
export function hasEdfMagic(head: Buffer): boolean {
  return isBdf(head) || /^0\s{7}/.test(head.toString('latin1', 0, 8));
}

function isBdf(head: Buffer): boolean {
  return head[0] === 0xff && head.toString('latin1', 1, 8) === 'BIOSEMI';
}

/**
 * Reads the header of an EDF, EDF+, BDF or BDF+ file (Kemp et al. 1992, Kemp and Olivan 2003, BioSemi).
 * @throws UnreadableError for other files and for damage
 */
export async function parseEdfHeader(source: ByteSource): Promise<EdfHeader> {
  const { head, size } = source;
  if (head.toString('latin1', 0, eyeLinkMagic.length) === eyeLinkMagic) {
    throw new UnreadableError('it is a file of an EyeLink eye tracker; convert it to text (ASC) with edf2asc');
  }
  if (!hasEdfMagic(head)) throw new UnreadableError('it does not begin like an EDF or BDF file');
  if (size < fixedBytes) throw new UnreadableError('it is truncated: its header is not complete');
  const field = (at: number, length: number) => textOf(head, at, length);
  const count = wholeNumber(field(252, 4));
  if (count === null || count < 0) throw new UnreadableError(`${quoted(field(252, 4))} is no number of signals`);
  if (count === 0) throw new UnreadableError('it describes no signals');
  const headerBytes = fixedBytes + count * bytesPerSignal;
  if (headerBytes > size) {
    throw new UnreadableError(
      `it is truncated: its header of ${count} signals takes ${headerBytes} bytes, but it has ${size}`,
    );
  }
  const records = wholeNumber(field(236, 8));
  const seconds = numberOf(field(244, 8));
  return {
    bytesPerSample: isBdf(head) ? 3 : 2,
    isDiscontinuous: /^[EB]DF\+D/.test(field(192, 44)),
    dataStart: Math.max(headerBytes, wholeNumber(field(184, 8)) ?? 0),
    records: records !== null && records >= 0 ? records : null,
    recordSeconds: seconds !== null && seconds > 0 ? seconds : null,
    signals: signalsOf(await source.read(fixedBytes, count * bytesPerSignal), count),
  };
}

/** The fields of a signal, in the order in which they stand, each for all signals. */
const widths = { label: 16, transducer: 80, unit: 8, physicalMinimum: 8, physicalMaximum: 8, storedMinimum: 8, storedMaximum: 8, filter: 80, samples: 8, reserved: 32 }; // prettier-ignore
type Field = keyof typeof widths;

function signalsOf(bytes: Buffer, count: number): EdfSignal[] {
  const starts = new Map<Field, number>();
  let start = 0;
  for (const name of Object.keys(widths) as Field[]) {
    starts.set(name, start);
    start += widths[name] * count;
  }
  return Array.from({ length: count }, (_, i) =>
    signalOf((name) => textOf(bytes, (starts.get(name) ?? 0) + i * widths[name], widths[name]), i),
  );
}

function signalOf(field: (name: Field) => string, index: number): EdfSignal {
  const samples = wholeNumber(field('samples'));
  if (samples === null || samples < 0) {
    throw new UnreadableError(`${quoted(field('samples'))} is no number of samples (signal ${index + 1})`);
  }
  const stored = rangeOf(field('storedMinimum'), field('storedMaximum'));
  const physical = rangeOf(field('physicalMinimum'), field('physicalMaximum'));
  const divisor = stored === null || physical === null ? 1 : stored.span / physical.span;
  const label = plainText(field('label'));
  return {
    label: label || null,
    unit: plainText(field('unit')) || null,
    samplesPerRecord: samples,
    zero: stored === null || physical === null ? 0 : stored.minimum - physical.minimum * divisor,
    divisor,
    isCalibrated: stored !== null && physical !== null,
    isAnnotation: /^[EB]DF Annotations$/i.test(label),
  };
}

/** @returns `null` unless two different numbers are given; where the first is the larger one the signal is inverted */
function rangeOf(first: string, last: string): { readonly minimum: number; readonly span: number } | null {
  const [minimum, maximum] = [numberOf(first), numberOf(last)];
  return minimum === null || maximum === null || minimum === maximum ? null : { minimum, span: maximum - minimum };
}

function textOf(bytes: Buffer, at: number, length: number): string {
  return bytes
    .toString('latin1', at, at + length)
    .replace(/\0.*$/s, '')
    .trim();
}

function wholeNumber(text: string): number | null {
  return /^[-+]?\d{1,8}$/.test(text) ? Number(text) : null;
}

/** Some recorders write the decimal comma of their country. */
function numberOf(text: string): number | null {
  const value = /^[-+]?(?:\d+[.,]?\d*|[.,]\d+)(?:e[-+]?\d+)?$/i.test(text) ? Number(text.replace(',', '.')) : NaN;
  return Number.isFinite(value) ? value : null;
}

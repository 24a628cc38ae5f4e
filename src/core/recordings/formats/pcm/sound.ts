import type { ReadOptions } from '../../reader';
import type { Channel } from '../../sequence';
import type { ByteSource } from '../../source';
import type { BlockCodec } from './adpcm';
import { numberCodec, type Codec, type NumberType } from './codecs';
import { spread, type Lane } from './lanes';
import { checkPromise } from './limits';
import { decodePieces, rangeOf } from './pieces';
import { samplesFor } from '../../allocate';

/** How the samples of a sound are stored: each value `v` of `codec` stands for `(v - zero) / divisor`. */
export interface SampleFormat {
  readonly codec: Codec | BlockCodec;
  readonly zero: number;
  readonly divisor: number;
}

/** A sound in a file: the samples of its channels take turns. */
export interface StoredSound {
  readonly format: SampleFormat;
  readonly channels: number;
  readonly dataStart: number;
  /** Bytes that are there, whatever a header promises. */
  readonly dataBytes: number;
  /** Frames that the header says are worth reading, or `null` for all. */
  readonly frames: number | null;
  /** Hz; 0 where the file gives none. */
  readonly rate: number;
  /** What a user should know of the length of the samples, or `null`. */
  readonly note: string | null;
}

type Types = Readonly<Record<number, NumberType>>;

/** The types by their width in bytes; signed integers have silence at 0, unsigned ones in the middle. */
const signed: Types = { 1: 'i1', 2: 'i2', 3: 'i3', 4: 'i4', 8: 'i8' };
const unsigned: Types = { 1: 'u1', 2: 'u2' };
const floats: Types = { 2: 'f2', 4: 'f4', 8: 'f8' };

/** Whole numbers of `bytes` bytes scaled to [-1, 1), or `null` for a width that there is no type for. */
export function integerFormat(bytes: number, littleEndian: boolean, isSigned: boolean): SampleFormat | null {
  const type = (isSigned ? signed : unsigned)[bytes];
  const divisor = 2 ** (8 * bytes - 1);
  return type === undefined ? null : { codec: numberCodec(type, littleEndian), zero: isSigned ? 0 : divisor, divisor };
}

/** Floating numbers of `bytes` bytes as they are, or `null` for a width that there is no type for. */
export function floatFormat(bytes: number, littleEndian: boolean): SampleFormat | null {
  const type = floats[bytes];
  return type === undefined ? null : { codec: numberCodec(type, littleEndian), zero: 0, divisor: 1 };
}

/** Samples that a codec expands to 16 bits. */
export function expandedFormat(codec: Codec | BlockCodec): SampleFormat {
  return { codec, zero: 0, divisor: 2 ** 15 };
}

/** Whole frames in `dataBytes` bytes, and how many bytes at the end are less than one. */
function framesOf({ format, channels, dataBytes, frames }: StoredSound): { frames: number; left: number } {
  const { codec } = format;
  if ('framesOfPart' in codec) {
    const whole = Math.floor(dataBytes / codec.unitBytes);
    const part = codec.framesOfPart(dataBytes - whole * codec.unitBytes);
    const there = (whole * codec.unitValues) / channels + part;
    // Some writers count wrongly here; only the end of the last block can be no sound.
    const isPlausible = frames !== null && there - frames < codec.unitValues / channels;
    return { frames: isPlausible ? Math.min(there, frames) : there, left: 0 };
  }
  const there = Math.floor(dataBytes / (codec.unitBytes * channels));
  return { frames: Math.min(there, frames ?? there), left: dataBytes - there * codec.unitBytes * channels };
}

/**
 * Reads the channels of a sound.
 * @throws UnreadableError for no samples and for more than the limits of the options
 */
export async function readSound(
  source: ByteSource,
  sound: StoredSound,
  options: ReadOptions,
): Promise<readonly Channel[]> {
  const { channels: width, format } = sound;
  const { frames: steps } = framesOf(sound);
  checkPromise(steps * width, width, options);
  const { codec, zero, divisor } = format;
  const lanes: Lane[] = Array.from({ length: width }, () => ({ values: samplesFor(steps), zero, divisor }));
  const order = { groups: 1, steps, width };
  await decodePieces(unitsOf(source, sound, options), codec, steps * width, (block, start) => {
    spread(block, start, order, lanes);
  });
  return lanes.map(({ values }, i) => ({ name: nameOf(i, width), unit: null, values }));
}

/** The bytes of the samples, with a last unit that is not complete filled up with zeros. */
async function* unitsOf(
  source: ByteSource,
  { format, dataStart, dataBytes }: StoredSound,
  options: ReadOptions,
): AsyncGenerator<Uint8Array, void> {
  const { unitBytes } = format.codec;
  yield* rangeOf(source, dataStart, dataBytes, options.signal, unitBytes);
  if (dataBytes % unitBytes > 0) yield Buffer.alloc(unitBytes - (dataBytes % unitBytes));
}

/** What a user should know of how a sound was read. */
export function notesOnSound(sound: StoredSound): string[] {
  const notes = sound.note === null ? [] : [sound.note];
  const { left } = framesOf(sound);
  if (left > 0) notes.push(`${left} bytes at its end are less than one sample of every channel and were left out`);
  if (sound.rate === 0) notes.push('its header gives no sampling rate');
  return notes;
}

/** Where the samples of a sound lie, whatever its header promises: all of them that are there. */
export type Extent = Pick<StoredSound, 'dataStart' | 'dataBytes' | 'note'>;

/** @param promised bytes of samples that the header promises, or `null` if it leaves the length open */
export function extentAt(source: ByteSource, dataStart: number, promised: number | null): Extent {
  const rest = source.size - dataStart;
  if (promised === null) {
    const note = 'its header leaves the length open, so all bytes to the end of the file were read';
    return { dataStart, dataBytes: rest, note };
  }
  if (promised <= rest) return { dataStart, dataBytes: Math.max(0, promised), note: null };
  const note = `it is truncated: its header promises ${promised} bytes of samples, and the ${rest} that are there were read`;
  return { dataStart, dataBytes: rest, note };
}

/** What a channel of sound is called. */
export function nameOf(channel: number, channels: number): string {
  if (channels === 1) return 'audio';
  if (channels === 2) return channel === 0 ? 'left' : 'right';
  return `channel ${channel + 1}`;
}

import { largest, smallest } from '../../core/recordings/extremes';
import type { Columns } from '../../core/recordings/reduce';

/** What a recording is drawn from where its file is not at hand: the extremes of each channel in so many columns. */
export const envelopeColumns = 512;

/** Of more channels the first are drawn. */
export const envelopeChannels = 64;

export type EnvelopeChannel = Pick<Columns, 'minimum' | 'maximum'>;

const most = 255;

/** Columns and channels, as 16-bit numbers. */
const headBytes = 4;

/** The least and the largest value of a channel, as 32-bit numbers. */
const rangeBytes = 8;

/**
 * Packs channels of one number of columns: two 16-bit numbers, how many columns and channels; then of each channel its least
 * and its largest value as float32, and for each column the least and the largest as bytes between them. All little-endian.
 */
export function packEnvelope(channels: readonly EnvelopeChannel[]): Buffer {
  const columns = channels[0]?.minimum.length ?? 0;
  const out = Buffer.alloc(headBytes + channels.length * (rangeBytes + 2 * columns));
  out.writeUInt16LE(columns, 0);
  out.writeUInt16LE(channels.length, 2);
  channels.forEach(({ minimum, maximum }, c) => {
    const at = headBytes + c * (rangeBytes + 2 * columns);
    const [low, high] = [smallest(minimum, Infinity), largest(maximum)];
    out.writeFloatLE(low, at);
    out.writeFloatLE(high, at + 4);
    const scale = high > low ? most / (high - low) : 0;
    for (let i = 0; i < columns; i++) {
      out[at + rangeBytes + 2 * i] = Math.floor((minimum[i]! - low) * scale);
      out[at + rangeBytes + 2 * i + 1] = Math.min(Math.ceil((maximum[i]! - low) * scale), most);
    }
  });
  return out;
}

/** What `packEnvelope` has packed, or `null` for bytes that are none, as rows are written by others. */
export function unpackEnvelope(bytes: Buffer): readonly EnvelopeChannel[] | null {
  if (bytes.length < headBytes) return null;
  const [columns, channels] = [bytes.readUInt16LE(0), bytes.readUInt16LE(2)];
  if (columns > envelopeColumns || channels > envelopeChannels) return null;
  if (bytes.length !== headBytes + channels * (rangeBytes + 2 * columns)) return null;
  const unpacked: EnvelopeChannel[] = [];
  for (let c = 0; c < channels; c++) {
    const at = headBytes + c * (rangeBytes + 2 * columns);
    const [low, high] = [bytes.readFloatLE(at), bytes.readFloatLE(at + 4)];
    if (!Number.isFinite(low) || !Number.isFinite(high)) return null;
    const value = (i: number) => low + ((high - low) * bytes[at + rangeBytes + i]!) / most;
    unpacked.push({
      minimum: Float32Array.from({ length: columns }, (_, i) => value(2 * i)),
      maximum: Float32Array.from({ length: columns }, (_, i) => value(2 * i + 1)),
    });
  }
  return unpacked;
}

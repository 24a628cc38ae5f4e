import type { ReadOptions } from '../../reader';
import type { ByteSource } from '../../source';
import { numberCodec } from '../pcm/codecs';
import { decodePieces, rangeOf } from '../pcm/pieces';
import type { EdfHeader, EdfSignal } from './header';
import { samplesFor } from '../../allocate';

/** What is stored of one signal: `samplesPerRecord` values for each record. */
export interface StoredSignal {
  readonly signal: EdfSignal;
  /** Physical values; empty for annotations. */
  readonly values: Float32Array;
  /** The bytes of annotations; empty for other signals. */
  readonly bytes: Buffer;
}

/** Bytes of one data record. */
export function recordBytesOf({ signals, bytesPerSample }: EdfHeader): number {
  return bytesPerSample * signals.reduce((sum, { samplesPerRecord }) => sum + samplesPerRecord, 0);
}

/** Reads data records, in each of which the samples of one signal follow those of another. */
export async function readRecords(
  source: ByteSource,
  header: EdfHeader,
  records: number,
  options: ReadOptions,
): Promise<readonly StoredSignal[]> {
  const { bytesPerSample, signals, dataStart } = header;
  const stored = signals.map((signal) => {
    const samples = records * signal.samplesPerRecord;
    const values = samplesFor(signal.isAnnotation ? 0 : samples);
    return { signal, values, bytes: Buffer.alloc(signal.isAnnotation ? samples * bytesPerSample : 0) };
  });
  const recordBytes = recordBytesOf(header);
  const recordSamples = recordBytes / bytesPerSample;
  const pieces = rangeOf(source, dataStart, records * recordBytes, options.signal, bytesPerSample);
  const codec = numberCodec(bytesPerSample === 2 ? 'i2' : 'i3', true);
  await decodePieces(pieces, codec, records * recordSamples, (block, start) => {
    spreadRecords(block, start, recordSamples, stored, bytesPerSample);
  });
  return stored;
}

function spreadRecords(
  block: Float64Array,
  start: number,
  recordSamples: number,
  stored: readonly StoredSignal[],
  bytesPerSample: number,
): void {
  for (let done = 0; done < block.length;) {
    let within = (start + done) % recordSamples;
    const record = (start + done - within) / recordSamples;
    for (const one of stored) {
      const { samplesPerRecord } = one.signal;
      if (within < samplesPerRecord && done < block.length) {
        const part = block.subarray(done, Math.min(block.length, done + samplesPerRecord - within));
        keep(part, one, record * samplesPerRecord + within, bytesPerSample);
        done += part.length;
        within += part.length;
      }
      within -= samplesPerRecord;
      if (within < 0) break;
    }
  }
}

function keep(part: Float64Array, { signal, values, bytes }: StoredSignal, to: number, bytesPerSample: number): void {
  const { zero, divisor, isAnnotation } = signal;
  for (let i = 0; i < part.length; i++) {
    if (isAnnotation) bytes.writeIntLE(part[i]!, (to + i) * bytesPerSample, bytesPerSample);
    else values[to + i] = (part[i]! - zero) / divisor;
  }
}

import { FLACDecoder } from '@wasm-audio-decoders/flac';
import { UnreadableError, type ReadOptions } from '../../reader';
import type { ByteSource } from '../../source';
import { rangeOf, type Visit } from '../pcm/pieces';

/** A block of silence takes a few bytes, so that longer pieces could unpack to very much at once. */
const pieceBytes = 2 ** 11;

/** A frame holds at most so many samples of each channel, and has at least so many bytes. */
const mostFrameSamples = 65535;
const leastFrameBytes = 10;

/**
 * The samples of each channel that the first block of a FLAC stream promises (RFC 9639, section 8.2).
 * @throws UnreadableError for other files, and for streams that leave their length open
 */
export async function parseFlacLength(source: ByteSource, start: number): Promise<number> {
  const head = await source.read(start, Math.min(26, Math.max(0, source.size - start)));
  if (head.length < 26 || head.toString('latin1', 0, 4) !== 'fLaC') {
    throw new UnreadableError('it does not begin like a FLAC stream');
  }
  const samples = (head[21]! & 15) * 2 ** 32 + head.readUInt32BE(22);
  if (samples === 0) throw new UnreadableError('its FLAC stream does not say how long it is');
  if (samples > ((source.size - start) / leastFrameBytes) * mostFrameSamples) {
    throw new UnreadableError(`its FLAC stream promises ${samples} samples, more than ${source.size} bytes can hold`);
  }
  return samples;
}

/** What is expected of a FLAC stream. */
export interface FlacStream {
  readonly start: number;
  readonly channels: number;
  /** Bits of a sample. */
  readonly bits: number;
  /** Samples of each channel to decode. */
  readonly samples: number;
}

/**
 * Decodes the samples of a FLAC stream as whole numbers, those of the channels taking turns.
 * @throws UnreadableError when the stream is damaged or is not what was expected
 */
export async function decodeFlac(
  source: ByteSource,
  stream: FlacStream,
  options: ReadOptions,
  visit: Visit,
): Promise<void> {
  const decoder = new FLACDecoder();
  await decoder.ready;
  try {
    let done = 0;
    const take = (decoded: Awaited<ReturnType<FLACDecoder['decode']>>) => {
      if (decoded.errors.length > 0) throw new UnreadableError('its FLAC stream is damaged');
      if (decoded.samplesDecoded === 0) return;
      const count = Math.min(decoded.samplesDecoded, stream.samples - done);
      visit(interleaved(decoded.channelData, decoded.bitDepth, stream, count), done * stream.channels);
      done += count;
    };
    for await (const piece of rangeOf(
      source,
      stream.start,
      source.size - stream.start,
      options.signal,
      1,
      pieceBytes,
    )) {
      take(await decoder.decode(piece));
      if (done === stream.samples) return;
    }
    take(await decoder.flush());
    if (done < stream.samples) {
      throw new UnreadableError(`its FLAC stream is truncated: only ${done} of ${stream.samples} samples are there`);
    }
  } finally {
    decoder.free();
  }
}

function interleaved(
  data: readonly Float32Array[],
  bitDepth: number,
  { channels, bits }: FlacStream,
  count: number,
): Float64Array {
  if (data.length !== channels) {
    throw new UnreadableError(`its FLAC stream has ${data.length} channels, not ${channels}`);
  }
  if (bitDepth > bits) throw new UnreadableError(`its FLAC stream has samples of ${bitDepth} bits, not ${bits}`);
  // The decoder divides by the largest positive number.
  const scale = 2 ** (bitDepth - 1) - 1;
  const block = new Float64Array(count * channels);
  data.forEach((values, c) => {
    for (let i = 0; i < count; i++) block[i * channels + c] = Math.round(values[i]! * scale);
  });
  return block;
}

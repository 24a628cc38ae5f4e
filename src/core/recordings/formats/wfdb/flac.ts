import { UnreadableError, type ReadOptions } from '../../reader';
import type { ByteSource } from '../../source';
import type { Frame } from '../audio/frame';
import { framesOf } from '../audio/frames';
import { readStreamInfo } from '../audio/streamInfo';
import type { Visit } from '../pcm/pieces';

/** A frame holds at most so many samples of each channel, and has at least so many bytes. */
const mostFrameSamples = 65535;
const leastFrameBytes = 10;

/**
 * The samples of each channel that a FLAC stream promises.
 * @throws UnreadableError for other files, for streams that leave their length open, and for more than the file can hold
 */
export async function flacLengthOf(source: ByteSource): Promise<number> {
  const { steps } = await readStreamInfo(source);
  if (steps === 0) throw new UnreadableError('its FLAC stream does not say how long it is');
  if (steps > (source.size / leastFrameBytes) * mostFrameSamples) {
    throw new UnreadableError(`its FLAC stream promises ${steps} samples, more than ${source.size} bytes can hold`);
  }
  return steps;
}

/** What is expected of a FLAC stream. */
export interface FlacStream {
  readonly channels: number;
  /** Bits of a sample, at most. */
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
  { channels, bits, samples }: FlacStream,
  options: ReadOptions,
  visit: Visit,
): Promise<void> {
  const info = await readStreamInfo(source);
  if (info.channels !== channels) {
    throw new UnreadableError(`its FLAC stream has ${info.channels} channels, not ${channels}`);
  }
  if (info.bits > bits) throw new UnreadableError(`its FLAC stream has samples of ${info.bits} bits, not ${bits}`);
  let done = 0;
  for await (const frame of framesOf(source, info, options)) {
    const block = interleaved(frame, samples - done);
    visit(block, done * channels);
    done += block.length / channels;
    if (done === samples) return;
  }
  throw new UnreadableError(`its FLAC stream is truncated: only ${done} of ${samples} samples are there`);
}

function interleaved({ channels }: Frame, most: number): Float64Array {
  const count = Math.min(channels[0]?.length ?? 0, most);
  const block = new Float64Array(count * channels.length);
  channels.forEach((values, c) => {
    for (let i = 0; i < count; i++) block[i * channels.length + c] = values[i]!;
  });
  return block;
}

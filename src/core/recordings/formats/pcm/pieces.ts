import { UnreadableError } from '../../reader';
import type { ByteSource } from '../../source';
import type { Codec } from './codecs';

/** Small enough for the decoded values to stay in the processor's cache until they are spread over the channels. */
const blockValues = 2 ** 15;

/**
 * `length` bytes from `position` on, in pieces of about 1 MiB whose lengths, but for the last, are multiples of `unitBytes`.
 * @throws UnreadableError when the file ends before; the signal's reason when it is aborted.
 */
export async function* rangeOf(
  source: ByteSource,
  position: number,
  length: number,
  signal: AbortSignal | undefined,
  unitBytes = 1,
  pieceLength = 2 ** 20,
): AsyncGenerator<Buffer, void> {
  const step = Math.max(unitBytes, pieceLength - (pieceLength % unitBytes));
  for (let done = 0; done < length; done += step) {
    signal?.throwIfAborted();
    yield await source.read(position + done, Math.min(step, length - done));
  }
}

/** Called with the values numbered from `start` on; `block` is used again for those that follow. */
export type Visit = (block: Float64Array, start: number) => void;

/**
 * Decodes the first `total` values of a byte stream, wherever it is cut into pieces. What follows them is read but not decoded.
 * @throws UnreadableError when the stream ends before.
 */
export async function decodePieces(
  pieces: AsyncIterable<Uint8Array>,
  codec: Codec,
  total: number,
  visit: Visit,
): Promise<void> {
  const units = Math.max(1, Math.min(Math.floor(blockValues / codec.unitValues), Math.ceil(total / codec.unitValues)));
  const block = new Float64Array(units * codec.unitValues);
  let rest: Uint8Array = new Uint8Array(0);
  let done = 0;
  for await (const piece of pieces) {
    const bytes = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    const whole = bytes.length - (bytes.length % codec.unitBytes);
    done += decodeUnits(bytes.subarray(0, whole), codec, block, total - done, done, visit);
    rest = done < total ? bytes.subarray(whole) : new Uint8Array(0);
  }
  if (done < total) throw new UnreadableError(`it is truncated: only ${done} of ${total} samples are there`);
}

function decodeUnits(
  bytes: Uint8Array,
  codec: Codec,
  block: Float64Array,
  wanted: number,
  start: number,
  visit: Visit,
): number {
  const blockBytes = (block.length / codec.unitValues) * codec.unitBytes;
  const limit = Math.min(bytes.length, Math.ceil(wanted / codec.unitValues) * codec.unitBytes);
  let done = 0;
  for (let at = 0; at < limit; at += blockBytes) {
    const part = bytes.subarray(at, Math.min(at + blockBytes, limit));
    codec.decode(part, block);
    const count = Math.min((part.length / codec.unitBytes) * codec.unitValues, wanted - done);
    visit(block.subarray(0, count), start + done);
    done += count;
  }
  return done;
}

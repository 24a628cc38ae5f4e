import type { ReadOptions } from '../../reader';
import type { ByteSource } from '../../source';
import { rangeOf } from '../pcm/pieces';
import { BitReader } from './bits';
import { readFrame, type Frame } from './frame';
import type { StreamInfo } from './streamInfo';

/** The frames of a FLAC stream, one after the other; only the bytes of those that are not read yet are kept. */
export async function* framesOf(
  source: ByteSource,
  info: StreamInfo,
  { signal }: ReadOptions,
): AsyncGenerator<Frame, void> {
  let rest: Uint8Array = new Uint8Array(0);
  let left = source.size - info.start;
  for await (const piece of rangeOf(source, info.start, left, signal)) {
    left -= piece.length;
    rest = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    // No frame is longer than its samples as they are, with some bytes around them.
    const enough = left === 0 ? 1 : 2 * info.largestBlock * info.channels * 5 + 1024;
    let at = 0;
    while (rest.length - at >= enough && !isTag(rest, at)) {
      const reader = new BitReader(rest, at);
      yield readFrame(reader, info);
      at = reader.byte;
    }
    rest = rest.subarray(at);
  }
}

/** A tag that old programs add behind the sound. */
function isTag(bytes: Uint8Array, at: number): boolean {
  return bytes.length - at === 128 && bytes[at] === 0x54 && bytes[at + 1] === 0x41 && bytes[at + 2] === 0x47;
}

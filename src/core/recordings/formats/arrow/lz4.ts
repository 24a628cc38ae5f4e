import { UnreadableError } from '../../reader';

const magic = 0x184d2204;
const flags = { contentSize: 0x08, blockChecksum: 0x10, dictionary: 0x01 } as const;

/**
 * Unpacks an LZ4 frame (https://github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md), whose blocks may refer to those before.
 * Checksums are not looked at.
 *
 * @param length how many bytes there are to be
 * @throws UnreadableError for damage
 */
export function unpackLz4Frame(frame: Uint8Array, length: number): Uint8Array {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.length);
  if (frame.length < 11 || view.getUint32(0, true) !== magic) throw damaged();
  const described = view.getUint8(4);
  if (described >> 6 !== 1) throw damaged();
  let at = 7 + (described & flags.contentSize ? 8 : 0) + (described & flags.dictionary ? 4 : 0);
  const output = new Uint8Array(length);
  let filled = 0;
  for (;;) {
    if (at + 4 > frame.length) throw damaged();
    const size = view.getUint32(at, true);
    at += 4;
    if (size === 0) break;
    const bytes = size & 0x7fff_ffff;
    if (at + bytes > frame.length) throw damaged();
    const block = frame.subarray(at, at + bytes);
    filled = size === bytes ? unpackBlock(block, output, filled) : copyInto(output, filled, block);
    at += bytes + (described & flags.blockChecksum ? 4 : 0);
  }
  if (filled !== length) throw damaged();
  return output;
}

/** @returns how many bytes of `output` are filled afterwards */
function unpackBlock(block: Uint8Array, output: Uint8Array, start: number): number {
  let [at, filled] = [0, start];
  const lengthFrom = (nibble: number): number => {
    let length = nibble;
    if (nibble < 15) return length;
    for (let byte = 255; byte === 255; at++) {
      if (at >= block.length) throw damaged();
      byte = block[at]!;
      length += byte;
    }
    return length;
  };
  while (at < block.length) {
    const token = block[at]!;
    at++;
    const literals = lengthFrom(token >> 4);
    if (at + literals > block.length) throw damaged();
    filled = copyInto(output, filled, block.subarray(at, at + literals));
    at += literals;
    // The last sequence of a block has no match.
    if (at === block.length) break;
    if (at + 2 > block.length) throw damaged();
    const distance = block[at]! + 256 * block[at + 1]!;
    at += 2;
    filled = repeat(output, filled, distance, 4 + lengthFrom(token & 15));
  }
  return filled;
}

function copyInto(output: Uint8Array, filled: number, bytes: Uint8Array): number {
  if (filled + bytes.length > output.length) throw damaged();
  output.set(bytes, filled);
  return filled + bytes.length;
}

/** Appends what stands `distance` bytes before; it may reach into what it appends. */
function repeat(output: Uint8Array, filled: number, distance: number, length: number): number {
  if (distance === 0 || distance > filled || filled + length > output.length) throw damaged();
  for (let i = filled; i < filled + length; i++) output[i] = output[i - distance]!;
  return filled + length;
}

function damaged(): UnreadableError {
  return new UnreadableError('it is damaged: a part that LZ4 packed makes no sense');
}

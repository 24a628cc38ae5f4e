import { Readable, pipeline } from 'node:stream';
import { createInflate } from 'node:zlib';
import { UnreadableError, type ReadOptions } from '../../reader';
import type { Sequence } from '../../sequence';
import type { ByteSource } from '../../source';
import { groupsOf } from '../arrays/groups';
import { readArrays } from '../arrays/sequences';
import { ForwardReader } from '../gzip/forward';
import { isZlibError } from '../gzip/unpacked';
import { rangeOf } from '../pcm/pieces';
import { compressedType, elementAt, type Element } from './elements';
import { findArrays, type MatContext } from './matrix';

const headerBytes = 128;

/** Whether bytes begin like a MAT-file of version 5 (MATLAB 5 to 7); its last two bytes give the order of bytes. */
export function isVersion5(head: Buffer): boolean {
  return head.length >= headerBytes && ['IM', 'MI'].includes(head.toString('latin1', 126, 128));
}

/** @throws UnreadableError for damage, and for a file without an array that can be read */
export async function readVersion5(source: ByteSource, options: ReadOptions): Promise<readonly Sequence[]> {
  const littleEndian = source.head.toString('latin1', 126, 128) === 'IM';
  const context: MatContext = { littleEndian, options, found: { arrays: [], leftOut: [] } };
  const opened: ForwardReader[] = [];
  try {
    for (let at = headerBytes; at + 8 <= source.size;) {
      const element = await elementAt(source, at, source.size, littleEndian);
      if (element.type === compressedType) opened.push(await findPacked(source, element, context));
      else await findArrays({ bytes: source, matrix: element, name: null, depth: 0 }, context);
      at = element.next;
    }
    return await readArrays(groupsOf(context.found.arrays), context.found.leftOut, options, true);
  } finally {
    for (const reader of opened) await reader.close();
  }
}

/** Looks into a compressed variable. What was unpacked is not kept: it is unpacked once more where it is read. */
async function findPacked(source: ByteSource, element: Element, context: MatContext): Promise<ForwardReader> {
  const { signal, maximumBytes } = context.options;
  const bytes = new ForwardReader((position) => unpackedFrom(source, element, position, signal));
  try {
    const matrix = await elementAt(bytes, 0, Infinity, context.littleEndian);
    if (matrix.length > maximumBytes) {
      throw new UnreadableError(`it unpacks to ${matrix.length} bytes, more than the limit of ${maximumBytes}`);
    }
    await findArrays({ bytes, matrix, name: null, depth: 0 }, context);
  } finally {
    await bytes.close();
  }
  return bytes;
}

async function* unpackedFrom(
  source: ByteSource,
  { start, length }: Element,
  position: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array, void> {
  const packed = Readable.from(rangeOf(source, start, length, signal), { highWaterMark: 1 });
  // An error of either stream is met by the loop below, which reads the last of them.
  const unpacking = pipeline(packed, createInflate({ chunkSize: 2 ** 18 }), () => undefined);
  let skip = position;
  try {
    for await (const piece of unpacking as AsyncIterable<Buffer>) {
      if (piece.length > skip) yield piece.subarray(skip);
      skip = Math.max(0, skip - piece.length);
    }
  } catch (error) {
    if (!isZlibError(error)) throw error;
    throw new UnreadableError('it is damaged: one of its variables cannot be unpacked');
  }
}

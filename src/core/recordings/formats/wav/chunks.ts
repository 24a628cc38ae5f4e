import { UnreadableError } from '../../reader';
import type { ByteSource } from '../../source';

/** A part of a RIFF file: its bytes lie from `start` on; `length` is what its header says. */
export interface Chunk {
  readonly id: string;
  readonly start: number;
  readonly length: number;
}

/** A hostile file can hold very many empty chunks, each of which costs a read. */
const mostChunks = 1000;

const knownIds: ReadonlySet<string> = new Set(['fmt ', 'data', 'fact', 'LIST', 'ds64', 'JUNK', 'bext', 'PEAK', 'cue ']);

/**
 * Visits the chunks of a file from `at` on, until `visit` returns true or the file ends.
 * @param bigEndian how lengths are stored
 * @returns where the last chunk visited would end
 */
export async function eachChunk(
  source: ByteSource,
  at: number,
  bigEndian: boolean,
  visit: (chunk: Chunk) => boolean,
): Promise<number> {
  for (let chunks = 0; chunks < mostChunks && at + 8 <= source.size; chunks++) {
    const header = await bytesAt(source, at, 8);
    const length = bigEndian ? header.readUInt32BE(4) : header.readUInt32LE(4);
    const chunk = { id: header.toString('latin1', 0, 4), start: at + 8, length };
    if (visit(chunk)) return chunk.start + length;
    at = await endOf(source, chunk);
  }
  return at;
}

/**
 * Where the next chunk begins. Chunks of an odd length are followed by a byte of padding, which some writers leave out: they
 * are given away by what looks like the name of a chunk where the padding should be.
 */
async function endOf(source: ByteSource, { start, length }: Chunk): Promise<number> {
  const end = start + length;
  if (length % 2 === 0 || end + 9 > source.size) return end + (length % 2);
  const next = await bytesAt(source, end, 5);
  const unpadded = next[0] !== 0 && isName(next.toString('latin1', 0, 4));
  return unpadded && !knownIds.has(next.toString('latin1', 1, 5)) ? end : end + 1;
}

function isName(id: string): boolean {
  return knownIds.has(id) || /^[A-Za-z0-9_]{3}[A-Za-z0-9_ ]$/.test(id);
}

async function bytesAt(source: ByteSource, at: number, length: number): Promise<Buffer> {
  return at + length <= source.head.length ? source.head.subarray(at, at + length) : source.read(at, length);
}

/** @throws UnreadableError for a chunk that is shorter than `least` bytes; the first `most` of them otherwise. */
export async function chunkBytes(source: ByteSource, chunk: Chunk, least: number, most: number): Promise<Buffer> {
  if (chunk.length < least) throw new UnreadableError(`its part “${chunk.id.trim()}” is too short`);
  return source.read(chunk.start, Math.min(chunk.length, most));
}

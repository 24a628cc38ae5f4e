import { rowBytes, writeRow, type RowPlaces, type RowShape } from './form';
import { page, type Region, type RowMemories, type RowMemory } from './memory';
import { roomBytes } from './room';

/** Rows that follow one another in memory: all their group sums, all their feature sums, all their codes. */
export interface Chunk extends RowPlaces {
  readonly region: Region;
  readonly capacity: number;
  /** The number of its first row. */
  readonly first: number;
}

/** A gallery's first chunk is small, so that many small galleries fit; later ones have this size, or hold one row. */
const mostBytes = 1 << 20;

/** Rows of one shape without gaps, in chunks that never move. */
export class Rows {
  readonly chunks: Chunk[] = [];
  private count = 0;

  constructor(
    readonly shape: RowShape,
    private readonly memories: RowMemories,
  ) {}

  get size(): number {
    return this.count;
  }

  /** How many rows of a chunk are in use. */
  filled({ first, capacity }: Chunk): number {
    return Math.min(this.count - first, capacity);
  }

  /** @throws RangeError when there is no memory for it; nothing has changed then */
  push(codes: Uint8Array): void {
    const last = this.chunks.at(-1);
    if (last === undefined || this.count === last.first + last.capacity) this.grow(last);
    this.count++;
    this.write(this.count - 1, codes);
  }

  write(row: number, codes: Uint8Array): void {
    const chunk = this.chunkOf(row);
    writeRow(this.shape, codes, chunk, row - chunk.first);
  }

  /** A copy of a row's codes, without padding. */
  codes(row: number): Uint8Array<ArrayBuffer> {
    const { channels, perChannel, codeWidth } = this.shape;
    const chunk = this.chunkOf(row);
    const codes = new Uint8Array(channels * perChannel);
    for (let c = 0; c < channels; c++) {
      const start = ((row - chunk.first) * channels + c) * codeWidth;
      codes.set(chunk.codes.subarray(start, start + perChannel), c * perChannel);
    }
    return codes;
  }

  /** Takes out a row; the last one takes its place. */
  remove(row: number): void {
    const last = this.count - 1;
    const from = this.chunkOf(last);
    if (row !== last) this.copy(from, last - from.first, row);
    this.count = last;
    if (last === from.first) {
      this.chunks.pop();
      from.region.memory.release(from.region);
    }
  }

  clear(): void {
    for (const { region } of this.chunks.splice(0)) region.memory.release(region);
    this.count = 0;
  }

  /** @throws RangeError when there is no such row */
  chunkOf(row: number): Chunk {
    let low = 0;
    for (let high = this.chunks.length - 1; low < high;) {
      const middle = (low + high + 1) >> 1;
      if ((this.chunks[middle]?.first ?? 0) <= row) low = middle;
      else high = middle - 1;
    }
    const chunk = this.chunks[low];
    if (chunk === undefined || row >= this.count) throw new RangeError(`there is no row ${row}`);
    return chunk;
  }

  private copy(chunk: Chunk, from: number, to: number): void {
    const { channels, groupWidth, featureWidth, codeWidth } = this.shape;
    const target = this.chunkOf(to);
    const at = to - target.first;
    copyPart(chunk.groups, from, target.groups, at, (channels * groupWidth) / 2);
    copyPart(chunk.features, from, target.features, at, (channels * featureWidth) / 2);
    copyPart(chunk.codes, from, target.codes, at, channels * codeWidth);
  }

  private grow(last: Chunk | undefined): void {
    const bytes = rowBytes(this.shape);
    const wanted = Math.min(page << Math.min(this.chunks.length, 4), mostBytes);
    const rows = Math.max(Math.floor(wanted / bytes), 1);
    const after = last?.region.memory;
    const room = roomBytes(this.shape, this.rowsIn(after) + 2 * rows, this.chunks.length + 1, 1);
    const region = this.memories.allocate(Math.ceil((rows * bytes) / page) * page, room, after);
    this.chunks.push(chunkIn(region, this.shape, this.count));
  }

  private rowsIn(memory: RowMemory | undefined): number {
    const first = this.chunks.find(({ region }) => region.memory === memory)?.first;
    return first === undefined ? 0 : this.count - first;
  }
}

function chunkIn(region: Region, shape: RowShape, first: number): Chunk {
  const { channels, groupWidth, featureWidth, codeWidth } = shape;
  const capacity = Math.floor(region.bytes / rowBytes(shape));
  const { buffer } = region.memory.memory;
  const groups = (capacity * channels * groupWidth) / 2;
  const features = (capacity * channels * featureWidth) / 2;
  const codes = region.address + 2 * (groups + features);
  // What was here before must not be taken for padding.
  if (!region.isFresh) new Uint8Array(buffer, region.address, region.bytes).fill(0);
  return {
    region,
    capacity,
    first,
    groups: new Int16Array(buffer, region.address, groups),
    features: new Int16Array(buffer, region.address + 2 * groups, features),
    codes: new Uint8Array(buffer, codes, capacity * channels * codeWidth),
  };
}

function copyPart<T extends Int16Array | Uint8Array>(from: T, row: number, to: T, at: number, width: number): void {
  to.set(from.subarray(row * width, (row + 1) * width), at * width);
}

import { rowBytes, writeRow, type RowShape } from './form';
import type { SharedJob } from './helper';
import { jobAddress } from './jobAddress';
import type { Kernel } from './kernels';
import type { Region, RowMemory } from './memory';
import { chunkNumbers, mostMeasured, roomLayout } from './room';
import type { Chunk, Rows } from './rows';

/** The places of a job's numbers, as `src/assembly/scan.ts` has them. */
const next = jobAddress / 4;
const firstOfRest = next + 1;

/** The rows of a gallery that are in one memory. */
export interface Part {
  readonly memory: RowMemory;
  readonly chunks: readonly Chunk[];
  readonly first: number;
  readonly rows: number;
}

export function partsOf(rows: Rows): readonly Part[] {
  const memories = [...new Set(rows.chunks.map(({ region }) => region.memory))];
  return memories.map((memory) => {
    const chunks = rows.chunks.filter(({ region }) => region.memory === memory);
    const first = chunks[0]?.first ?? 0;
    const last = chunks.at(-1);
    return { memory, chunks, first, rows: last === undefined ? 0 : last.first + rows.filled(last) - first };
  });
}

/** A scan of a part of a gallery for some queries: what its kernels read and write. */
export class Job implements SharedJob {
  /** For each query and row a bound or distance, or NaN where the row is done with. */
  private readonly bounds: Float64Array;
  private readonly left: Uint32Array;
  private readonly counts: Uint32Array;
  private readonly minima: Float64Array;
  private readonly thresholds: Float64Array;
  private readonly measured: Uint32Array;
  private readonly distances: Float64Array;
  private readonly numbers: Int32Array;

  /**
   * @param room of `roomBytes` in the part's memory
   * @param queries codes as `Rows` takes them
   */
  constructor(
    readonly part: Part,
    private readonly rows: Rows,
    room: Region,
    queries: readonly Uint8Array[],
    weights: readonly number[] | undefined,
  ) {
    const { chunks } = part;
    const { shape } = rows;
    const { buffer } = part.memory.memory;
    const layout = roomLayout(shape, part.rows, chunks.length, queries.length);
    const at = (place: number) => room.address + place;
    this.bounds = new Float64Array(buffer, at(layout.bounds), part.rows * queries.length);
    this.left = new Uint32Array(buffer, at(layout.left), part.rows * queries.length);
    this.counts = new Uint32Array(buffer, at(layout.counts), chunks.length * queries.length);
    this.minima = new Float64Array(buffer, at(layout.minima), chunks.length * queries.length);
    this.thresholds = new Float64Array(buffer, at(layout.thresholds), queries.length);
    this.measured = new Uint32Array(buffer, at(layout.measured), mostMeasured);
    this.distances = new Float64Array(buffer, at(layout.distances), mostMeasured);
    this.numbers = new Int32Array(buffer, 0, 16_384);
    writeQueries(shape, queries, buffer, at(layout.queries));
    if (weights !== undefined) new Float64Array(buffer, at(layout.weights), shape.channels).set(weights);
    const table = new Uint32Array(buffer, at(layout.table), chunkNumbers * chunks.length);
    chunks.forEach((chunk, i) => {
      const { region, capacity, first } = chunk;
      table.set([region.address, rows.filled(chunk), capacity, first - part.first], i * chunkNumbers);
    });
    const { channels, groupWidth, featureWidth, codeWidth } = shape;
    const places = [at(layout.table), at(layout.queries), rowBytes(shape), at(layout.bounds), part.rows];
    const more = [
      at(layout.left),
      at(layout.counts),
      at(layout.minima),
      at(layout.thresholds),
      weights === undefined ? 0 : at(layout.weights),
    ];
    const widths = [channels, groupWidth, featureWidth, codeWidth];
    this.numbers.set([chunks.length, queries.length, ...places, ...more, ...widths], firstOfRest);
  }

  /** Prepares for a kernel, which takes one chunk after the other. */
  start(): void {
    Atomics.store(this.numbers, next, 0);
  }

  get memory(): WebAssembly.Memory {
    return this.part.memory.memory;
  }

  /** The bytes of the group sums, which are all read. */
  get bytes(): number {
    const { channels, groupWidth } = this.rows.shape;
    return this.part.rows * channels * groupWidth;
  }

  /** Takes one chunk after the other, until none is left. */
  run(kernel: Kernel): void {
    this.part.memory.kernels[kernel](jobAddress);
  }

  /** The distances of a query and at most `mostMeasured` rows: a view that is valid until the next call. */
  measure(query: number, places: readonly number[]): Float64Array {
    places.forEach((row, i) => (this.measured[i] = this.addressOf(row)));
    const { measured, distances, part } = this;
    part.memory.kernels.measure(jobAddress, query, measured.byteOffset, places.length, distances.byteOffset);
    return distances;
  }

  boundsOf(query: number): Float64Array {
    return this.bounds.subarray(query * this.part.rows, (query + 1) * this.part.rows);
  }

  /** The rows that `refine` left, at the same places as their bounds. */
  leftOf(query: number): Uint32Array {
    return this.left.subarray(query * this.part.rows, (query + 1) * this.part.rows);
  }

  /** How many rows of each chunk `refine` left. */
  countsOf(query: number): Uint32Array {
    const { length } = this.part.chunks;
    return this.counts.subarray(query * length, (query + 1) * length);
  }

  /** The smallest bound of each chunk; it may be of a row that is done with. */
  minimaOf(query: number): Float64Array {
    const { length } = this.part.chunks;
    return this.minima.subarray(query * length, (query + 1) * length);
  }

  private addressOf(row: number): number {
    const { channels, codeWidth } = this.rows.shape;
    const chunk = this.rows.chunkOf(row);
    return chunk.codes.byteOffset + (row - chunk.first) * channels * codeWidth;
  }

  setThreshold(query: number, threshold: number): void {
    this.thresholds[query] = threshold;
  }
}

function writeQueries(shape: RowShape, queries: readonly Uint8Array[], buffer: ArrayBufferLike, address: number): void {
  const { channels, groupWidth, featureWidth, codeWidth } = shape;
  queries.forEach((codes, q) => {
    const start = address + q * rowBytes(shape);
    const features = start + channels * groupWidth;
    const places = {
      groups: new Int16Array(buffer, start, (channels * groupWidth) / 2),
      features: new Int16Array(buffer, features, (channels * featureWidth) / 2),
      codes: new Uint8Array(buffer, features + channels * featureWidth, channels * codeWidth),
    };
    places.groups.fill(0);
    places.features.fill(0);
    places.codes.fill(0);
    writeRow(shape, codes, places, 0);
  });
}

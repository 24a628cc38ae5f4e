import module from '../../assembly/sort.wasm';

/** How many arrays are sorted at once. */
export const lanes = 4;

/** Longer arrays are sorted faster one by one. */
const mostValues = 4096;

const pageBytes = 2 ** 16;

/** Sorts four arrays of one length at once, by WebAssembly. */
export class LaneSorter {
  /** Value i of lane l is number 4 i + l. */
  readonly values: Float32Array;
  private readonly sortLanes: (at: number, count: number) => void;

  constructor() {
    const pages = (mostValues * lanes * Float32Array.BYTES_PER_ELEMENT) / pageBytes;
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(module), { env: { memory } });
    this.values = new Float32Array(memory.buffer);
    this.sortLanes = exports['sortLanes'] as (at: number, count: number) => void;
  }

  /** Whether arrays of this length can be sorted. */
  takes(length: number): boolean {
    return length <= mostValues;
  }

  /**
   * Sorts the values [start, end) of up to four arrays into `values`, each ascending. NaN is not allowed.
   *
   * @param arrays of one length
   */
  sort(arrays: readonly Float32Array[], start: number, end: number): void {
    arrays.forEach((array, lane) => {
      for (let i = start, at = lane; i < end; i++, at += lanes) this.values[at] = array[i]!;
    });
    this.sortLanes(0, end - start);
  }
}

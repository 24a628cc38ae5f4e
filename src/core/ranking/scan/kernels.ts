import scan from '../../../assembly/scan.wasm';

/** What the WebAssembly module computes on its memory; see `src/assembly/scan.ts`. */
export interface Kernels {
  bounds(job: number): void;
  refine(job: number): void;
  distances(job: number): void;
  measure(job: number, query: number, rows: number, count: number, out: number): void;
}

export type Kernel = 'bounds' | 'refine' | 'distances';

let compiled: WebAssembly.Module | undefined;

/** The kernels on a memory; every thread has its own. */
export function kernelsOn(memory: WebAssembly.Memory): Kernels {
  compiled ??= new WebAssembly.Module(scan);
  return new WebAssembly.Instance(compiled, { env: { memory } }).exports as unknown as Kernels;
}

/** What a search and its helper thread tell each other: places in shared memory. */
export const control = {
  /** 0: there is nothing to do; 1: there is a job; 2: the helper is at it. */
  gate: 0,
  /** The number of the kernel in `kernelNames`. */
  kernel: 1,
  /** The number of the memory, in the order in which they were sent. */
  memory: 2,
  length: 3,
} as const;

export const gates = { closed: 0, open: 1, inside: 2 } as const;

export const kernelNames = ['bounds', 'refine', 'distances'] as const;

/** So often one looks again before one sleeps, which takes some tens of microseconds: waking up takes longer. */
const looks = 5000;

/** Waits until the gate has another value than this. */
export function waitWhile(shared: Int32Array, value: number): void {
  for (let i = 0; i < looks; i++) if (Atomics.load(shared, control.gate) !== value) return;
  while (Atomics.load(shared, control.gate) === value) Atomics.wait(shared, control.gate, value);
}

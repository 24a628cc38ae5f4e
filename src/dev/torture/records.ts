import { keyOf } from '../../core/index/store/records';
import type { Store } from '../../core/index/store/store';

/** Records by which a cache is judged: small ones and such as fill pages of their own. */
export const recordCount = 400;

/** The record of a number, with its place. */
export function recordAt(number: number) {
  const table = number % 4 === 0 ? 'files' : 'embeddings';
  const size = table === 'files' ? 40 : 400 + ((number * 97) % 5000);
  const values = Uint8Array.from({ length: size }, (_, i) => (number * 31 + i * 7) % 251);
  return { table, key: keyOf('record', number), value: { number, values } } as const;
}

export interface Reading {
  readonly found: number;
  readonly missing: number;
  readonly wrong: number;
}

/** What a store has of the records from one number to before another. */
export function reading(store: Store, from: number, to: number): Reading {
  const read = { found: 0, missing: 0, wrong: 0 };
  for (let number = from; number < to; number++) {
    const { table, key, value } = recordAt(number);
    const stored = store.get(table, key);
    if (stored === undefined) read.missing++;
    else if (isSame(stored, value)) read.found++;
    else read.wrong++;
  }
  return read;
}

/** Writes the records from one number to before another. */
export function write(store: Store, from: number, to: number): void {
  for (let number = from; number < to; number++) {
    const { table, key, value } = recordAt(number);
    store.put(table, key, value);
    if (number % 100 === 99) store.flush();
  }
  store.flush();
}

function isSame(stored: unknown, { number, values }: { number: number; values: Uint8Array }): boolean {
  if (typeof stored !== 'object' || stored === null || !('values' in stored) || !('number' in stored)) return false;
  return stored.number === number && stored.values instanceof Uint8Array && Buffer.compare(stored.values, values) === 0;
}

import { createRequire } from 'node:module';
import type * as Lmdb from 'lmdb';

/** LMDB has no binary for this machine. */
export class NoLmdbError extends Error {}

/**
 * LMDB, loaded when it is first needed: there are machines that it has no binary for, and an engine must start there.
 * @throws NoLmdbError on such a machine
 */
export function lmdb(): typeof Lmdb {
  const from = createRequire(`${import.meta.dirname}/`);
  try {
    return from('lmdb') as typeof Lmdb;
  } catch (error) {
    const machine = `${process.platform} ${process.arch}`;
    throw new NoLmdbError(`LMDB, in which the index is kept, has no program for this machine (${machine}).`, {
      cause: error,
    });
  }
}

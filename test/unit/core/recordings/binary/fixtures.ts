import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { afterAll, expect } from 'vitest';
import {
  defaultReadOptions,
  UnreadableError,
  type Reader,
  type ReadOptions,
} from '../../../../../src/core/recordings/reader';
import type { Sequence } from '../../../../../src/core/recordings/sequence';
import { withSource, type ByteSource } from '../../../../../src/core/recordings/source';
import { aiffReader } from '../../../../../src/core/recordings/formats/aiff/aiff';
import { brainvisionReader } from '../../../../../src/core/recordings/formats/brainvision/brainvision';
import { edfReader } from '../../../../../src/core/recordings/formats/edf/edf';
import { npyReader } from '../../../../../src/core/recordings/formats/npy/npy';
import { npzReader } from '../../../../../src/core/recordings/formats/npz/npz';
import { wavReader } from '../../../../../src/core/recordings/formats/wav/wav';
import { wfdbReader } from '../../../../../src/core/recordings/formats/wfdb/wfdb';

export const fixtures = join(import.meta.dirname, '../../../../fixtures/binary');
/** Files of recorders and sound programs, with `expected.json` as in the folder `binary`. */
export const signals = join(import.meta.dirname, '../../../../fixtures/signals');

const readers: readonly Reader[] = [
  npyReader,
  npzReader,
  wavReader,
  aiffReader,
  wfdbReader,
  edfReader,
  brainvisionReader,
];

export function readerFor(path: string): Reader {
  const reader = readers.find(({ extensions }) => extensions.includes(extname(path).toLowerCase()));
  if (reader === undefined) throw new Error(`no reader for ${path}`);
  return reader;
}

export async function readFile(path: string, options: Partial<ReadOptions> = {}): Promise<readonly Sequence[]> {
  return withSource(path, (source) => readerFor(path).read(source, { ...defaultReadOptions, ...options }));
}

/** The bytes as an open file, without a file; `path` matters to WFDB headers only. */
export function memorySource(path: string, bytes: Buffer): ByteSource {
  return {
    path,
    name: path.split('/').at(-1) ?? '',
    extension: extname(path).toLowerCase(),
    size: bytes.length,
    modified: 0,
    head: bytes.subarray(0, 2 ** 16),
    read(position, length) {
      if (position < 0 || position + length > bytes.length) {
        return Promise.reject(new UnreadableError('it is truncated'));
      }
      return Promise.resolve(Buffer.from(bytes.subarray(position, position + length)));
    },
    async *pieces(position = 0) {
      yield await Promise.resolve(bytes.subarray(position));
    },
  };
}

export async function readBytes(
  path: string,
  bytes: Buffer,
  options: Partial<ReadOptions> = {},
): Promise<readonly Sequence[]> {
  return readerFor(path).read(memorySource(path, bytes), { ...defaultReadOptions, ...options });
}

/** The reason for which reading is refused; fails unless it is an UnreadableError. */
export async function reasonFor(reading: Promise<unknown>): Promise<string> {
  const error: unknown = await reading.then(
    () => 'nothing was thrown',
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(UnreadableError);
  return (error as UnreadableError).message;
}

/** A folder of its own that is removed after the tests of the file, and a way to write into it. */
export function scratchFolder(): { readonly path: string; write(name: string, content: string | Uint8Array): string } {
  const path = mkdtempSync(join(tmpdir(), 'kindred-binary-'));
  afterAll(() => {
    rmSync(path, { recursive: true });
  });
  return {
    path,
    write(name, content) {
      writeFileSync(join(path, name), content);
      return join(path, name);
    },
  };
}

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultReadOptions, type ReadOptions } from '../../../../../src/core/recordings/reader';
import { readerOf } from '../../../../../src/core/recordings/registry';
import type { Sequence } from '../../../../../src/core/recordings/sequence';
import { withSource } from '../../../../../src/core/recordings/source';

/** The folder of the golden files of one format. */
export function fixturesOf(format: string): string {
  return join(import.meta.dirname, '../../../../fixtures', format);
}

/** Reads a file as the product does; `null` for one that no reader claims. */
export async function read(path: string, options: Partial<ReadOptions> = {}): Promise<readonly Sequence[] | null> {
  return withSource(path, async (source) => {
    const reader = readerOf(source);
    return reader === null ? null : await reader.read(source, { ...defaultReadOptions, ...options });
  });
}

/** As `read`, for a file of this name and content. */
export async function readAs(
  name: string,
  content: string | Uint8Array,
  options: Partial<ReadOptions> = {},
): Promise<readonly Sequence[] | null> {
  const folder = mkdtempSync(join(tmpdir(), 'kindred-formats-'));
  try {
    const path = join(folder, name);
    writeFileSync(path, content);
    return await read(path, options);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What tests look at of sequences: names, rates, labels, notes and values as plain arrays. */
export function plain(sequences: readonly Sequence[] | null) {
  return sequences?.map(({ channels, ...rest }) => ({
    ...rest,
    channels: channels.map(({ values, ...channel }) => ({ ...channel, values: Array.from(values) })),
  }));
}

import { cpSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cacheFolder, dataFile } from '../../../../../src/core/index/store/cacheFolder';
import { Store } from '../../../../../src/core/index/store/store';
import { FakeSink, FakeWorker, indexerOf } from '../fakeWorker';

let folder: string;
let notes: string[];
const listener = {
  problem: (text: string | null) => {
    throw new Error(text ?? '');
  },
  note: (text: string) => notes.push(text),
};
const openStore = () => Store.open(folder, listener);
const bytes = () => statSync(dataFile(cacheFolder(folder))).size;
const value = (i: number) => ({ values: new Uint8Array(20_000).fill(i), covered: i });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kindred-compaction-'));
  notes = [];
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A store of 1200 records, of which all but 300 were removed. */
async function halfEmpty(): Promise<void> {
  const store = openStore();
  for (let i = 0; i < 1200; i++) store.put('embeddings', `key${i}`, value(i));
  store.flush();
  for (let i = 300; i < 1200; i++) store.remove('embeddings', `key${i}`);
  await store.close();
}

async function expectWhole(): Promise<void> {
  const store = openStore();
  const isWhole = (i: number) => isDeepStrictEqual(store.get('embeddings', `key${i}`), value(i));
  expect(Array.from({ length: 300 }, (_, i) => i).filter((i) => !isWhole(i))).toEqual([]);
  expect(store.keys('embeddings')).toHaveLength(300);
  store.put('files', 'new', { n: 1 });
  store.flush();
  expect(store.get('files', 'new')).toEqual({ n: 1 });
  await store.close();
}

describe('a cache that is mostly empty', () => {
  it('is made smaller when nobody uses it, and only then', async () => {
    await halfEmpty();
    const before = bytes();
    const user = openStore();
    await Store.compact(folder, listener);
    expect(bytes()).toBe(before);
    await user.close();
    await Store.compact(folder, listener);
    expect(bytes()).toBeLessThan(before / 3);
    expect(notes).toEqual([expect.stringMatching(/was made smaller/)]);
    expect(readdirSync(folder)).toEqual(['cache-2']);
    await expectWhole();
    const after = bytes();
    await Store.compact(folder, listener);
    expect(bytes()).toBe(after);
  });

  it('is whole wherever making it smaller was cut off', async () => {
    await halfEmpty();
    const cache = cacheFolder(folder);
    const cut: Readonly<Record<string, () => void>> = {
      'while it was copied': () => {
        mkdirSync(`${cache}-compacting-999999999`);
        writeFileSync(dataFile(`${cache}-compacting-999999999`), 'half');
      },
      'before the old one went': () => {
        cpSync(cache, `${cache}-compacted`, { recursive: true });
      },
      'before the new one came': () => {
        cpSync(cache, `${cache}-compacted`, { recursive: true });
        renameSync(cache, `${cache}-replaced`);
      },
      'before the old one was deleted': () => {
        cpSync(cache, `${cache}-replaced`, { recursive: true });
      },
    };
    for (const cutOff of Object.values(cut)) {
      cutOff();
      await expectWhole();
      expect(readdirSync(folder)).toEqual(['cache-2']);
    }
  });

  it('is so after half of the files were deleted and the workspace was looked at again', async () => {
    const paths = Array.from({ length: 1600 }, (_, i) => join(folder, `${i}.csv`));
    paths.forEach((path, i) => {
      writeFileSync(path, `${i}`);
    });
    const index = async (some: readonly string[]) => {
      await Store.compact(folder, listener);
      const store = openStore();
      const indexer = indexerOf(store, new FakeWorker(), new FakeSink(), folder);
      await indexer.update(some, new AbortController().signal);
      indexer.prune();
      indexer.close();
      const kept = store.keys('embeddings').length;
      await store.close();
      return kept;
    };
    expect(await index(paths)).toBe(1600);
    expect(await index(paths.slice(0, 1200))).toBe(1600);
    expect(await index(paths.slice(0, 700))).toBe(700);
  });
});

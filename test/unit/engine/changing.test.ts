import { mkdtempSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { FileWorker } from '../../../src/core/index/fileWorker';
import { Store } from '../../../src/core/index/store/store';
import { Threads } from '../../../src/engine/workers/threads';
import { defaultSettings } from '../../../src/protocol/engine';
import { workOptions } from '../../../src/engine/workers/workOptions';
import { FakeSink, indexerOf } from '../core/index/fakeWorker';
import { recording } from './workspace';

let base: string;
let path: string;
let threads: Threads;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'kindred-swapped-'));
  path = join(base, 'a.csv');
  threads = new Threads(resolve('dist/worker.cjs'), { models: resolve('models') }, 1);
});

afterEach(async () => {
  await threads.close();
  rmSync(base, { recursive: true, force: true });
});

/** Indexes the file as it is, by real threads, and gives its values. */
async function index(storage: string, worker: FileWorker): Promise<Uint8Array | undefined> {
  const store = Store.open(join(base, storage), { problem: () => undefined, note: () => undefined });
  const sink = new FakeSink();
  const indexer = indexerOf(store, worker, sink, base, { workOf: () => workOptions(defaultSettings, null) });
  await indexer.update([path], new AbortController().signal);
  indexer.close();
  await store.close();
  return sink.embedded.get(path)?.values;
}

const distance = (a: Uint8Array | undefined, b: Uint8Array | undefined) =>
  a?.reduce((sum, value, i) => sum + Math.abs(value - (b?.[i] ?? Infinity)), 0) ?? Infinity;

it('real threads read a file that another of the same size and time replaces: nothing of the two is mixed', async () => {
  const [one, other] = [recording(0.1), recording(0.4)];
  const size = Math.max(one.length, other.length);
  const write = (content: string) => {
    const fresh = join(base, 'fresh');
    writeFileSync(fresh, content.padEnd(size, '\n'));
    const time = new Date(1_700_000_000_000);
    utimesSync(fresh, time, time);
    renameSync(fresh, path);
  };
  write(other);
  const expectedOther = await index('other', threads);
  write(one);
  utimesSync(path, new Date(1_700_000_100_000), new Date(1_700_000_100_000));
  const expectedOne = await index('one', threads);
  // The scale may be that of the content that came first, which moves values a little.
  const near = 0.05 * distance(expectedOne, expectedOther);
  expect(near).toBeGreaterThan(0);
  for (const step of ['mark', 'survey', 'embed'] as const) {
    write(one);
    let swapped = false;
    const swapping: FileWorker = {
      glances: (...args) => threads.glances(...args),
      mark: (...args) => swapAround('mark', () => threads.mark(...args)),
      survey: (...args) => swapAround('survey', () => threads.survey(...args)),
      embed: (...args) => swapAround('embed', () => threads.embed(...args)),
    };
    const swapAround = async <T>(at: string, work: () => Promise<T>): Promise<T> => {
      if (at === step && !swapped) write(other);
      swapped ||= at === step;
      return work();
    };
    const { mtimeMs } = statSync(path);
    expect(distance(await index(step, swapping), expectedOther)).toBeLessThan(near);
    expect(statSync(path).mtimeMs).toBe(mtimeMs);
    // Each content must have its own values, also in a store that is opened again.
    const later = new Date(1_700_000_100_000);
    utimesSync(path, later, later);
    expect(distance(await index(step, threads), expectedOther)).toBeLessThan(near);
    write(one);
    utimesSync(path, new Date(1_700_000_200_000), new Date(1_700_000_200_000));
    expect(distance(await index(step, threads), expectedOne)).toBeLessThan(near);
  }
});

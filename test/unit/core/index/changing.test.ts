import { mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Store } from '../../../../src/core/index/store/store';
import { FakeSink, FakeWorker, indexerOf, type Step } from './fakeWorker';

let base: string;
let path: string;
let store: Store;
let sink: FakeSink;
/** A whole second, which every file system keeps as it is. */
const time = new Date(1_700_000_000_000);
const signal = new AbortController().signal;
const quiet = { problem: () => undefined, note: () => undefined };

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'kindred-changing-'));
  path = join(base, 'a.csv');
  writeFileSync(path, 'A');
  utimesSync(path, time, time);
  store = Store.open(join(base, 'storage'), quiet);
  sink = new FakeSink();
});

afterEach(async () => {
  await store.close();
  rmSync(base, { recursive: true, force: true });
});

/** Puts another file of the same size and time in its place. */
function swapIn(content: string): void {
  const other = join(base, 'other');
  writeFileSync(other, content);
  utimesSync(other, time, time);
  renameSync(other, path);
}

const shown = () => {
  const item = sink.embedded.get(path);
  return [item?.sequence.surveyed.name, item?.values[0]];
};
const of = (letter: string) => [`first byte ${letter.charCodeAt(0)}`, letter.charCodeAt(0)];

/** What a new session, with a store that was kept, has of the file. */
async function afterRestart(): Promise<readonly unknown[]> {
  await store.close();
  store = Store.open(join(base, 'storage'), quiet);
  sink = new FakeSink();
  const indexer = indexerOf(store, new FakeWorker(), sink, base);
  await indexer.update([path], signal);
  indexer.close();
  return shown();
}

describe('a file that changes while it is read', () => {
  const moments: readonly (readonly [Step, 'before' | 'after'])[] = [
    ['mark', 'before'],
    ['mark', 'after'],
    ['survey', 'before'],
    ['survey', 'after'],
    ['embed', 'before'],
    ['embed', 'after'],
  ];

  it.each(moments)('leaves nothing wrong when another takes its place, %s: %s', async (step, when) => {
    const worker = new FakeWorker();
    let swapped = false;
    worker.onRead = (at, moment) => {
      if (swapped || at !== step || moment !== when) return;
      swapped = true;
      swapIn('B');
    };
    const indexer = indexerOf(store, worker, sink, base);
    await indexer.update([path], signal);
    expect(shown()).toEqual(of('B'));
    indexer.close();
    expect(await afterRestart()).toEqual(of('B'));
    // The content that was there before must not have been given what the other one holds.
    writeFileSync(path, 'A');
    expect(await afterRestart()).toEqual(of('A'));
  });

  it('is skipped with the reason while it never comes to rest, and read when it does', async () => {
    const worker = new FakeWorker();
    let letter = 66;
    worker.onRead = (step, when) => {
      if (step === 'survey' && when === 'after') swapIn(String.fromCharCode(letter++));
    };
    let waits = 0;
    const indexer = indexerOf(store, worker, sink, base, {
      calm: () => {
        waits++;
        return Promise.resolve();
      },
    });
    await indexer.update([path], signal);
    expect(waits).toBe(3);
    expect(indexer.catalogue.get(path)?.survey).toMatchObject({
      reason: expect.stringMatching(/kept changing/) as string,
    });
    expect(indexer.progress).toEqual({ done: 1, total: 1 });
    await expect(indexer.onTheSpot(path, signal)).rejects.toThrow('kept changing');
    worker.onRead = () => undefined;
    await indexer.update([path], signal);
    expect(shown()).toEqual(of(String.fromCharCode(letter - 1)));
    indexer.close();
  });

  it('is left out when it goes while it is read, and never holds up another', async () => {
    const other = join(base, 'b.csv');
    writeFileSync(other, 'C');
    const worker = new FakeWorker();
    worker.onRead = (step, when, at) => {
      if (step === 'survey' && when === 'before' && at === path) rmSync(path);
    };
    const indexer = indexerOf(store, worker, sink, base);
    const error = indexer.update([path, other], signal);
    await error;
    expect([...sink.embedded.keys()]).toEqual([other]);
    expect(indexer.progress).toEqual({ done: 1, total: 1 });
    indexer.close();
  });

  it('is searched for as it is, by two calls that overlap', async () => {
    const worker = new FakeWorker();
    let reads = 0;
    worker.onRead = (step, when) => {
      if (step === 'survey' && when === 'before' && reads++ === 0) swapIn('B');
    };
    const indexer = indexerOf(store, worker, sink, base);
    const [asked] = await Promise.all([indexer.onTheSpot(path, signal), indexer.update([path], signal)]);
    expect(asked[0]?.values[0]).toBe('B'.charCodeAt(0));
    expect(shown()).toEqual(of('B'));
    indexer.close();
  });
});

describe('files over which an engine died', () => {
  it('are read one by one, after the others', async () => {
    const paths = Array.from({ length: 8 }, (_, i) => join(base, `${i}.csv`));
    for (const each of paths) writeFileSync(each, 'A');
    const suspects = [paths[0], paths[3], paths[5]];
    writeFileSync(join(base, 'reading-999999999'), suspects.map((suspect) => `\n+${JSON.stringify(suspect)}`).join(''));
    const worker = new FakeWorker();
    const open = new Set<string>();
    const besides: string[] = [];
    worker.onRead = async (_, when, at) => {
      if (when === 'before') open.add(at);
      await new Promise(setImmediate);
      if (open.size > 1 && [...open].some((each) => suspects.includes(each))) besides.push(at);
      if (when === 'after') open.delete(at);
    };
    const indexer = indexerOf(store, worker, sink, base, { width: 4 });
    await indexer.update(paths, signal);
    expect(besides).toEqual([]);
    expect(sink.embedded.size).toBe(8);
    indexer.close();
  });
});

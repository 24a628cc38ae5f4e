import { afterEach, describe, expect, it, vi } from 'vitest';
import type { watchFolders } from '../../../src/core/index/watch';
import { Places } from '../../../src/engine/places';
import { Watching } from '../../../src/engine/watching';

type Watched = Parameters<typeof watchFolders>;

const watched: Watched[] = [];
let stopped = 0;
const watch = (...args: Watched) => {
  watched.push(args);
  return () => {
    stopped++;
    return Promise.resolve();
  };
};

afterEach(() => {
  watched.length = stopped = 0;
  vi.useRealTimers();
});

function watching() {
  const told = { scans: 0, comparisons: 0, errors: [] as string[] };
  const parts = {
    folders: ['/some'],
    places: new Places([]),
    leftOut: () => false,
    onChanges: () => undefined,
    onScan: () => told.scans++,
    onCompare: () => {
      told.comparisons++;
      return Promise.resolve();
    },
    onError: (text: string) => told.errors.push(text),
  };
  const made = new Watching(parts, watch);
  made.start();
  const fail = (code: string) => {
    watched.at(-1)?.[4](Object.assign(new Error(code), { code }));
  };
  return { made, told, fail };
}

describe('a system that watches no more', () => {
  it.each(['ENOSPC', 'EMFILE'])('is looked through every few seconds, and the user is told once: %s', async (code) => {
    vi.useFakeTimers();
    const { made, told, fail } = watching();
    expect(made.problem).toBeNull();
    for (let i = 0; i < 3; i++) fail(code);
    expect(made.problem).toMatch(new RegExp(`^The system cannot watch all folders for changes \\(${code}\\)`));
    expect([told.errors.length, told.scans, stopped]).toEqual([1, 1, 1]);
    await vi.advanceTimersByTimeAsync(11_000);
    expect(told.comparisons).toBe(2);
    await made.stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(told.comparisons).toBe(2);
  });

  it('is another thing than a folder that cannot be watched', async () => {
    const { made, told, fail } = watching();
    fail('EACCES');
    expect([made.problem, told.errors.length, told.comparisons, stopped]).toEqual([null, 1, 0, 0]);
    await made.stop();
  });
});

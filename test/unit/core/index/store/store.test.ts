import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { toBytes, toFloats } from '../../../../../src/core/distributions/bytes';
import { keyOf, parse } from '../../../../../src/core/index/store/records';
import { Store } from '../../../../../src/core/index/store/store';

let folder: string;
let problems: (string | null)[];
let notes: string[];
const listener = { problem: (text: string | null) => problems.push(text), note: (text: string) => notes.push(text) };
const openStore = (of = folder) => Store.open(of, listener);
const cacheName = 'cache-2';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kindred-store-'));
  problems = [];
  notes = [];
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('store', () => {
  it('keeps records over a restart and reads back floats', async () => {
    const first = openStore();
    const values = Float32Array.of(1.5, -2, 3e-9);
    first.put('embeddings', 'a', { values: toBytes(values), covered: 0.5 });
    expect(parse.embedding(first.get('embeddings', 'a'))?.covered).toBe(0.5);
    await first.close();
    const second = openStore();
    const record = parse.embedding(second.get('embeddings', 'a'));
    expect(toFloats(record!.values)).toEqual(values);
    expect(second.get('files', 'a')).toBeUndefined();
    await second.close();
    expect(problems).toEqual([]);
  });

  it('shows waiting writes and removals to readers before they are committed', async () => {
    const store = openStore();
    store.put('files', 'kept', { n: 1 });
    store.put('files', 'gone', { n: 2 });
    store.flush();
    store.remove('files', 'gone');
    store.put('files', 'new', { n: 3 });
    expect(store.pending).toBe(2);
    expect(store.keys('files').sort()).toEqual(['kept', 'new']);
    expect(store.get('files', 'gone')).toBeUndefined();
    await store.close();
  });

  it('is shared by two windows', async () => {
    const [one, two] = [openStore(), openStore()];
    one.put('scales', 'x', { centres: [1], spreads: [2], rates: [] });
    one.flush();
    await new Promise(setImmediate);
    expect(parse.scale(two.get('scales', 'x'))).toEqual({ centres: [1], spreads: [2], rates: [] });
    await one.close();
    await two.close();
  });

  it('forgets everything when cleared', async () => {
    const store = openStore();
    store.put('files', 'a', { n: 1 });
    store.flush();
    store.put('marks', 'b', { n: 1 });
    store.clear();
    expect([...store.keys('files'), ...store.keys('marks')]).toEqual([]);
    await store.close();
  });

  it('moves a damaged file aside, says so and begins anew', async () => {
    const store = openStore();
    store.put('files', 'a', { n: 1 });
    await store.close();
    writeFileSync(join(folder, cacheName, 'data.mdb'), 'not a database'.repeat(1000));
    const again = openStore();
    expect(again.get('files', 'a')).toBeUndefined();
    again.put('files', 'b', { n: 2 });
    again.flush();
    expect(again.get('files', 'b')).toEqual({ n: 2 });
    await again.close();
    expect(problems.join()).toMatch(/could not be used.*indexed again/);
    expect(readdirSync(folder).some((name) => name.includes('damaged'))).toBe(true);
  });

  it('moves aside a file on whose opening two engines died, and forgives one', async () => {
    const store = openStore();
    store.put('files', 'a', { n: 1 });
    await store.close();
    const die = () => {
      const dead = spawnSync(process.execPath, ['-e', '']).pid;
      writeFileSync(join(folder, cacheName, `opening-${dead}`), '');
    };
    for (let death = 0; death < 3; death++) {
      die();
      const forgiving = openStore();
      expect(forgiving.get('files', 'a')).toEqual({ n: 1 });
      await forgiving.close();
    }
    die();
    die();
    const again = openStore();
    expect(again.get('files', 'a')).toBeUndefined();
    await again.close();
    expect(problems.join()).toMatch(/stopped each time it was opened/);
  });

  it('treats a record of another form as missing', () => {
    expect(parse.survey({ kind: 'sequences' })).toBeUndefined();
    expect(parse.scale(null)).toBeUndefined();
    expect(parse.file('text')).toBeUndefined();
  });

  it('makes keys of one length from any text', () => {
    expect(keyOf('/a'.repeat(4000), 1)).toHaveLength(43);
    expect(keyOf('a', 'b')).not.toBe(keyOf('ab', ''));
  });
});

describe('a full disk', () => {
  const disk = join(tmpdir(), `kindred-full-${process.pid}`);
  const mounted = () =>
    process.platform === 'linux' &&
    spawnSync('mkdir', ['-p', disk]).status === 0 &&
    spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', disk]).status === 0;

  it('keeps what is written in memory, says so once, and saves it when there is room again', async (context) => {
    if (!mounted()) context.skip('a small disk can only be mounted by root on Linux');
    try {
      const store = openStore(disk);
      const filler = join(disk, 'filler');
      writeFileSync(filler, Buffer.alloc(1_200_000));
      const value = { values: new Uint8Array(9000).fill(7), covered: 1 };
      for (let i = 0; i < 60; i++) {
        store.put('embeddings', `k${i}`, value);
        store.flush();
      }
      expect(problems).toHaveLength(1);
      expect(problems[0]).toMatch(/could not be written.*free some disk space/);
      expect(parse.embedding(store.get('embeddings', 'k59'))?.values).toHaveLength(9000);
      rmSync(filler);
      // What was written is not kept for half a minute when there is no such time any more.
      await store.close();
      expect(problems.at(-1)).toBeNull();
      const again = openStore(disk);
      expect(parse.embedding(again.get('embeddings', 'k59'))?.values).toHaveLength(9000);
      await again.close();
    } finally {
      spawnSync('umount', ['-l', disk]);
      rmSync(disk, { recursive: true, force: true });
    }
  });
});

describe('a cache that cannot be written', () => {
  const disk = join(tmpdir(), `kindred-readonly-${process.pid}`);

  it('is left as it is, and the store works in memory and says so once', async (context) => {
    const mount = (...args: string[]) => spawnSync('mount', [...args, disk]).status === 0;
    const canMount = process.platform === 'linux' && spawnSync('mkdir', ['-p', disk]).status === 0;
    if (!canMount || !mount('-t', 'tmpfs', 'tmpfs')) context.skip('a disk can only be mounted by root on Linux');
    try {
      const before = openStore(disk);
      before.put('files', 'a', { n: 1 });
      await before.close();
      expect(mount('-o', 'remount,ro')).toBe(true);
      await Store.compact(disk, listener);
      const store = openStore(disk);
      store.put('files', 'b', { n: 2 });
      store.put('embeddings', 'c', { values: new Uint8Array(100) });
      store.flush();
      expect([store.get('files', 'b'), store.get('embeddings', 'c')]).toEqual([{ n: 2 }, undefined]);
      expect(store.keys('files')).toEqual(['b']);
      await store.close();
      expect(problems).toEqual([
        expect.stringMatching(/^The cache in .* cannot be used .*everything is indexed again/),
      ]);
    } finally {
      spawnSync('umount', ['-l', disk]);
      rmSync(disk, { recursive: true, force: true });
    }
  });

  it('is not there at all: a file lies where the folder should be', async () => {
    const storage = join(folder, 'file');
    writeFileSync(storage, '');
    const store = openStore(storage);
    store.put('marks', 'b', { n: 2 });
    store.clear();
    expect(store.get('marks', 'b')).toBeUndefined();
    await store.close();
    expect(problems).toEqual([expect.stringMatching(/cannot be used/)]);
  });
});

describe('a clock that is set back', () => {
  it('keeps no failed write from being tried again', async (context) => {
    const time = vi.spyOn(Date, 'now').mockReturnValue(1_800_000_000_000);
    const passed = vi.spyOn(performance, 'now').mockReturnValue(1000);
    context.onTestFinished(() => {
      time.mockRestore();
      passed.mockRestore();
    });
    const store = openStore();
    rmSync(folder, { recursive: true });
    writeFileSync(folder, '');
    store.put('files', 'a', { n: 1 });
    store.flush();
    expect(problems).toEqual([expect.stringMatching(/could not be written/)]);
    rmSync(folder);
    time.mockReturnValue(1_700_000_000_000);
    store.flush();
    expect(store.pending).toBe(1);
    passed.mockReturnValue(31_001);
    store.flush();
    expect(store.pending).toBe(0);
    expect(problems.at(-1)).toBeNull();
    await store.close();
  });
});

import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sealed, unsealed } from '../../../../../src/core/index/store/checksum';
import { cacheFolder, dataFile, deleteOld } from '../../../../../src/core/index/store/cacheFolder';
import { checkFile } from '../../../../../src/core/index/store/lmdbCheck';
import { adopt } from '../../../../../src/core/index/store/owner';
import { Store } from '../../../../../src/core/index/store/store';
import { damageCaches } from '../../../../../src/dev/torture/cacheDamage';

let folder: string;
let problems: (string | null)[];
let notes: string[];
const openStore = () =>
  Store.open(folder, { problem: (text) => problems.push(text), note: (text) => notes.push(text) });
const file = () => dataFile(cacheFolder(folder));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kindred-damage-'));
  problems = [];
  notes = [];
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function filled(count: number): Promise<void> {
  const store = openStore();
  for (let i = 0; i < count; i++)
    store.put('embeddings', `key${i}`, { values: new Uint8Array(3000).fill(i), covered: i });
  await store.close();
}

describe('a damaged cache', () => {
  it('neither ends the process, nor gives a wrong record, nor keeps new ones from being kept, whatever the damage', async () => {
    const rows = await damageCaches(1, 90);
    // Nothing can be forbidden on Windows, and to root only where others can read the project.
    expect([15, 22]).toContain(rows.length);
    for (const { kind, cases, crashes, errors, wrong, forgetful } of rows) {
      expect({ kind, cases, crashes, errors, wrong, forgetful }).toEqual({
        kind,
        cases,
        crashes: 0,
        errors: 0,
        wrong: 0,
        forgetful: 0,
      });
    }
  });

  it('that was cut off is moved aside, with one sentence, and begun anew', async () => {
    await filled(50);
    truncateSync(file(), readFileSync(file()).length / 2);
    const store = openStore();
    expect(store.get('embeddings', 'key1')).toBeUndefined();
    store.put('embeddings', 'key1', { values: Uint8Array.of(1), covered: 1 });
    await store.close();
    const again = openStore();
    expect(again.get('embeddings', 'key1')).toEqual({ values: Uint8Array.of(1), covered: 1 });
    await again.close();
    expect(problems).toEqual([expect.stringMatching(/^The cache could not be used \(it is cut off\).*indexed again/)]);
  });

  it('in which a page says that it is of a transaction to come is begun anew, as it could not be written to', async () => {
    await filled(50);
    const bytes = readFileSync(file());
    const [leaf, overflow] = [2, 4];
    const told = new Set<number>();
    // Some of the pages are free, and may say what they like.
    for (let at = 2 * 4096; at < bytes.length; at += 2 * 4096) {
      const damaged = Buffer.from(bytes);
      damaged[at + 12] = 1;
      writeFileSync(file(), damaged);
      const store = openStore();
      store.put('embeddings', 'key1', { values: Uint8Array.of(1), covered: 1 });
      await store.close();
      const kind = bytes.readUInt16LE(at + 18);
      for (const problem of problems.splice(0)) {
        expect(problem).toContain('a page is of a transaction to come');
        told.add(kind);
      }
    }
    expect([...told].sort()).toEqual([leaf, overflow]);
  });

  it('loses the one record in which a bit has flipped, and says so once', async () => {
    await filled(20);
    const bytes = readFileSync(file());
    for (const value of [7, 9]) {
      const at = bytes.indexOf(Buffer.alloc(2000, value));
      bytes[at + 1000] = value ^ 4;
    }
    writeFileSync(file(), bytes);
    const store = openStore();
    const missing = Array.from({ length: 20 }, (_, i) => i).filter(
      (i) => store.get('embeddings', `key${i}`) === undefined,
    );
    expect(missing).toEqual([7, 9]);
    expect(notes).toEqual([expect.stringMatching(/A record of the cache .* was damaged/)]);
    expect(problems).toEqual([]);
    store.put('embeddings', 'key7', { values: Uint8Array.of(7), covered: 7 });
    store.flush();
    expect(store.get('embeddings', 'key7')).toMatchObject({ covered: 7 });
    await store.close();
  });

  it('is found sound whatever was written to it and removed', async () => {
    const step = fc.record({ key: fc.nat(40), size: fc.nat(9000), gone: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 80 }), async (steps) => {
        const store = openStore();
        steps.forEach(({ key, size, gone }, i) => {
          if (gone) store.remove('embeddings', `key${key}`);
          else store.put('embeddings', `key${key}`, { values: new Uint8Array(size) });
          if (i % 7 === 0) store.flush();
        });
        store.flush();
        expect(checkFile(file())).not.toBeNull();
        await store.close();
        checkFile(file());
      }),
      { numRuns: 20 },
    );
    expect(problems).toEqual([]);
  });

  it('is deleted a week after it was moved aside; so are those of older versions', () => {
    const now = Date.now();
    const week = 7 * 24 * 3600 * 1000;
    const names = [
      `cache-2-damaged-${now - week - 1}`,
      `cache-2-damaged-${now - week + 1000}`,
      'cache-1',
      'cache-2',
      'other-1',
    ];
    for (const name of names) mkdirSync(join(folder, name));
    deleteOld(folder, now);
    expect(readdirSync(folder).sort()).toEqual([names[2], names[3], names[1], names[4]].sort());
    deleteOld(folder, now + week + 60_000);
    expect(readdirSync(folder).sort()).toEqual(['cache-2', 'other-1']);
  });
});

describe('the checksum of a record', () => {
  it('holds for its place and its content alone', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.string(),
        fc.uint8Array({ maxLength: 60 }),
        fc.nat(),
        fc.nat(7),
        (place, other, values, at, bit) => {
          const bytes = sealed(place, { values });
          expect(unsealed(place, bytes)).toEqual({ values });
          if (other !== place) expect(unsealed(other, bytes)).toBeUndefined();
          bytes[at % bytes.length]! ^= 1 << bit;
          expect(unsealed(place, bytes)).toBeUndefined();
        },
      ),
    );
  });
});

describe('a store of another workspace', () => {
  it('loses the scales of its layouts and nothing else; one that gains or loses a folder keeps them', async () => {
    const store = openStore();
    adopt(store, ['/a', '/b']);
    store.put('scales', 'layout', { centres: [1], spreads: [1], rates: [] });
    store.put('embeddings', 'key', { values: Uint8Array.of(1), covered: 1 });
    for (const folders of [['/a'], ['/a', '/c'], ['/c']]) {
      adopt(store, folders);
      expect(store.get('scales', 'layout')).toBeDefined();
    }
    adopt(store, ['/copied']);
    expect(store.get('scales', 'layout')).toBeUndefined();
    expect(store.get('embeddings', 'key')).toBeDefined();
    await store.close();
  });
});

describe('a folder that goes away', () => {
  it('is made again, and what is written from then on is kept', async () => {
    const store = openStore();
    store.put('files', 'a', { n: 1 });
    store.flush();
    rmSync(folder, { recursive: true });
    store.put('files', 'b', { n: 2 });
    store.flush();
    store.put('files', 'c', { n: 3 });
    await store.close();
    const again = openStore();
    expect([again.get('files', 'b'), again.get('files', 'c')]).toEqual([{ n: 2 }, { n: 3 }]);
    await again.close();
    expect(notes).toEqual([expect.stringMatching(/was removed while it was used/)]);
    expect(existsSync(file())).toBe(true);
  });
});

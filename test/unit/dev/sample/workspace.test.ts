import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeSampleWorkspace, type SampleFile } from '../../../../src/dev/sample/workspace';

const folders: string[] = [];

async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kindred-sample-'));
  folders.push(folder);
  return folder;
}

afterAll(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

/** The SHA-256 of every file, by its path with forward slashes. */
async function hashes(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const pairs = files.sort().map(async (file) => {
    const hash = createHash('sha256')
      .update(await readFile(file))
      .digest('hex');
    return [relative(folder, file).split(sep).join('/'), hash] as const;
  });
  return Object.fromEntries(await Promise.all(pairs));
}

let usual: string;
let files: readonly SampleFile[];

beforeAll(async () => {
  usual = await emptyFolder();
  await writeFile(join(usual, 'mine.txt'), 'mine');
  files = await writeSampleWorkspace(usual);
});

describe('sample workspace', () => {
  it('gives the same bytes for a seed, and different recordings for another', async () => {
    const [first, again, other] = [await emptyFolder(), await emptyFolder(), await emptyFolder()];
    expect(await writeSampleWorkspace(first, 7)).toEqual(files);
    expect(await writeSampleWorkspace(again, 7)).toEqual(files);
    expect(await writeSampleWorkspace(other, 8)).toEqual(files);
    const expected = await hashes(first);
    expect(await hashes(again)).toEqual(expected);
    const changed = await hashes(other);
    expect(Object.keys(changed)).toEqual(Object.keys(expected));
    for (const { path } of files) if (!path.endsWith('.hea')) expect(changed[path], path).not.toBe(expected[path]);
  });

  it('holds 55 to 70 recordings, each label at least three times, and no two alike', async () => {
    expect(files.length).toBeGreaterThanOrEqual(55);
    expect(files.length).toBeLessThanOrEqual(70);
    const labels = files.flatMap(({ label }) => (label === null ? [] : [label]));
    for (const label of new Set(labels)) {
      expect(labels.filter((other) => other === label).length, label).toBeGreaterThanOrEqual(3);
    }
    const found = await hashes(usual);
    expect(new Set(Object.values(found)).size).toBe(Object.keys(found).length);
  });

  it('lists every recording with a label in labels.csv, and leaves no file unaccounted for', async () => {
    const [header, ...rows] = (await readFile(join(usual, 'labels.csv'), 'utf8')).trimEnd().split('\n');
    expect(header).toBe('path,label');
    expect(rows).toEqual(files.flatMap(({ path, label }) => (label === null ? [] : [`${path},${label}`])));
    expect(rows.every((row) => /^[\w./-]+,[\w/-]+$/.test(row))).toBe(true);
    const data = files.map(({ path }) => path).filter((path) => path.endsWith('.hea'));
    const written = [...files.map(({ path }) => path), ...data.map((path) => path.replace('.hea', '.dat'))];
    const all = [...written, 'labels.csv', 'mine.txt'];
    expect(Object.keys(await hashes(usual)).sort()).toEqual(all.sort());
  });

  it('stays below 6 MB and leaves other files alone', async () => {
    const sizes = await Promise.all(files.map(async ({ path }) => (await readFile(join(usual, path))).length));
    expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(6e6);
    expect(await readFile(join(usual, 'mine.txt'), 'utf8')).toBe('mine');
  });
});

import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recording, TestWorkspace } from '../engine/workspace';
import { hasNumpy, readNpz } from '../engine/exporting/python';
import { runKindred } from './runKindred';

let workspace: TestWorkspace;
let caches: string;

beforeAll(() => {
  workspace = new TestWorkspace();
  caches = mkdtempSync(join(tmpdir(), 'kindred-caches-'));
  workspace.write('slow/a.csv', recording(0.1));
  workspace.write('slow/b.csv', recording(0.1, { phase: 1 }));
  workspace.write('fast/c.csv', recording(0.9));
  workspace.write('other.csv', recording(0.5).replace('x,y', 'p,q'));
  workspace.write('labels.csv', 'path,label\nslow/b.csv,sl\u001b[31mow\n');
  workspace.write('broken.npy', 'no array');
});

afterAll(() => {
  workspace.remove();
  rmSync(caches, { recursive: true, force: true });
});

const kindred = (...args: string[]) => runKindred(workspace.folder, caches, args);

describe('kindred', () => {
  it('explains itself, and says on stderr what was wrong with the words', async () => {
    const help = await kindred('--help');
    expect(help).toMatchObject({ code: 0, stderr: '' });
    expect(help.stdout).toMatch(/index .*<folders...>[^]*search .*<file>/);
    const unknown = await kindred('search', 'x.csv', '--fast');
    expect(unknown).toMatchObject({ code: 2, stdout: '' });
    expect(unknown.stderr).toMatch(/unknown option '--fast'/);
    expect(await kindred('search', 'x.csv', '--top', 'many')).toMatchObject({ code: 2, stdout: '' });
  });

  it('indexes a folder, keeps the cache, and lists what was skipped', async () => {
    const first = await kindred('index', '.');
    expect(first.code).toBe(0);
    expect(first.stdout).toMatch(/^4 sequences in 4 files are indexed \(4 files were new\)\.\nSkipped: 1 /);
    expect(readdirSync(join(caches, 'kindred'))).toHaveLength(1);
    const second = await kindred('index', workspace.folder, '--skipped');
    expect(second.stdout).toMatch(/\(0 files were new\)\.\nskipped broken\.npy, because .+\n$/);
  });

  it('prints the ranked matches as a table in which no file can play tricks on the terminal', async () => {
    const { code, stdout } = await kindred('search', 'slow/a.csv', '--top', '2');
    expect(code).toBe(0);
    const lines = stdout.trimEnd().split('\n');
    expect(lines[0]).toBe('Nearest to slow/a.csv, of 2 recordings:');
    expect(lines[2]).toMatch(/^ +1 +\d\.\d+ +sl\ufffd\[31mow +slow\/b\.csv$/);
    expect(lines[3]).toMatch(/^ +2 +\d\.\d+ +fast\/c\.csv$/);
    expect(lines).toHaveLength(4);
  });

  it('prints JSON, and searches in another folder', async () => {
    const { code, stdout } = await kindred('search', 'other.csv', '--in', 'slow', '--json', '--all-layouts');
    expect(code).toBe(0);
    const result = JSON.parse(stdout) as {
      rows: { rank: number; file: string }[];
      candidates: number;
    };
    expect(result.candidates).toBe(2);
    expect(result.rows.map(({ file }) => file).sort()).toEqual(['a.csv', 'b.csv']);
  });

  it('says when nothing can be compared', async () => {
    const { code, stdout } = await kindred('search', 'other.csv');
    expect(code).toBe(0);
    expect(stdout).toBe('No other recording has the channels of other.csv. --all-layouts ranks 3 others.\n');
  });

  it('writes matches and pairs for spreadsheets and scripts', async () => {
    const search = await kindred('search', 'slow/a.csv', '--format', 'csv');
    expect(search.code).toBe(0);
    const [header, first] = search.stdout.split('\r\n');
    expect(header).toMatch(/^rank,distance,file,sequence,name,label,/);
    expect(first).toMatch(/^1,0\.\d+,"slow\/b\.csv",1,,/);
    const pairs = JSON.parse((await kindred('pairs', '.', '--json')).stdout) as { rows: unknown[] };
    expect(pairs.rows).toHaveLength(3);
    const all = await kindred('pairs', '.', '--all-layouts', '--out', join(caches, 'pairs.csv'));
    expect(all).toMatchObject({ code: 0, stdout: '' });
    expect(all.stderr).toMatch(/6 rows written to .*pairs\.csv\.\n$/);
  });

  it.skipIf(!hasNumpy)(
    'writes what NumPy reads: the same distances, and embeddings that they follow from',
    async () => {
      await kindred('pairs', '.', '--format', 'npz', '--out', join(caches, 'pairs.npz'));
      await kindred('export', '.', '--format', 'npz', '--out', join(caches, 'embeddings.npz'));
      const pairs = readNpz(join(caches, 'pairs.npz'));
      const embeddings = readNpz(join(caches, 'embeddings.npz'));
      expect(pairs['file']!.values).toEqual(['fast/c.csv', 'other.csv', 'slow/a.csv', 'slow/b.csv']);
      expect(embeddings['file']).toEqual(pairs['file']);
      expect(embeddings['row_sequence']!.values).toEqual([0, 0, 1, 1, 2, 2, 3, 3]);
      const distances = pairs['distances']!.values as number[][];
      const values = embeddings['values']!.values as number[][];
      const weights = embeddings['column_weight']!.values as number[];
      const ofRows = (a: number, b: number) =>
        weights.reduce((sum, weight, k) => sum + weight * Math.abs(values[a]![k]! - values[b]![k]!), 0);
      expect(distances[2]![3]).toBeCloseTo((ofRows(4, 6) + ofRows(5, 7)) / 2, 5);
      expect(distances[3]![2]).toBe(distances[2]![3]);
      expect(distances[1]!.map((distance) => (distance as number | null) === null)).toEqual([true, false, true, true]);
    },
  );

  it.each([
    [['index', 'nowhere'], /folder .*nowhere does not exist/],
    [['index', 'other.csv'], /is not a folder/],
    [['search', 'broken.npy'], /broken\.npy cannot be used, because/],
    [['search', 'gone.csv'], /gone\.csv cannot be used, because it does not exist/],
    [['pairs', '.', '--out', 'nowhere/pairs.csv'], /could not be written, because its folder does not exist/],
    [['search', 'slow/a.csv', '--sequence', '3'], /no sequence number 3/],
  ])('fails with a reason: %s', async (args, reason) => {
    const { code, stdout, stderr } = await kindred(...args);
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toMatch(reason);
    expect(stderr).not.toMatch(/\n +at /);
  });
});

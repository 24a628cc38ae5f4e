import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CommandAnswer } from '../../../src/protocol/commands/commands';
import { packOfSeries, temporaryFolder, writePack } from '../core/training/packs/writePack';
import { TestWorkspace } from '../engine/workspace';
import { runKindred } from './runKindred';

let workspace: TestWorkspace;
let caches: string;

/** A slow wave with a fast one from a time step on, as CSV with seconds. */
function burst(at: number, rate: number): string {
  const rows = Array.from({ length: 900 }, (_, t) => {
    const fast = t >= at && t < at + 160 ? Math.sin(0.9 * t) : 0;
    const x = Math.sin(0.05 * t) + fast + 0.05 * Math.sin(17.3 * t);
    return `${rate === 0 ? '' : `${(t / rate).toFixed(4)},`}${x.toFixed(5)}`;
  });
  return `${rate === 0 ? '' : 'time_s,'}x\n${rows.join('\n')}\n`;
}

beforeAll(() => {
  workspace = new TestWorkspace();
  caches = mkdtempSync(join(tmpdir(), 'kindred-caches-'));
  workspace.write('timed/a.csv', burst(200, 100));
  workspace.write('timed/b.csv', burst(600, 100));
  workspace.write('timed/more/c.csv', burst(400, 100));
  workspace.write('timed/short.csv', burst(100, 100).split('\n').slice(0, 90).join('\n'));
  workspace.write('steps/d.csv', burst(300, 0));
  workspace.write('steps/e.csv', burst(500, 0));
});

afterAll(() => {
  workspace.remove();
  rmSync(caches, { recursive: true, force: true });
});

const kindred = (...args: string[]) => runKindred(workspace.folder, caches, args);

async function found(...args: string[]): Promise<CommandAnswer<'windows'>> {
  const { stdout } = await kindred('windows', ...args, '--json');
  return JSON.parse(stdout) as CommandAnswer<'windows'>;
}

/** Instances of two labels, a fast and a slow wave that begin anywhere: twelve to train by and twenty to test. */
async function streamsPack(): Promise<string> {
  const numbers = [...Array(32).keys()];
  const labels = numbers.map((n) => n % 2);
  const series = labels.map((label, n) => Array.from({ length: 96 }, (_, t) => Math.sin((0.15 + 0.5 * label) * t + n)));
  const split = numbers.map((n) => (n < 12 ? 1 : 0));
  const json = { domain: 'ucr', column_values: { split: ['test', 'train'] } };
  return writePack(join(await temporaryFolder(), 'ucr', 'Waves'), packOfSeries(series, { label: labels, split }, json));
}

describe('a part on the command line', () => {
  it('is given in seconds, and so are the windows that are like it', async () => {
    const asked = ['timed/a.csv', '--in', 'timed', '--from', '2', '--to', '3.6'];
    const { code, stdout, stderr } = await kindred('windows', ...asked);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect((await kindred('search', ...asked)).stdout).toBe(stdout);
    const [head, columns, ...rows] = stdout.trimEnd().split('\n');
    expect(head).toMatch(/^Nearest to 2 s to 3\.6 s of a\.csv, of \d+ windows of 3 recordings:$/);
    expect(columns?.trim().split(/ +/)).toEqual(['rank', 'distance', 'from', 'to', 'label', 'recording']);
    const names = rows.slice(0, 3).map((row) => row.trim().split(/ +/).at(-1));
    expect(names.slice(0, 2).sort()).toEqual(['b.csv', 'more/c.csv']);
    const [, , from, , to] = rows[0]!.trim().split(/ +/);
    expect(Number(to) - Number(from)).toBeCloseTo(1.6, 5);
    expect(rows[3]).toBe('  1 not searched, because they are shorter than the selection.');
  });

  it('is given in time steps where the rate is unknown, and lasts to the end if no end is given', async () => {
    const { start, end, seconds, rows } = await found('steps/d.csv', '--in', 'steps', '--from', '300', '--to', '460');
    expect([start, end, seconds]).toEqual([300, 460, null]);
    expect(rows.map(({ file }) => file)).toEqual(['e.csv', 'd.csv']);
    expect(Math.abs(rows[0]!.start - 500)).toBeLessThanOrEqual(20);
    const last = await found('steps/d.csv', '--in', 'steps', '--from', '800', '--top', '1');
    expect([last.start, last.end, last.rows.length]).toEqual([800, 900, 1]);
  });

  it('is looked for in its own recording, in named files or folders, once or as often as it is there', async () => {
    const part = ['timed/a.csv', '--in', 'timed', '--from', '2', '--to', '3.6'];
    const own = await found(...part, '--own', '--which', 'all');
    expect(own.rows.length).toBeGreaterThan(1);
    expect(new Set(own.rows.map(({ file }) => file))).toEqual(new Set(['a.csv']));
    const named = await found(...part, '--files', 'timed/more', 'timed/b.csv');
    expect(named.rows.map(({ file }) => file).sort()).toEqual(['b.csv', 'more/c.csv']);
    expect((await found(...part, '--which', 'all', '--top', '7')).rows).toHaveLength(7);
    const { rows } = await found(...part, '--range', '--which', 'all', '--top', '30');
    const lengths = new Set(rows.map(({ start, end }) => end - start));
    expect(lengths.size).toBeGreaterThan(1);
    for (const length of lengths) expect([80, 113, 160, 226, 320]).toContain(length);
  });

  it('must lie in the recording, and be long enough', async () => {
    for (const [from, to] of [
      ['5', '4'],
      ['1', '9.5'],
    ] as const) {
      const beyond = await kindred('windows', 'timed/a.csv', '--in', 'timed', '--from', from, '--to', to);
      expect(beyond).toMatchObject({ code: 1, stdout: '' });
      expect(beyond.stderr).toContain('end with the recording, which has 9 s.');
    }
    const tiny = await kindred('windows', 'timed/a.csv', '--in', 'timed', '--from', '1', '--to', '1.05');
    expect(tiny).toMatchObject({ code: 1, stdout: '' });
    expect(tiny.stderr).toContain('The selection has 5 time steps');
    const words = await kindred('windows', 'timed/a.csv', '--from', 'soon');
    expect(words).toMatchObject({ code: 2, stdout: '' });
  });
});

describe('parts of streams', () => {
  it('are searched for beside MASS, and reported for each pack', async () => {
    const pack = await streamsPack();
    const asked = ['evaluate', resolve('models'), pack, '--windows'];
    const { code, stdout } = await kindred(...asked, '--json');
    expect(code).toBe(0);
    const [result] = JSON.parse(stdout) as { queries: number; kindred: { at1: number }; mass: { at1: number } }[];
    expect(result?.queries).toBe(12);
    expect(result?.kindred.at1).toBeGreaterThan(0.8);
    expect(result?.mass.at1).toBeGreaterThan(0.8);
    const table = await kindred(...asked);
    expect(table.stdout).toMatch(/precision@1[^]*MASS[^]*1-NN whole/);
    const none = await kindred('evaluate', resolve('models'), 'timed', '--windows');
    expect(none).toMatchObject({ code: 1, stdout: '' });
  });
});

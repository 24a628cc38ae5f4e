import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readEncoder } from '../../../src/core/encoder/description';
import type { Engine } from '../../../src/engine/engine';
import type { WindowsParams } from '../../../src/protocol/engine';
import { recording, testBed } from './workspace';

const bed = testBed();

/** A slow wave with a fast one in a part of it, as CSV. */
function burst(at: number, options: { steps?: number; long?: number; rate?: number; names?: string } = {}): string {
  const { steps = 1200, long = 160, rate = 0, names = 'x,y' } = options;
  const rows = Array.from({ length: steps }, (_, t) => {
    const inside = t >= at && t < at + long;
    const x = Math.sin(0.05 * t) + (inside ? Math.sin(0.9 * t) : 0) + 0.05 * Math.sin(17.3 * t);
    const y = Math.cos(0.04 * t) + (inside ? Math.cos(1.3 * t) : 0);
    return [...(rate > 0 ? [(t / rate).toFixed(4)] : []), x.toFixed(5), y.toFixed(5)].join(',');
  });
  return `${rate > 0 ? 'time_s,' : ''}${names}\n${rows.join('\n')}\n`;
}

const ask = (engine: Engine, path: string, start: number, end: number, others: Partial<WindowsParams> = {}) =>
  engine.ask('windows', {
    query: { path, number: 0 },
    span: { start, end },
    among: { kind: 'layout' },
    each: 'best',
    limit: 50,
    ...others,
  });

describe('a search for a part of a recording', () => {
  it('finds in every recording the window that is like it, and in the own one another', async () => {
    const path = bed.workspace.write('a.csv', burst(300));
    bed.workspace.write('b.csv', burst(700));
    bed.workspace.write('c.csv', burst(64, { steps: 600 }));
    bed.workspace.write('none.csv', burst(1e9));
    bed.workspace.write('short.csv', burst(20, { steps: 120 }));
    bed.workspace.write('other.csv', burst(300, { names: 'p,q' }));
    const engine = await bed.tested.open(bed.workspace);
    const found = await ask(engine, path, 300, 460);
    expect(found).toMatchObject({
      query: { file: 'a.csv' },
      span: { start: 300, end: 460 },
      seconds: null,
      notes: [],
      searched: { recordings: 4 },
      left: [{ recordings: 1, reason: 'they are shorter than the selection' }],
    });
    expect(found.rows.map(({ rank }) => rank)).toEqual([1, 2, 3, 4]);
    const [first, second] = found.rows;
    expect([first?.sequence.file, second?.sequence.file].sort()).toEqual(['b.csv', 'c.csv']);
    for (const { sequence, span } of [first!, second!]) {
      expect(span.end - span.start).toBe(160);
      expect(Math.abs(span.start - (sequence.file === 'b.csv' ? 700 : 64))).toBeLessThanOrEqual(20);
    }
    const own = found.rows.find(({ sequence }) => sequence.file === 'a.csv')!;
    expect(Math.min(own.span.end, 460) - Math.max(own.span.start, 300)).toBeLessThanOrEqual(40);
    expect(found.rows.every(({ distance }, i) => i === 0 || distance >= found.rows[i - 1]!.distance)).toBe(true);
  });

  it('gives the distance of the whole for a window that is the whole', async () => {
    for (const n of [0, 1, 2, 3]) bed.workspace.write(`${n}.csv`, recording(0.1 + 0.1 * n));
    const engine = await bed.tested.open(bed.workspace);
    const query = { path: bed.workspace.path('0.csv'), number: 0 };
    const { matches } = await engine.ask('search', { query, scope: 'layout', limit: 10 });
    const { rows } = await ask(engine, query.path, 0, 200);
    expect(rows.map(({ sequence, distance }) => [sequence.file, distance])).toEqual(
      matches.map(({ sequence, distance }) => [sequence.file, distance]),
    );
    expect(rows.every(({ span }) => span.start === 0 && span.end === 200)).toBe(true);
  });

  it('looks in one recording, or in chosen files and folders, and lists all good windows of each', async () => {
    const path = bed.workspace.write('a.csv', burst(300));
    const b = bed.workspace.write('sub/b.csv', burst(700));
    bed.workspace.write('sub/p.csv', burst(700, { names: 'p,q' }));
    const engine = await bed.tested.open(bed.workspace);
    const own = await ask(engine, path, 300, 460, { among: { kind: 'recording' }, each: 'all' });
    expect(own.searched.recordings).toBe(1);
    expect(own.rows.length).toBeGreaterThan(3);
    own.rows.forEach(({ span, sequence }, i) => {
      expect(sequence.file).toBe('a.csv');
      const earlier = [{ start: 300, end: 460 }, ...own.rows.slice(0, i).map((row) => row.span)];
      for (const { start } of earlier) expect(Math.abs(span.start - start)).toBeGreaterThanOrEqual(120);
    });
    const paths = [bed.workspace.path('sub'), bed.workspace.path('gone.csv')];
    const chosen = await ask(engine, path, 300, 460, { among: { kind: 'files', paths } });
    expect(chosen.rows.map(({ sequence }) => sequence.ref.path)).toEqual([b]);
    expect(chosen.left.map(({ recordings }) => recordings)).toEqual([1, 1]);
    expect(chosen.left.map(({ reason }) => reason)).toContain('they have other channels');
  });

  it('finds what a search finds that measures every window', async () => {
    const path = bed.workspace.write('a.csv', burst(300));
    for (const at of [80, 500, 900]) bed.workspace.write(`${at}.csv`, burst(at));
    const engine = await bed.tested.open(bed.workspace);
    for (const each of ['best', 'all'] as const) {
      const limit = 4;
      const { rows } = await ask(engine, path, 300, 460, { each, limit });
      const full = await ask(engine, path, 300, 460, { each, limit, thorough: true });
      expect(rows.map(({ sequence, span, distance }) => [sequence.file, span, distance])).toEqual(
        full.rows.map(({ sequence, span, distance }) => [sequence.file, span, distance]),
      );
    }
  });

  it('finds what lasts half or twice as long when it is asked to, in shorter recordings too', async () => {
    const path = bed.workspace.write('a.csv', burst(300));
    bed.workspace.write('twice.csv', burst(500, { long: 320 }));
    bed.workspace.write('half.csv', burst(20, { steps: 120, long: 80 }));
    const engine = await bed.tested.open(bed.workspace);
    const usual = await ask(engine, path, 300, 460);
    expect(usual.left).toEqual([{ recordings: 1, reason: 'they are shorter than the selection' }]);
    const { rows, searched, left } = await ask(engine, path, 300, 460, { range: true });
    expect([searched.recordings, left]).toEqual([3, []]);
    expect(searched.windows).toBeGreaterThan(usual.searched.windows);
    const spanOf = (file: string) => rows.find(({ sequence }) => sequence.file === file)!.span;
    const [half, twice] = [spanOf('half.csv'), spanOf('twice.csv')];
    expect([80, 113]).toContain(half.end - half.start);
    expect(twice.end - twice.start).toBeGreaterThanOrEqual(160);
    const every = await ask(engine, path, 300, 460, { range: true, thorough: true });
    expect(rows).toEqual(every.rows);
  });

  it('answers searches that overlap, and later ones from the features of earlier ones, alike', async () => {
    const path = bed.workspace.write('a.csv', burst(300));
    for (const at of [80, 500, 900]) bed.workspace.write(`${at}.csv`, burst(at));
    const engine = await bed.tested.open(bed.workspace);
    const others: Partial<WindowsParams> = { each: 'all', limit: 8 };
    const together = await Promise.all([ask(engine, path, 300, 460, others), ask(engine, path, 300, 460, others)]);
    const later = await ask(engine, path, 300, 460, others);
    expect(together.map(({ rows }) => rows)).toEqual([later.rows, later.rows]);
    expect(later.rows).toHaveLength(8);
  });

  it('takes windows that last as long where rates are known', async () => {
    const path = bed.workspace.write('a.csv', burst(300, { rate: 100 }));
    const slow = Array.from({ length: 600 }, (_, i) => burst(300, { rate: 100 }).split('\n')[2 * i + 1]!);
    bed.workspace.write('slow.csv', `time_s,x,y\n${slow.join('\n')}\n`);
    const engine = await bed.tested.open(bed.workspace);
    const found = await ask(engine, path, 300, 460);
    expect(found.seconds).toBeCloseTo(1.6, 5);
    const row = found.rows.find(({ sequence }) => sequence.file === 'slow.csv')!;
    expect(row.span.end - row.span.start).toBe(80);
    expect(Math.abs(row.span.start - 150)).toBeLessThanOrEqual(20);
  });
});

describe('what cannot be searched for', () => {
  it('is a stretch that is too short, longer than all others, or not there any more', async () => {
    const path = bed.workspace.write('a.csv', burst(300));
    bed.workspace.write('b.csv', burst(30, { steps: 400 }));
    const engine = await bed.tested.open(bed.workspace);
    const { minimumSteps } = (await readEncoder(resolve('models'))).description;
    await expect(ask(engine, path, 10, 10 + minimumSteps - 1)).rejects.toThrow(
      `The selection has ${minimumSteps - 1} time steps, and at least ${minimumSteps} are needed.`,
    );
    await expect(ask(engine, path, 0, 1200)).rejects.toThrow('1, because they are shorter than the selection.');
    await expect(ask(engine, path, 1000, 1300)).rejects.toThrow('a.csv cannot be used, because it changed since');
  });

  it('is a stretch over a gap; a smaller one is bridged, which is said', async () => {
    const lines = burst(300, { rate: 50 }).split('\n');
    const path = bed.workspace.write(
      'gap.csv',
      lines.map((line, i) => (i > 500 && i <= 600 ? line.replace(/,.*/, ',,') : line)).join('\n'),
    );
    const engine = await bed.tested.open(bed.workspace);
    await expect(ask(engine, path, 500, 600)).rejects.toThrow('it lies over a gap');
    const { notes } = await ask(engine, path, 400, 600);
    expect(notes).toEqual(['50 % of the stretch is bridged, as samples are missing.']);
  });

  it('is a recording that others share no channels with, unless it goes on itself', async () => {
    const path = bed.workspace.write('a.csv', burst(30, { steps: 200 }));
    bed.workspace.write('b.csv', burst(30, { names: 'p,q' }));
    const engine = await bed.tested.open(bed.workspace);
    await expect(ask(engine, path, 0, 200)).rejects.toThrow('no other recording, can be compared with the selection');
  });

  it('leaves out a file that changed or is gone, and says so', async () => {
    const path = bed.workspace.write('a.csv', burst(300));
    bed.workspace.write('b.csv', burst(700));
    bed.workspace.write('c.csv', burst(700));
    const engine = await bed.tested.open(bed.workspace);
    bed.workspace.write('b.csv', burst(700, { steps: 1000 }));
    rmSync(bed.workspace.path('c.csv'));
    const found = await ask(engine, path, 300, 460);
    expect(found.rows.map(({ sequence }) => sequence.file)).toEqual(['a.csv']);
    expect(found.left.map(({ reason }) => reason)).toContain('it changed since it was indexed');
    expect(found.left).toHaveLength(2);
  });

  it('is a recording longer than the budget, which is told of', async () => {
    const path = bed.workspace.write('a.csv', burst(300));
    bed.workspace.write('long.csv', burst(700, { steps: 3000 }));
    const engine = await bed.tested.open(bed.workspace, { maximumSteps: 2000 });
    const found = await ask(engine, path, 300, 460);
    expect(found.left).toEqual([{ recordings: 1, reason: 'they have more than 2,000 time steps' }]);
  });

  it('stops when nobody waits any more', async () => {
    const path = bed.workspace.write('a.csv', burst(300));
    const engine = await bed.tested.open(bed.workspace);
    const nobody = new AbortController();
    const asked = engine.ask(
      'windows',
      { query: { path, number: 0 }, span: { start: 0, end: 160 }, among: { kind: 'layout' }, each: 'all', limit: 5 },
      nobody.signal,
    );
    nobody.abort();
    await expect(asked).rejects.toThrow('abort');
  });
});

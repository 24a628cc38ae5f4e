import { describe, expect, it } from 'vitest';
import { testBed } from './workspace';

const bed = testBed();
/** A recording of one kind of swing, sampled at a rate: `t` in seconds, and `x`. */
function swing(kind: number, rate: number): string {
  const rows = Array.from({ length: 12 * rate }, (_, i) => {
    const t = i / rate;
    const x = Math.sin(2 * Math.PI * (1 + kind) * t) + 0.5 * Math.sin(2 * Math.PI * (2.5 + 3 * kind) * t + kind);
    return `${t.toFixed(6)},${x.toFixed(5)}`;
  });
  return `t [s],x\n${rows.join('\n')}\n`;
}

describe('recordings of one layout at different rates', () => {
  const rates = [100, 50, 128];

  it('find their twins first', async () => {
    for (const kind of [0, 1, 2])
      for (const rate of rates) bed.workspace.write(`k${kind}-${rate}.csv`, swing(kind, rate));
    bed.workspace.write('k3-100.csv', swing(3, 100));
    const engine = await bed.tested.open(bed.workspace);
    await engine.indexed();
    for (const kind of [0, 1, 2]) {
      const query = { path: bed.workspace.path(`k${kind}-50.csv`), number: 0 };
      const { matches, query: found } = await engine.ask('search', { query, scope: 'layout', limit: 2 });
      expect(matches.map(({ sequence }) => sequence.file.slice(0, 2))).toEqual([`k${kind}`, `k${kind}`]);
      expect(found).toMatchObject({ rate: 50, notes: expect.arrayContaining(['compared at 100 Hz']) as string[] });
    }
  });

  it('are explained in their own time steps, and the parts sum to the distance', async () => {
    bed.workspace.write('a.csv', swing(0, 100));
    bed.workspace.write('b.csv', swing(0, 100));
    bed.workspace.write('c.csv', swing(1, 128));
    const engine = await bed.tested.open(bed.workspace);
    await engine.indexed();
    const [query, match] = ['a.csv', 'c.csv'].map((name) => ({ path: bed.workspace.path(name), number: 0 }));
    if (query === undefined || match === undefined) throw new Error('two recordings are compared');
    const pair = { query, match, scope: 'layout', weights: null } as const;
    const { distance } = await engine.ask('explain', { ...pair, features: 1 });
    const spans = { querySpan: null, matchSpan: null };
    const timeline = await engine.ask('timeline', { ...pair, ...spans, columns: 50, channels: [0] });
    expect(timeline.match.steps).toBe(12 * 128);
    for (const { costs } of [timeline.query, timeline.match]) {
      expect(costs.reduce((sum, cost) => sum + cost, 0)).toBeCloseTo(distance, 5);
    }
  });
});

describe('rules of reading', () => {
  it('hold for the files that they name, also after they have changed', async () => {
    bed.workspace.write('a.csv', swing(0, 100));
    bed.workspace.write('.kindred/reading.json', '{ "rules": [{ "files": "a.csv", "rate": 25, "names": ["up"] }] }');
    const engine = await bed.tested.open(bed.workspace, {}, true);
    await engine.indexed();
    const first = await engine.ask('sequences', { path: bed.workspace.path('a.csv') });
    expect(first).toMatchObject([{ rate: 25, channels: ['up'] }]);
    // The first change may be found by the scan that follows the start of watching.
    for (const rate of [20, 30]) {
      bed.workspace.write('.kindred/reading.json', `{ "rules": [{ "files": "a.csv", "rate": ${rate} }] }`);
      await bed.tested.eventually(async () => {
        const [sequence] = await engine.ask('sequences', { path: bed.workspace.path('a.csv') });
        return sequence?.rate === rate;
      });
    }
  });

  it('that cannot be used are listed with their line, and every file is read as usual', async () => {
    bed.workspace.write('a.csv', swing(0, 100));
    bed.workspace.write('.kindred/reading.json', '{ "rules": [\n{ "files": "a.csv", "rate": "fast" }] }');
    const engine = await bed.tested.open(bed.workspace);
    await engine.indexed();
    const [skipped] = await engine.ask('skipped', {});
    expect(skipped?.reason).toMatch(/line 2: "rules.0.rate"/);
    expect(await engine.ask('sequences', { path: bed.workspace.path('a.csv') })).toMatchObject([{ rate: 100 }]);
  });
});

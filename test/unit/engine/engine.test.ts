import { copyFileSync, renameSync, rmSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Engine } from '../../../src/engine/engine';
import type { SearchResult } from '../../../src/protocol/engine';
import { recording, testBed } from './workspace';

const bed = testBed();
const never = new AbortController().signal;

function search(engine: Engine, name: string, scope: 'layout' | 'all' = 'layout', limit = 20): Promise<SearchResult> {
  return engine.ask('search', { query: { path: bed.workspace.path(name), number: 0 }, scope, limit }, never);
}

const filesOf = ({ matches }: SearchResult) => matches.map(({ sequence }) => sequence.file);

describe('indexing and searching', () => {
  beforeEach(() => {
    bed.workspace.write('slow/a.csv', recording(0.1));
    bed.workspace.write('slow/b.csv', recording(0.1, { phase: 1 }));
    bed.workspace.write('fast/c.csv', recording(0.9));
    bed.workspace.write('fast/d.csv', recording(0.9, { phase: 1 }));
  });

  it('ranks the recordings of the same kind first, and never the query itself', async () => {
    const engine = await bed.newEngine().open(bed.workspace);
    const result = await search(engine, 'slow/a.csv');
    expect(filesOf(result)[0]).toBe('slow/b.csv');
    expect(filesOf(result)).toHaveLength(3);
    expect(result.candidates).toBe(3);
    expect(result.matches.map(({ rank }) => rank)).toEqual([1, 2, 3]);
    expect(result.matches[0]!.distance).toBeLessThan(result.matches[1]!.distance / 2);
    expect(filesOf(await search(engine, 'fast/d.csv'))[0]).toBe('fast/c.csv');
    expect(await engine.ask('status', {})).toMatchObject({
      state: 'ready',
      done: 4,
      total: 4,
      sequences: 4,
      skipped: 0,
    });
  });

  it('is ready from the cache without encoding anything, with the same answer', async () => {
    const first = bed.newEngine();
    const before = await search(await first.open(bed.workspace), 'slow/a.csv');
    await first.engine.close();
    const engine = await bed.newEngine().open(bed.workspace);
    const after = await search(engine, 'slow/a.csv');
    expect(await engine.ask('diagnostics', {})).toMatchObject({ filesEncoded: 0, filesFromCache: 4 });
    expect(after.matches).toEqual(before.matches);
  });

  it('uses the embedding of a renamed file again', async () => {
    const first = bed.newEngine();
    await first.open(bed.workspace);
    await first.engine.close();
    renameSync(bed.workspace.path('slow/b.csv'), bed.workspace.path('renamed.csv'));
    const engine = await bed.newEngine().open(bed.workspace);
    expect((await engine.ask('diagnostics', {})).filesEncoded).toBe(0);
    expect(filesOf(await search(engine, 'slow/a.csv'))[0]).toBe('renamed.csv');
  });

  it('encodes again only what changed', async () => {
    const first = bed.newEngine();
    await first.open(bed.workspace);
    await first.engine.close();
    bed.workspace.write('slow/b.csv', recording(0.9, { phase: 2 }));
    rmSync(bed.workspace.path('fast/d.csv'));
    const engine = await bed.newEngine().open(bed.workspace);
    expect((await engine.ask('diagnostics', {})).filesEncoded).toBe(1);
    expect(filesOf(await search(engine, 'fast/c.csv'))).toEqual(['slow/b.csv', 'slow/a.csv']);
  });

  it('embeds again when a setting or the way of reading changes, and finds the old embeddings when it changes back', async () => {
    const first = bed.newEngine();
    await first.open(bed.workspace);
    await first.engine.ask('configure', { settings: { ...first.settings, maximumSteps: 64 } });
    await first.engine.indexed();
    expect((await first.engine.ask('diagnostics', {})).filesEncoded).toBe(4);
    const { query } = await search(first.engine, 'slow/a.csv');
    expect(query.covered).toBeCloseTo(64 / 200, 2);
    await first.engine.ask('configure', { settings: { ...first.settings, maximumSteps: 262_144 } });
    await first.engine.indexed();
    expect((await first.engine.ask('diagnostics', {})).filesEncoded).toBe(0);
  });

  it('finds the matches of a file that is not in the index', async () => {
    bed.workspace.write('.hidden/query.csv', recording(0.9, { phase: 3 }));
    const engine = await bed.newEngine().open(bed.workspace);
    const result = await search(engine, '.hidden/query.csv');
    expect(filesOf(result).slice(0, 2).sort()).toEqual(['fast/c.csv', 'fast/d.csv']);
    expect(result.candidates).toBe(4);
    expect((await engine.ask('status', {})).sequences).toBe(4);
  });

  it('ranks within the layout unless all layouts are asked for', async () => {
    bed.workspace.write('other.csv', recording(0.1).replace('x,y', 'p,q'));
    const engine = await bed.newEngine().open(bed.workspace);
    const own = await search(engine, 'other.csv');
    expect(own).toMatchObject({ matches: [], candidates: 0, elsewhere: 4 });
    const all = await search(engine, 'other.csv', 'all');
    expect(filesOf(all).slice(0, 2).sort()).toEqual(['slow/a.csv', 'slow/b.csv']);
    expect(all.candidates).toBe(4);
    expect((await search(engine, 'slow/a.csv')).elsewhere).toBe(1);
  });

  it('ranks recordings that hold the same channels in another order as one layout', async () => {
    const columns = recording(0.1)
      .trim()
      .split('\n')
      .map((line) => line.split(','));
    bed.workspace.write('turned.csv', `${columns.map(([x = '', y = '']) => `${y},${x}`).join('\n')}\n`);
    bed.workspace.write('slow/a.csv', recording(0.1));
    const engine = await bed.newEngine().open(bed.workspace);
    const { matches } = await search(engine, 'slow/a.csv');
    expect(matches[0]).toMatchObject({ distance: 0, sequence: { file: 'turned.csv', channels: ['x', 'y'] } });
  });

  it('gives files the labels of labels.csv', async () => {
    bed.workspace.write('labels.csv', 'path,label\nslow/a.csv,"<b>slow</b>"\n./slow/b.csv,slow\nnowhere.csv,x\n');
    const engine = await bed.newEngine().open(bed.workspace);
    const result = await search(engine, 'slow/a.csv');
    expect(result.query.label).toBe('<b>slow</b>');
    expect(result.matches[0]!.sequence.label).toBe('slow');
    expect(result.matches[1]!.sequence.label).toBeNull();
    expect(await engine.ask('status', {})).toMatchObject({ total: 4, skipped: 0 });
  });

  it('reduces a plot to pixel columns', async () => {
    const engine = await bed.newEngine().open(bed.workspace);
    const ref = { path: bed.workspace.path('slow/a.csv'), number: 0 };
    const plot = await engine.ask('plot', { ref, columns: 50, channels: 1 }, never);
    expect(plot).toMatchObject({ steps: 200, rate: null, hidden: 1 });
    expect(plot.channels[0]!.minimum).toHaveLength(50);
    expect(Math.max(...plot.channels[0]!.maximum)).toBeCloseTo(1.07, 1);
    expect(Math.max(...plot.channels[0]!.mean)).toBeLessThan(Math.max(...plot.channels[0]!.maximum));
    rmSync(ref.path);
    await expect(engine.ask('plot', { ref, columns: 50, channels: 1 }, never)).rejects.toThrow(
      /slow\/a\.csv cannot be used/,
    );
  });

  it('says what is wrong with a query, and to which file', async () => {
    bed.workspace.write('text.csv', 'name\nAda\nGrace\n');
    bed.workspace.write('script.ts', 'export const x: number = 1;\n');
    const engine = await bed.newEngine().open(bed.workspace);
    await expect(search(engine, 'text.csv')).rejects.toThrow(/^text\.csv cannot be used, because .+\.$/);
    await expect(search(engine, 'script.ts')).rejects.toThrow(/no format that Kindred reads/);
    await expect(search(engine, 'gone.csv')).rejects.toThrow(/gone\.csv cannot be used, because it does not exist/);
    const beyond = { query: { path: bed.workspace.path('slow/a.csv'), number: 7 }, scope: 'layout', limit: 1 } as const;
    await expect(engine.ask('search', beyond, never)).rejects.toThrow(/no sequence number 8/);
  });

  it('is shared by two windows', async () => {
    const one = bed.newEngine();
    const two = bed.newEngine();
    await Promise.all([one.open(bed.workspace), two.open(bed.workspace)]);
    expect((await search(one.engine, 'slow/a.csv')).matches).toEqual((await search(two.engine, 'slow/a.csv')).matches);
  });

  it('pauses, goes on, clears and rebuilds', async () => {
    const tested = bed.newEngine();
    const { engine } = tested;
    await tested.open(bed.workspace, {}, true);
    await engine.ask('pause', {});
    expect((await engine.ask('status', {})).state).toBe('paused');
    await engine.ask('resume', {});
    await tested.eventually(({ state, sequences }) => state === 'ready' && sequences === 4);
    expect(await engine.ask('clear', {})).toMatchObject({ state: 'paused', sequences: 0 });
    await engine.ask('resume', {});
    await tested.eventually(({ state, sequences }) => state === 'ready' && sequences === 4);
    const encoded = (await engine.ask('diagnostics', {})).filesEncoded;
    await engine.ask('rebuild', {});
    await tested.eventually(({ state, sequences }) => state === 'ready' && sequences === 4);
    expect((await engine.ask('diagnostics', {})).filesEncoded).toBe(encoded + 4);
  });
});

describe('following the file system', () => {
  it('follows files that are added, changed, renamed and deleted', async () => {
    bed.workspace.write('a.csv', recording(0.1));
    bed.workspace.write('b.csv', recording(0.9));
    const tested = bed.newEngine();
    const engine = await tested.open(bed.workspace, {}, true);
    await engine.indexed();
    const nearestTo = async (name: string) => {
      const { matches } = await search(engine, name);
      return matches[0]?.sequence.file;
    };
    bed.workspace.write('deep/down/c.csv', recording(0.1, { phase: 1 }));
    await tested.eventually(async () => (await nearestTo('a.csv')) === 'deep/down/c.csv');
    copyFileSync(bed.workspace.path('b.csv'), bed.workspace.path('deep/down/c.csv'));
    await tested.eventually(async () => (await search(engine, 'b.csv')).matches[0]!.distance === 0);
    expect(await nearestTo('b.csv')).toBe('deep/down/c.csv');
    const encoded = (await engine.ask('diagnostics', {})).filesEncoded;
    renameSync(bed.workspace.path('deep'), bed.workspace.path('moved'));
    await tested.eventually(async () => (await nearestTo('b.csv')) === 'moved/down/c.csv');
    expect((await engine.ask('diagnostics', {})).filesEncoded).toBe(encoded);
    rmSync(bed.workspace.path('moved'), { recursive: true });
    await tested.eventually(({ sequences }) => sequences === 2);
    expect(filesOf(await search(engine, 'a.csv'))).toEqual(['b.csv']);
  });

  it('reads a record again when only its signal file changes', async () => {
    const signal = (period: number) =>
      new Uint8Array(Int16Array.from({ length: 256 }, (_, t) => 100 * (t % period)).buffer);
    bed.workspace.write('r.hea', 'r 1 100 256\nr.dat 16 100 16 0 0 0 0 ECG\n');
    bed.workspace.write('r.dat', signal(7));
    const tested = bed.newEngine();
    const engine = await tested.open(bed.workspace, { threads: 1 }, true);
    await tested.eventually(({ state, sequences }) => state === 'ready' && sequences === 1);
    const highest = async () => {
      const ref = { path: bed.workspace.path('r.hea'), number: 0 };
      const { channels } = await engine.ask('plot', { ref, columns: 10, channels: 1 }, never);
      return Math.max(...channels[0]!.maximum);
    };
    expect(await highest()).toBeCloseTo(6);
    const before = (await engine.ask('diagnostics', {})).filesEncoded;
    bed.workspace.write('r.dat', signal(31));
    await tested.eventually(async () => (await engine.ask('diagnostics', {})).filesEncoded > before);
    expect(await highest()).toBeCloseTo(30);
    bed.workspace.write('copy.hea', 'copy 1 100 256\ncopy.dat 16 100 16 0 0 0 0 ECG\n');
    bed.workspace.write('copy.dat', signal(31));
    await tested.eventually(async () => (await search(engine, 'r.hea')).matches[0]?.distance === 0);
  });

  it('forgets a file whose content is no recording any more, and counts files truly all the while', async () => {
    const series = `@problemName x\n@univariate true\n@classLabel false\n@data\n${'1,2,3,2,'.repeat(9)}1\n`;
    bed.workspace.write('a.csv', recording(0.1));
    bed.workspace.write('b.ts', series);
    bed.workspace.write('c.ts', 'export const answer = 42;\n');
    const tested = bed.newEngine();
    const engine = await tested.open(bed.workspace, {}, true);
    await tested.eventually(({ state, done, total }) => state === 'ready' && done === 2 && total === 2);
    bed.workspace.write('b.ts', 'export const other = 43;\n');
    await tested.eventually(({ state, done, total }) => state === 'ready' && done === 1 && total === 1);
    bed.workspace.write('b.ts', series);
    await tested.eventually(({ state, done, total }) => state === 'ready' && done === 2 && total === 2);
    expect(await engine.ask('skipped', {})).toEqual([]);
  });

  it('reads labels and .gitignore files again', async () => {
    bed.workspace.write('a.csv', recording(0.1));
    bed.workspace.write('b.csv', recording(0.9));
    const tested = bed.newEngine();
    const engine = await tested.open(bed.workspace, {}, true);
    await engine.indexed();
    bed.workspace.write('labels.csv', 'path,label\na.csv,slow\n');
    await tested.eventually(async () => (await search(engine, 'a.csv')).query.label === 'slow');
    bed.workspace.write('.gitignore', 'b.csv\n');
    await tested.eventually(({ state, sequences }) => state === 'ready' && sequences === 1);
  });
});

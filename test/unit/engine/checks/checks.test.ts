import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { randomOf } from '../../../../src/core/distributions/random';
import type { Engine } from '../../../../src/engine/engine';
import type { Params } from '../../../../src/protocol/engine';
import { TestEngine, TestWorkspace } from '../workspace';

let workspace: TestWorkspace;
let tested: TestEngine;

beforeEach(() => {
  workspace = new TestWorkspace();
  tested = new TestEngine();
});

afterEach(async () => {
  await tested.engine.close();
  workspace.remove();
});

/** Values of one of two kinds: a slow or a fast wave, each with noise of its own. */
function series(name: string, kind: 0 | 1, steps = 600): number[] {
  const random = randomOf(1, name);
  const [phase, pace] = [random.uniform(0, 6), kind === 0 ? 0.05 : 0.4];
  return Array.from({ length: steps }, (_, i) => Math.sin(phase + pace * i) + 0.1 * random.normal());
}

const csv = (values: readonly number[]) => ['v', ...values.map((value) => value.toFixed(5)), ''].join('\n');

const plain = { layout: null, from: 0, count: 50, ignored: false } as const;

/** Asks until all samples were looked at. */
async function looked<Name extends 'overviewDuplicates' | 'overviewOutliers'>(
  engine: Engine,
  name: Name,
  params: Params<Name>,
) {
  for (;;) {
    const answer = await engine.ask(name, params);
    if (answer.looked === undefined || answer.looked.done === answer.looked.total) return answer;
  }
}

function writeKinds(count = 12): string[] {
  return Array.from({ length: 2 * count }, (_, i) => {
    const kind = i < count ? 0 : 1;
    return workspace.write(`${kind === 0 ? 'slow' : 'fast'}/${i}.csv`, csv(series(`s${i}`, kind)));
  });
}

const names = (rows: readonly { readonly sequence: { readonly file: string } }[]) =>
  rows.map(({ sequence }) => sequence.file);

describe('the checks of a folder', () => {
  it('find copies with their kinds, keep the longest, and remember what is ignored', async () => {
    const paths = writeKinds();
    const values = series('s3', 0);
    const same = workspace.write('copies/same.csv', readFileSync(paths[5]!));
    const inverted = workspace.write('copies/inverted.csv', csv(values.map((value) => -value)));
    const cut = workspace.write('copies/cut.csv', csv(series('s14', 1).slice(100, 500)));
    const engine = await tested.open(workspace);
    const asked = { ...plain, threshold: null };
    const found = await looked(engine, 'overviewDuplicates', asked);
    const clusters = found.rows.map(({ members }) => members.map(({ sequence }) => sequence.ref.path));
    expect(new Set(clusters.map((members) => members.toSorted().join()))).toEqual(
      new Set([
        [paths[5]!, same].toSorted().join(),
        [paths[3]!, inverted].toSorted().join(),
        [paths[14]!, cut].toSorted().join(),
      ]),
    );
    expect(clusters.find((members) => members.includes(cut))?.[0]).toBe(paths[14]);
    expect(found).toMatchObject({ total: 3, ignored: 0 });
    expect(found.counts.sequences[0]).toBeGreaterThanOrEqual(6);
    const kindOf = (kept: string, other: string) =>
      engine.ask('overviewCopy', { kept: { path: kept, number: 0 }, other: { path: other, number: 0 } });
    expect(await kindOf(paths[5]!, same)).toMatchObject({ kind: 'bytes' });
    expect(await kindOf(paths[3]!, inverted)).toMatchObject({ kind: 'inverted' });
    expect(await kindOf(paths[14]!, cut)).toMatchObject({ kind: 'cut', amount: 100 });
    expect(await kindOf(paths[14]!, same)).toMatchObject({ kind: 'alike' });

    const sequences = clusters.find((members) => members.includes(cut))!.map((path) => ({ path, number: 0 }));
    await engine.ask('overviewIgnore', { check: 'duplicates', sequences, ignored: true });
    expect(await engine.ask('overviewDuplicates', asked)).toMatchObject({ total: 2, ignored: 1 });
    const ignored = await engine.ask('overviewDuplicates', { ...asked, ignored: true });
    expect(ignored.rows[0]?.members[0]?.sequence.ref.path).toBe(paths[14]);
    await engine.ask('overviewIgnore', { check: 'duplicates', sequences, ignored: false });
    expect(await engine.ask('overviewDuplicates', asked)).toMatchObject({ total: 3, ignored: 0 });
  });

  it('find what is broken, and tell how', async () => {
    writeKinds();
    const path = workspace.write('broken.csv', csv(series('broken', 0).map((value) => 1000 * value)));
    const held = workspace.write(
      'held.csv',
      csv(series('held', 1).map((value, i) => (i > 100 && i < 400 ? 0.5 : value))),
    );
    const engine = await tested.open(workspace);
    const found = await looked(engine, 'overviewOutliers', plain);
    expect(names(found.rows)).toEqual(expect.arrayContaining(['broken.csv', 'held.csv']));
    expect(found.total).toBeLessThanOrEqual(4);
    const faults = (of: string) => engine.ask('overviewFaults', { layout: null, sequence: { path: of, number: 0 } });
    expect((await faults(path))[0]).toMatchObject({ kind: 'unit', channel: 0, amount: 1000 });
    expect((await faults(held))[0]).toMatchObject({ kind: 'flat', channel: 0 });
    const gone = engine.ask('overviewFaults', { layout: null, sequence: { path: `${path}x`, number: 0 } });
    await expect(gone).rejects.toThrow(/not in the index/);
  });

  it('find labels that the neighbours contradict, and propose groups', async () => {
    const paths = writeKinds();
    const labels = paths.map(
      (path, i) => `${path.slice(workspace.folder.length + 1)},${i < 12 !== (i === 4) ? 'slow' : 'fast'}`,
    );
    workspace.write('labels.csv', ['path,label', ...labels, ''].join('\n'));
    const engine = await tested.open(workspace);
    const found = await engine.ask('overviewLabels', plain);
    expect(found).toMatchObject({ labelled: 24, total: 1 });
    expect(found.rows).toMatchObject([{ sequence: { file: 'slow/4.csv', label: 'fast' }, suggested: 'slow' }]);
    const groups = await engine.ask('overviewGroups', plain);
    expect(groups.rows.reduce((sum, { size }) => sum + size, 0)).toBeGreaterThan(20);
    for (const { members, size, medoid } of groups.rows) {
      expect(members).toHaveLength(size);
      expect(new Set(members.map((member) => member)).size).toBe(size);
      expect(medoid.file).toMatch(/^(slow|fast)\//);
    }
  });

  it('compare labels of a file within it alone', async () => {
    const row = (label: number, name: string, kind: 0 | 1) =>
      [label, ...series(name, kind, 100).map((value) => value.toFixed(4))].join('\t');
    for (const file of ['A', 'B']) {
      const rows = Array.from({ length: 16 }, (_, i) =>
        row((i % 2) + 1, `${file}${i}`, file === 'A' ? ((i % 2) as 0 | 1) : (((i + 1) % 2) as 0 | 1)),
      );
      workspace.write(`${file}_TRAIN.tsv`, `${rows.join('\n')}\n`);
    }
    const engine = await tested.open(workspace);
    expect(await engine.ask('overviewLabels', plain)).toMatchObject({ labelled: 32, total: 0 });
  });

  it('answer two questions at once, of one recording, and of a layout that is not there', async () => {
    const path = workspace.write('one.csv', csv(series('one', 0)));
    const engine = await tested.open(workspace);
    const asked = { ...plain, threshold: null };
    const [a, b] = await Promise.all([
      looked(engine, 'overviewDuplicates', asked),
      looked(engine, 'overviewOutliers', plain),
    ]);
    expect([a.total, b.total]).toEqual([0, 0]);
    expect(await engine.ask('overviewGroups', plain)).toMatchObject({ total: 0 });
    expect(await engine.ask('overviewFaults', { layout: null, sequence: { path, number: 0 } })).toEqual([]);
    const nothing = await looked(engine, 'overviewDuplicates', { ...asked, layout: 'no such layout' });
    expect(nothing).toMatchObject({ total: 0, suggested: 0, rows: [] });
  });
});

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Engine } from '../../../src/engine/engine';
import { RequestError } from '../../../src/engine/requestError';
import { initialWeights } from '../../../src/core/encoder/initialWeights';
import { pyramid } from '../../../src/core/encoder/architecture';
import { defaultSettings, noFilter, plainArrangement } from '../../../src/protocol/engine';
import { tuningPlan, usualTuning } from '../../../src/protocol/finetune';
import { labelOverview, type LabelSource, type SourceSummary } from '../../../src/protocol/labels';
import { encoderFile, writeEncoder } from '../../../src/core/training/trainer/encoderFile';
import { usualSettings } from '../../../src/core/training/trainer/settings';
import { longestText } from '../../../src/protocol/shapes';
import { recording, testBed } from './workspace';

const bed = testBed();
let other: string;

beforeEach(() => {
  other = mkdtempSync(join(tmpdir(), 'kindred-labelling-'));
});

afterEach(() => {
  rmSync(other, { recursive: true, force: true });
});

/** Recordings of three people by four of each, in a folder per person. */
async function people(): Promise<Engine> {
  ['anna', 'ben', 'carl'].forEach((name, p) => {
    for (let take = 1; take <= 4; take++) {
      bed.workspace.write(
        `${name}/${name}-${take}.csv`,
        recording(0.1 * (p + 1), { phase: take }).replace('x,', 'Acc X,'),
      );
    }
  });
  return bed.tested.open(bed.workspace);
}

const sourceOf = (sources: readonly SourceSummary[], kind: LabelSource['kind']) =>
  sources.find(({ source }) => source.kind === kind)!;

describe('labels in the engine', () => {
  it('are counted by where they come from, with what would be used', async () => {
    const engine = await people();
    bed.workspace.write('labels.csv', 'path,label\nanna/*.csv,a\nben/*.csv,b\n');
    await engine.ask('rebuild', {});
    await engine.indexed();
    const overview = await engine.ask('labels', { pattern: null });
    expect(v.is(labelOverview, overview)).toBe(true);
    expect(overview.sequences).toBe(12);
    expect(sourceOf(overview.sources, 'labelsFile')).toMatchObject({ sequences: 8, labels: 2, problem: null });
    const byFolder = sourceOf(overview.sources, 'folder');
    expect(byFolder.sets).toMatchObject([
      { sequences: 12, labelCount: 3, usable: true, advised: true, channels: { count: 2, names: ['Acc X', 'y'] } },
    ]);
    expect(sourceOf(overview.sources, 'inside').problem).toEqual({ kind: 'noneInside' });
    const byName = sourceOf((await engine.ask('labels', { pattern: '^([a-z]+)-' })).sources, 'fileName');
    expect(byName.preview[0]).toEqual({ file: 'anna/anna-1.csv', label: 'anna' });
    expect(sourceOf((await engine.ask('labels', { pattern: '(' })).sources, 'fileName').problem).toMatchObject({
      kind: 'patternInvalid',
    });
    expect(overview.suggestions.length).toBeGreaterThan(0);
  });

  it('by a pattern that never ends keep nobody waiting, and say what is wrong with it', async () => {
    bed.workspace.write(`${'a'.repeat(200)}!.csv`, recording(0.1));
    const engine = await people();
    const counted = engine.ask('labels', { pattern: '(a+)+$' });
    const turn = new Promise(setImmediate);
    const answers = [counted.then(() => 'labels'), turn.then(() => engine.ask('status', {})).then(() => 'status')];
    expect(await Promise.race(answers)).toBe('status');
    expect(sourceOf((await counted).sources, 'fileName').problem).toEqual({ kind: 'patternTooSlow' });
    expect(sourceOf((await engine.ask('labels', { pattern: '^([a-z]+)-' })).sources, 'fileName').problem).toBeNull();
  });

  it('are planned with a split, and refused when they have changed since', async () => {
    const engine = await people();
    const source = { kind: 'folder' } as const;
    const { sets } = sourceOf((await engine.ask('labels', { pattern: null })).sources, 'folder');
    const folder = join(other, 'plan');
    const ids = sets.map(({ id }) => id);
    const answer = await engine.ask('planTuning', { source, sets: ids, settings: usualTuning, folder });
    expect(answer).toEqual({ problem: null, sequences: 12, heldOut: 3 });
    const plan = v.parse(tuningPlan, JSON.parse(readFileSync(join(folder, 'plan.json'), 'utf8')));
    expect(plan.sets[0]?.split).toMatchObject({ heldOut: 3, sequences: 12 });
    const refused = await engine.ask('planTuning', { source, sets: ['gone'], settings: usualTuning, folder });
    expect(refused).toMatchObject({ problem: 'changed' });
  });

  it('are all kept when two are set at once', async () => {
    const engine = await people();
    const names = ['anna/anna-1.csv', 'ben/ben-1.csv', 'carl/carl-1.csv'];
    await Promise.all(
      names.map((name) =>
        engine.ask('setLabel', { targets: [{ path: bed.workspace.path(name), number: null }], label: 'mine' }),
      ),
    );
    const lines = names.map((name) => `${name},mine\n`);
    expect(readFileSync(bed.workspace.path('labels.csv'), 'utf8')).toBe(`path,label\n${lines.join('')}`);
  });

  it('are taken back step by step, unless somebody else has changed the file since', async () => {
    const engine = await people();
    const file = bed.workspace.path('labels.csv');
    const targets = ['anna/anna-1.csv', 'ben/ben-1.csv'].map((name) => ({
      path: bed.workspace.path(name),
      number: null,
    }));
    const set = (label: string) => engine.ask('setLabel', { targets, label });
    expect((await engine.ask('labelsOf', { targets })).labels).toEqual([]);
    await set('first');
    await set('second');
    expect((await engine.ask('labelsOf', { targets })).labels).toEqual([{ label: 'second', count: 2 }]);
    // Two at once are two steps.
    const undone = await Promise.all([engine.ask('undoLabels', {}), engine.ask('undoLabels', {})]);
    expect(undone.map(({ written }) => written)).toEqual([[file], [file]]);
    expect(existsSync(file)).toBe(false);
    expect((await engine.ask('labelsOf', { targets })).labels).toEqual([]);
    expect((await engine.ask('undoLabels', {})).written).toEqual([]);
    await set('third');
    const theirs = `${readFileSync(file, 'utf8')}carl/carl-1.csv,theirs\n`;
    writeFileSync(file, theirs);
    await expect(engine.ask('undoLabels', {})).rejects.toThrow('was changed after the label was set');
    expect(readFileSync(file, 'utf8')).toBe(theirs);
    expect((await engine.ask('undoLabels', {})).written).toEqual([]);
  });

  it('are set by hand, shown at once, and never lost to a file that cannot be read', async () => {
    const engine = await people();
    const path = bed.workspace.path('anna/anna-1.csv');
    await engine.ask('setLabel', { targets: [{ path, number: null }], label: 'mine' });
    expect(readFileSync(bed.workspace.path('labels.csv'), 'utf8')).toBe('path,label\nanna/anna-1.csv,mine\n');
    const [summary] = await engine.ask('sequences', { path });
    expect(summary?.label).toBe('mine');
    const outside = engine.ask('setLabel', { targets: [{ path: join(other, 'a.csv'), number: null }], label: 'x' });
    await expect(outside).rejects.toThrow(RequestError);
    bed.workspace.write('labels.csv', 'something,else\n1,2\n');
    await expect(engine.ask('setLabel', { targets: [{ path, number: null }], label: 'x' })).rejects.toThrow(
      /labels.csv cannot be changed/,
    );
    expect(readFileSync(bed.workspace.path('labels.csv'), 'utf8')).toBe('something,else\n1,2\n');
    await engine.ask('rebuild', {});
    await engine.indexed();
    expect((await engine.ask('skipped', {})).map(({ file }) => file)).toContain('labels.csv');
  });
});

describe('labels that are longer than a message may carry', () => {
  const long = (end: string) => `${'x'.repeat(longestText)} ${end}`;

  it('are counted, planned and filtered by like others, each for itself', async () => {
    const engine = await people();
    bed.workspace.write('labels.csv', `path,label\nanna/*.csv,${long('a')}\nben/*.csv,${long('b')}\n`);
    await engine.ask('rebuild', {});
    await engine.indexed();
    const overview = await engine.ask('labels', { pattern: null });
    expect(v.safeParse(labelOverview, overview).issues).toBeUndefined();
    const source = { kind: 'labelsFile' } as const;
    const { labels, sets } = sourceOf(overview.sources, source.kind);
    expect([labels, sets[0]?.labels.length]).toEqual([2, 2]);
    const folder = join(bed.workspace.storage, 'plan');
    const plan = { source, sets: sets.map(({ id }) => id), settings: usualTuning, folder };
    expect(await engine.ask('planTuning', plan)).toMatchObject({ problem: null, sequences: 8 });
    const planned = v.parse(tuningPlan, JSON.parse(readFileSync(join(folder, 'plan.json'), 'utf8')));
    expect(new Set(planned.sets.flatMap(({ sequences }) => sequences.map(({ label }) => label))).size).toBe(2);

    const query = { path: bed.workspace.path('anna/anna-1.csv'), number: 0 };
    const { labels: found } = await engine.ask('facets', { query, scope: 'all' });
    const label = found.find(({ count, value }) => value !== null && count === 4)?.value ?? null;
    const asked = { query, scope: 'all', weights: null, from: 0, count: 100 } as const;
    const arrangement = { ...plainArrangement, filter: { ...noFilter, labels: [label] } };
    const { items } = await engine.ask('rank', { ...asked, arrangement });
    expect(items.map((item) => item.kind === 'match' && item.sequence.file.split('/')[0])).toEqual(
      Array(4).fill('ben'),
    );
  });

  it('leave sets usable whose channels have long names', async () => {
    const channels = Array.from({ length: 30 }, (_, c) => `${'x'.repeat(190)} ${c}`);
    for (const name of ['anna', 'ben']) {
      for (let take = 0; take < 3; take++) {
        const rows = Array.from({ length: 40 }, (_, t) =>
          channels.map((_, c) => Math.sin(t * (c + take + 1) + name.length).toFixed(3)),
        );
        bed.workspace.write(`${name}/${take}.csv`, [channels, ...rows].map((row) => row.join(',')).join('\n'));
      }
    }
    const engine = await bed.tested.open(bed.workspace);
    const overview = await engine.ask('labels', { pattern: null });
    expect(v.safeParse(labelOverview, overview).issues).toBeUndefined();
    const source = { kind: 'folder' } as const;
    const sets = sourceOf(overview.sources, 'folder').sets.map(({ id }) => id);
    const plan = { source, sets, settings: usualTuning, folder: join(bed.workspace.storage, 'plan') };
    expect(await engine.ask('planTuning', plan)).toMatchObject({ problem: null, sequences: 6 });
  });
});

describe('a label for single sequences', () => {
  const many = (rows: number) =>
    Array.from({ length: rows }, (_, row) =>
      [1 + (row % 2), ...Array.from({ length: 32 }, (_, step) => Math.sin(step * (0.2 + row / 9)).toFixed(4))].join(
        '\t',
      ),
    ).join('\n');

  it('has a number only where the file and its lines leave a doubt', async () => {
    bed.workspace.write('Many_TRAIN.tsv', `${many(3)}\n`);
    bed.workspace.write('Lone_TRAIN.tsv', `${many(1)}\n`);
    const alone = bed.workspace.write('alone.csv', recording(0.1));
    const named = bed.workspace.write('named.csv', recording(0.2));
    bed.workspace.write('labels.csv', 'path,sequence,label\nnamed.csv,1,old\n');
    const engine = await bed.tested.open(bed.workspace);
    const targets = [
      { path: alone, number: 0 },
      { path: named, number: 0 },
      { path: bed.workspace.path('Many_TRAIN.tsv'), number: 2 },
      { path: bed.workspace.path('Lone_TRAIN.tsv'), number: 0 },
    ];
    await engine.ask('setLabel', { targets, label: 'new' });
    expect(readFileSync(bed.workspace.path('labels.csv'), 'utf8')).toBe(
      'path,sequence,label\nnamed.csv,1,new\nalone.csv,,new\nMany_TRAIN.tsv,3,new\nLone_TRAIN.tsv,1,new\n',
    );
    for (const { path, number } of targets) {
      const summaries = await engine.ask('sequences', { path });
      expect(summaries[number]?.label, path).toBe('new');
    }
  });
});

describe('another encoder', () => {
  const open = (engine: Engine, models: string) =>
    engine.ask('open', {
      folders: [{ name: 'test', path: bed.workspace.folder }],
      storage: bed.workspace.storage,
      models,
      bundledModels: resolve('models'),
      settings: defaultSettings,
      watch: false,
    });

  it('has an index of its own, and going back takes the other from the cache', async () => {
    const engine = await people();
    const { objective } = usualSettings;
    await writeEncoder(
      other,
      encoderFile(pyramid, objective.levels, initialWeights(pyramid, 9), { name: 'other', training: '' }),
    );
    await open(engine, other);
    await engine.indexed();
    expect(await engine.ask('diagnostics', {})).toMatchObject({ encoder: { name: 'other' }, filesEncoded: 12 });
    await open(engine, resolve('models'));
    await engine.indexed();
    expect(await engine.ask('diagnostics', {})).toMatchObject({ filesEncoded: 0, filesFromCache: 12 });
  });

  it('that cannot be used gives way to the bundled one, and says so', async () => {
    const engine = await people();
    writeFileSync(join(other, 'encoder.onnx'), 'nothing');
    const status = await open(engine, other);
    expect(status.problem).toMatch(/The bundled encoder is used instead\.$/);
    await engine.indexed();
    expect((await engine.ask('status', {})).sequences).toBe(12);
  });
});

import { mkdir, readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { MethodName } from '../../../../../src/core/training/reproduction/methods';
import { reproduce, type ReproductionOptions } from '../../../../../src/core/training/reproduction/reproduce';
import { usualBudget } from '../../../../../src/core/training/reproduction/results';
import { studyOf } from '../../../../../src/core/training/reproduction/studies';
import { writeReport } from '../../../../../src/core/training/reproduction/writeReport';
import { tiny } from '../trainer/settings';
import { packOfSeries, temporaryFolder, writePack } from '../packs/writePack';

const trained: readonly MethodName[] = ['mean', 'd1'];

/** Waves of three labels in `train` and three others in `validation`, as two packs; the archive in the one of them. */
async function recordings(): Promise<string> {
  const folder = await temporaryFolder();
  for (const [i, part] of ['train', 'validation'].entries()) {
    await mkdir(join(folder, part), { recursive: true });
    const labels = Array.from({ length: 12 }, (_, n) => n % 3);
    const series = labels.map((label, n) =>
      Array.from({ length: 40 + n }, (_, t) => Math.sin((0.2 + 0.15 * i + 0.4 * label) * t + n)),
    );
    await writePack(join(folder, part, 'pen'), packOfSeries(series, { label: labels }));
    const split = labels.map((_, n) => (n < 6 ? 0 : 1));
    const json = { domain: 'ucr', column_values: { split: ['train', 'test'] } };
    await writePack(join(folder, part, 'ucr', 'Toy'), packOfSeries(series, { label: labels, split }, json));
  }
  return folder;
}

async function optionsIn(
  data: string,
  more: Partial<ReproductionOptions> = {},
): Promise<ReproductionOptions & { readonly folder: string }> {
  return {
    studies: ['pen', 'pool'].map((name) => studyOf(name, data)!),
    methods: trained,
    seeds: [1, 2],
    budget: { ...usualBudget, steps: 2, poolSteps: 3, batch: 6, length: 64 },
    architecture: tiny.objective.architecture,
    folder: join(await temporaryFolder(), 'work'),
    threads: 1,
    signal: new AbortController().signal,
    ...more,
  };
}

describe('reproduce', () => {
  it('trains every method, tests each by all, and writes a report; a second run trains nothing', async () => {
    const data = await recordings();
    let steps = 0;
    const onProgress = () => steps++;
    const options = await optionsIn(data, { onProgress });
    const results = await reproduce(options);
    expect(steps).toBe(2 * 2 * (2 + 3));
    expect(results.targets.map(({ study, name, queries }) => [study, name, queries])).toEqual([
      ['pen', 'pen', 12],
      ['pool', 'pen', 12],
      ['pool', 'UCR, mean of 1', 6],
    ]);
    for (const { methods, crossed } of results.targets) {
      expect(methods.map(({ method }) => method)).toEqual(trained);
      expect(crossed.map(({ trained }) => trained)).toEqual(trained);
      for (const { method, metrics, differences } of methods) {
        const { value, low, high } = metrics.recallAt1!;
        expect(low <= value && value <= high).toBe(true);
        expect(differences.recallAt1 === null).toBe(method === 'd1');
      }
    }
    const [, , archive] = results.targets;
    expect(archive!.methods[0]!.metrics.equalErrorRate).toBeNull();

    expect(await reproduce(options)).toEqual(results);
    expect(steps).toBe(2 * 2 * (2 + 3));

    const out = await temporaryFolder();
    await writeReport(out, results);
    expect((await readdir(out)).sort()).toEqual(['eer.svg', 'recall.svg', 'report.md', 'results.json', 'roc.svg']);
    const report = await readFile(join(out, 'report.md'), 'utf8');
    expect(report).toContain('### pool: UCR, mean of 1 (6 queries)');
    expect(report).toMatch(/Of \d+ comparisons of D₁/);
    expect(JSON.parse(await readFile(join(out, 'results.json'), 'utf8'))).toMatchObject({ seeds: [1, 2] });
  });

  it('goes on where it was interrupted, with the same outcome', async () => {
    const data = await recordings();
    const only: Partial<ReproductionOptions> = { methods: ['d1'], seeds: [1], studies: [studyOf('pen', data)!] };
    const whole = await optionsIn(data, only);
    const abort = new AbortController();
    let steps = 0;
    const cut = await optionsIn(data, {
      ...only,
      signal: abort.signal,
      onProgress: () => {
        steps++;
        abort.abort(new Error('interrupted'));
      },
    });
    await expect(reproduce(cut)).rejects.toThrow('interrupted');
    expect(steps).toBe(1);
    expect((await readdir(cut.folder)).every((name) => name.endsWith('.unfinished'))).toBe(true);
    const resumed = await reproduce({ ...cut, signal: new AbortController().signal, onProgress: () => steps++ });
    expect(steps).toBe(2);
    const { targets } = await reproduce(whole);
    expect(resumed.targets).toEqual(targets);
  });

  it('trains anew when the budget is another', async () => {
    const data = await recordings();
    let steps = 0;
    const only: Partial<ReproductionOptions> = { methods: ['d1'], seeds: [1], studies: [studyOf('pen', data)!] };
    const options = await optionsIn(data, { ...only, onProgress: () => steps++ });
    await reproduce(options);
    await reproduce({ ...options, budget: { ...options.budget, steps: 1 } });
    expect(steps).toBe(3);
  });

  it('knows when data are absent', async () => {
    const data = await recordings();
    expect(studyOf('gaze', data)).toBeNull();
    expect(studyOf('pool', join(data, 'nothing'))).toBeNull();
  });
});

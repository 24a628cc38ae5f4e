import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { trainDefaults, trainModel, type TrainOptions } from '../../../../../src/cli/trainModel';
import { weightsOf } from '../../../../../src/core/encoder/weightsOf';
import { readEncoder, type KeptView } from '../../../../../src/core/encoder/description';
import { RequestError } from '../../../../../src/engine/requestError';
import { evaluate } from '../../../../../src/core/training/evaluation/evaluate';
import { packOfSeries, temporaryFolder, writePack } from '../packs/writePack';

const { isTTY } = process.stderr;
afterEach(() => {
  process.stderr.isTTY = isTTY;
  vi.restoreAllMocks();
});

/** Waves of two frequencies with noiseless random phases. */
async function wavesIn(folder: string, name = 'waves'): Promise<string> {
  const labels = Array.from({ length: 12 }, (_, n) => n % 2);
  const series = labels.map((label, n) =>
    Array.from({ length: 50 + n }, (_, t) => Math.sin((0.3 + 0.4 * label) * t + n)),
  );
  return writePack(join(folder, name), packOfSeries(series, { label: labels }));
}

/** Runs the command, and gives what it prints. */
async function run(packs: readonly string[], out: string, other: Partial<TrainOptions> = {}, abort?: AbortSignal) {
  let printed = '';
  const print = (text: string | Uint8Array) => {
    printed += String(text);
    return true;
  };
  vi.spyOn(process.stdout, 'write').mockImplementation(print);
  vi.spyOn(process.stderr, 'write').mockImplementation(print);
  const small = { ...trainDefaults, steps: 3, batch: 8, length: 64, threads: 1, checkpointEvery: 1 };
  await trainModel(packs, { ...small, out, resume: false, ...other }, abort ?? new AbortController().signal);
  return printed;
}

describe('kindred train', () => {
  it('trains an encoder that can be evaluated, and tells its loss and figures', async () => {
    const folder = await temporaryFolder();
    const pack = await wavesIn(folder);
    const out = join(folder, 'model');
    const printed = await run([folder], out, { validate: [pack], validateEvery: 2 });
    expect(printed).toMatch(/step 3 of 3, loss \d\.\d{4}, identification mAP [01]\.\d{3}, 0 s left\n/);
    expect(printed).toContain(`Trained for 3 of 3 steps: ${out}.`);
    const { description } = await readEncoder(out);
    expect(description.features).toBe(64);
    expect(description.training).toContain(
      '3 steps of 8 sequences of up to 64 time steps, noise up to 0.3, learning rate 0.002, seed 1',
    );
    const [result] = await evaluate(out, [pack], { maximumSteps: 4096 }, new AbortController().signal);
    expect(result!.metrics.queries).toBe(12);
  });

  it('trains with filter banks, and with as much noise as asked for', async () => {
    const folder = await temporaryFolder();
    const out = join(folder, 'model');
    await run([await wavesIn(folder)], out, { architecture: 'spectral', noise: 0.1 });
    const { description } = await readEncoder(out);
    expect(description.features).toBe(112);
    expect(description.network!.levels.filter(({ powers }) => powers)).toHaveLength(2);
    expect(description.training).toContain('noise up to 0.1,');
  });

  it('trains with another loss, distance and pooling', async () => {
    const folder = await temporaryFolder();
    const out = join(folder, 'model');
    await run([await wavesIn(folder)], out, { loss: 'triplet', distance: 'cosine', pooling: 'mean-deviation' });
    expect((await readEncoder(out)).description.training).toContain('triplet loss over cosine of mean-deviation,');
  });

  it('trains an encoder further, with views and by a teacher, and goes on likewise', async () => {
    const folder = await temporaryFolder();
    const pack = await wavesIn(folder);
    const [teacher, out] = [join(folder, 'teacher'), join(folder, 'model')];
    await run([pack], teacher, { architecture: 'spectral' });
    const view: readonly KeptView[] = [
      { every: 4, weight: 0.25, levels: 3 },
      { steps: 32, weight: 0.5, levels: 2 },
    ];
    const further = { from: teacher, view, teacher, teaching: 10 };
    await run([pack], out, { ...further, timeLimit: 1e-6 });
    await run([pack], out, { ...further, resume: true });
    const [before, after] = [await readEncoder(teacher), await readEncoder(out)];
    expect(after.description.network).toEqual(before.description.network);
    expect(after.description.views).toEqual(view);
    expect(after.description.training).toContain(
      `seen every 4 steps with weight 0.25 and seen in 32 steps with weight 0.5, ` +
        `distances of ${before.description.sha256.slice(0, 12)} learned with weight 10, noise up to 0.3`,
    );
    const [was, is] = [weightsOf(before), weightsOf(after)];
    const moved = [...is].map(([name, values]) => Math.hypot(...values.map((w, i) => w - was.get(name)![i]!)));
    expect(Math.max(...moved)).toBeGreaterThan(0);
    expect(Math.max(...moved)).toBeLessThan(0.3);
    await expect(run([pack], out, { ...further, teaching: 5, resume: true })).rejects.toThrow(
      /other settings \(objective\.teacher\.weight\)/,
    );
  });

  it('keeps what is reached when interrupted, and goes on', async () => {
    const folder = await temporaryFolder();
    const pack = await wavesIn(folder);
    const out = join(folder, 'model');
    const abort = new AbortController();
    const print = vi.spyOn(process.stderr, 'write');
    // A terminal sees every step; after the first of them comes the interrupt.
    process.stderr.isTTY = true;
    print.mockImplementation(() => {
      abort.abort();
      return true;
    });
    const small = { ...trainDefaults, steps: 3, batch: 8, length: 64, threads: 1, out };
    vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    await expect(trainModel([pack], { ...small, resume: false }, abort.signal)).rejects.toThrow(/abort/);
    expect((await readEncoder(out)).description.training).toContain('stopped after 1 of its steps');
    await trainModel([pack], { ...small, resume: true }, new AbortController().signal);
    expect((await readEncoder(out)).description.training).toContain('complete');
  });

  it.each<[string, (folder: string) => Promise<[string[], Partial<TrainOptions>]>, RegExp]>([
    ['a missing pack', (folder) => Promise.resolve([[join(folder, 'none.npz')], {}]), /none\.npz/],
    ['an empty folder', (folder) => Promise.resolve([[folder], {}]), /neither packs nor labelled recordings/],
    ['a length that no stride divides', async (folder) => [[await wavesIn(folder)], { length: 50 }], /multiple of 16/],
    ['a batch that is too small', async (folder) => [[await wavesIn(folder)], { batch: 2 }], /at least four/],
    [
      'a teacher that is not there',
      async (folder) => [[await wavesIn(folder)], { teacher: join(folder, 'none') }],
      /encoder\.json cannot be read/,
    ],
    ['nothing to resume', async (folder) => [[await wavesIn(folder)], { resume: true }], /no training to resume/],
    [
      'one label only',
      async (folder) => [
        [
          await writePack(
            join(folder, 'one'),
            packOfSeries(
              [
                [1, 2],
                [2, 1],
              ],
              { label: [0, 0] },
            ),
          ),
        ],
        {},
      ],
      /same label/,
    ],
    [
      'a validation pack that cannot be read',
      async (folder) => {
        await writeFile(join(folder, 'bad.npz'), 'nonsense');
        return [[await wavesIn(folder)], { validate: [join(folder, 'bad.npz')] }];
      },
      /bad/,
    ],
  ])('refuses %s, and writes nothing', async (_, prepare, message) => {
    const folder = await temporaryFolder();
    const [packs, options] = await prepare(folder);
    const before = await readdir(folder);
    const failing = run(packs, join(folder, 'model'), options);
    await expect(failing).rejects.toThrow(message);
    await expect(failing).rejects.toThrow(RequestError);
    expect(await readdir(folder)).toEqual(before);
  });
});

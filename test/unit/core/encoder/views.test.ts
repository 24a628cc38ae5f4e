import * as fc from 'fast-check';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { distance1 } from '../../../../src/core/distributions/wasserstein';
import { quantileFunction } from '../../../../src/core/distributions/quantiles';
import { blockLevels, featureBlocks, featureSize, viewsOf, type Kept } from '../../../../src/core/encoder/blocks';
import { readEncoder } from '../../../../src/core/encoder/description';
import { embedValues, forEachFeature } from '../../../../src/core/encoder/embed';
import { loadEncoder, type EncoderSession } from '../../../../src/core/encoder/session';
import { budgetOf, viewed, viewSize, type View } from '../../../../src/core/encoder/views';
import type { Sequence } from '../../../../src/core/recordings/sequence';
import { untrainedEncoder } from '../../../../src/dev/untrainedEncoder';

fc.configureGlobal({ seed: 20220101, numRuns: 100 });

const minimum = 16;

function sequenceOf(values: Float32Array): Sequence {
  return { channels: [{ name: 'x', unit: null, values }], rate: 100, label: null, name: null, notes: [] };
}

function shown(values: Float32Array, view: View): Float32Array {
  return viewed(sequenceOf(values), view, minimum).channels[0]!.values;
}

const wave = (steps: number) => Float32Array.from({ length: steps }, (_, t) => Math.sin(0.07 * t) + 0.2 * Math.sin(t));
const anyView = fc.oneof(
  fc.record({ every: fc.integer({ min: 2, max: 40 }) }),
  fc.record({ steps: fc.integer({ min: 16, max: 300 }) }),
);
const anyValues = fc
  .array(fc.float({ noNaN: true, min: -100, max: 100 }), { minLength: minimum, maxLength: 400 })
  .map((values) => Float32Array.from(values));

describe('a view of a recording', () => {
  it('at a fraction of the rate has the mean of so many time steps each', () => {
    const values = wave(403);
    const naive = Array.from({ length: 101 }, (_, i) => {
      const cell = values.slice(4 * i, 4 * i + 4);
      return cell.reduce((sum, value) => sum + value, 0) / cell.length;
    });
    const coarse = shown(values, { every: 4 });
    expect(coarse).toHaveLength(101);
    coarse.forEach((value, i) => {
      expect(value).toBeCloseTo(naive[i]!, 5);
    });
  });

  it('of a number of steps has so many, and keeps the ends of a recording that is stretched', () => {
    const values = wave(60);
    const long = shown(values, { steps: 512 });
    expect(long).toHaveLength(512);
    expect([long[0], long.at(-1)]).toEqual([values[0], values.at(-1)]);
    expect(shown(wave(5000), { steps: 512 })).toHaveLength(512);
    expect(viewed(sequenceOf(wave(512)), { steps: 512 }, minimum).rate).toBe(100);
  });

  it('has at least as many steps as an encoder takes, covers the recording and stays within its values', () => {
    fc.assert(
      fc.property(anyValues, anyView, (values, view) => {
        const { per, steps } = viewSize(view, values.length, minimum);
        const made = shown(values, view);
        expect(made).toHaveLength(steps);
        expect(steps).toBeGreaterThanOrEqual(minimum);
        expect(Math.abs(per * steps - values.length)).toBeLessThan('every' in view ? view.every : 1e-6);
        expect(Math.min(...made)).toBeGreaterThanOrEqual(Math.min(...values) - 1e-3);
        expect(Math.max(...made)).toBeLessThanOrEqual(Math.max(...values) + 1e-3);
      }),
    );
  });

  it('that coarsens to cells of equal width keeps the mean', () => {
    fc.assert(
      fc.property(anyValues, fc.integer({ min: 16, max: 300 }), (values, steps) => {
        fc.pre(steps < values.length);
        const mean = (all: Float32Array) => all.reduce((sum, value) => sum + value, 0) / all.length;
        expect(mean(shown(values, { steps }))).toBeCloseTo(mean(values), 2);
      }),
    );
  });

  it('is encoded within its share of the time steps', () => {
    expect(budgetOf({ every: 4 }, 1001)).toBe(251);
    expect(budgetOf({ steps: 512 }, 1001)).toBe(1001);
  });
});

const course = { parts: 4, levels: 1, share: 0.25 };
const kept: Kept = {
  ...{ levels: 6, course },
  views: [
    { every: 4, weight: 0.25, levels: 3 },
    { steps: 128, weight: 0.5, levels: 2, course: { ...course, parts: 2 } },
  ],
};

describe('an encoder’s description', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kindred-views-'));
  const { description, model } = untrainedEncoder();

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  function written(views: unknown): string {
    writeFileSync(join(folder, 'encoder.onnx'), model);
    writeFileSync(join(folder, 'encoder.json'), JSON.stringify({ ...description, views }));
    return folder;
  }

  it('names views', async () => {
    expect((await readEncoder(written(kept.views))).description.views).toEqual(kept.views);
  });

  it.each([
    [[{ every: 4, levels: 3 }]],
    [[{ every: 4, steps: 16, weight: 1, levels: 3 }]],
    [[{ every: 4, weight: -1, levels: 3 }]],
    [[{ steps: 1_000_000, weight: 1, levels: 3 }]],
    [Array.from({ length: 9 }, () => ({ every: 4, weight: 1, levels: 3 }))],
  ])('is damaged with views such as %j', async (views) => {
    await expect(readEncoder(written(views))).rejects.toThrow(/description .* is damaged/);
  });
});

describe('what is kept of views', () => {
  it('follows what is kept of the recording as it was sampled', () => {
    expect(blockLevels(kept)).toEqual([6, 1, 1, 1, 1, 3, 2, 1, 1]);
    expect(featureBlocks(kept).map(({ view }) => view)).toEqual([0, 0, 0, 0, 0, 1, 2, 2, 2]);
    expect(featureSize(kept)).toBe(17);
  });

  it('weighs as the description says', () => {
    const share = [0, 1, 2].map((view) =>
      featureBlocks(kept)
        .filter((block) => block.view === view)
        .reduce((sum, { levels, scale }) => sum + (levels * scale) / featureSize(kept), 0),
    );
    [1 / 1.75, 0.25 / 1.75, 0.5 / 1.75].forEach((wanted, i) => {
      expect(share[i]).toBeCloseTo(wanted, 10);
    });
  });
});

describe('an embedding with views', () => {
  let session: EncoderSession;

  beforeAll(async () => {
    const { description, model } = untrainedEncoder();
    session = await loadEncoder({ model, description: { ...description, ...kept } });
  });

  /** The mean of the views' distances by their weights, each over the features of the view in one piece. */
  async function naiveDistance(a: Sequence, b: Sequence): Promise<number> {
    const { description } = session;
    const weights = [1, 0.25, 0.5];
    const scales = [{ centre: 0, spread: 1 }];
    let sum = 0;
    for (const [v, view] of viewsOf(description).entries()) {
      const { levels, course: ofView } = v === 0 ? kept : kept.views![v - 1]!;
      const of = async (sequence: Sequence) => {
        const features: Float32Array[] = [];
        const form = viewed(sequence, view, description.minimumSteps);
        await forEachFeature(session, form, scales, 2 ** 30, undefined, (values) => features.push(values.slice()));
        return features;
      };
      const [ofA, ofB] = [await of(a), await of(b)];
      const w1 = (f: number, from: number, to: number, q: number) => {
        const cut = (all: Float32Array) => quantileFunction(all.slice(from * all.length, to * all.length), q);
        return distance1(cut(ofA[f]!), cut(ofB[f]!));
      };
      for (let f = 0; f < description.features; f++) {
        const parts = Array.from({ length: ofView?.parts ?? 0 }, (_, i) =>
          w1(f, i / ofView!.parts, (i + 1) / ofView!.parts, ofView!.levels),
        );
        const share = ofView?.share ?? 0;
        const ofParts = parts.reduce((total, part) => total + part, 0) / Math.max(parts.length, 1);
        sum += (weights[v]! * ((1 - share) * w1(f, 0, 1, levels) + share * ofParts)) / description.features;
      }
    }
    return sum / 1.75;
  }

  it('lies as far from another as the views together', async () => {
    const [a, b] = [sequenceOf(wave(256)), sequenceOf(wave(512).map((value, t) => value * Math.cos(0.01 * t)))];
    const scales = [{ centre: 0, spread: 1 }];
    const [x, y] = [await embedValues(session, a, scales, 2 ** 30), await embedValues(session, b, scales, 2 ** 30)];
    const distance = distance1(x.values, y.values);
    expect(distance).toBeGreaterThan(0.01);
    expect(distance).toBeCloseTo(await naiveDistance(a, b), 5);
  });

  it('says what share of the recording as it was sampled was encoded, and takes the shortest', async () => {
    const scales = [{ centre: 0, spread: 1 }];
    const { covered } = await embedValues(session, sequenceOf(wave(20_000)), scales, 8192);
    expect(covered).toBeCloseTo(8192 / 20_000, 2);
    const { values } = await embedValues(session, sequenceOf(wave(16)), scales, 8192);
    expect(values.every(Number.isFinite)).toBe(true);
  });
});

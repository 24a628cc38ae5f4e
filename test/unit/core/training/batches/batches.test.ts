import { describe, expect, it } from 'vitest';
import { channelInputs, momentsOf } from '../../../../../src/core/encoder/inputs';
import { addNoise, atTempo, usualVariation, variedScale } from '../../../../../src/core/training/batches/augment';
import {
  drawBatch,
  instancePairs,
  pairsOf,
  usualBatch,
  type BatchOptions,
} from '../../../../../src/core/training/batches/batch';
import { chooseDataset, chooseInstances, chooseSequences } from '../../../../../src/core/training/batches/choose';
import { datasetOf } from '../../../../../src/core/training/batches/dataset';
import { bucketOf, drawWindows, type Window } from '../../../../../src/core/training/batches/lengths';
import { randomOf } from '../../../../../src/core/distributions/random';
import { PackError, type PackSequence } from '../../../../../src/core/training/packs/pack';
import { packScales } from '../../../../../src/core/training/packs/scales';
import { wavePack } from './datasets';

const still = { tempo: 0, ownTempo: 0, crops: 0, amplitude: 0, offset: 0, noise: 0 };
const options: BatchOptions = { ...usualBatch, sequences: 12, classes: 3, steps: 64, variation: usualVariation };
const count = <T>(items: readonly T[], found: (item: T) => boolean) => items.filter(found).length;

describe('random numbers', () => {
  it('depend on seed and step alone', () => {
    const draw = (seed: number, step: number) => {
      const random = randomOf(seed, step);
      return Array.from({ length: 5 }, () => random.unit());
    };
    expect(draw(1, 2)).toEqual(draw(1, 2));
    expect(draw(1, 3)).not.toEqual(draw(1, 2));
    expect(draw(2, 2)).not.toEqual(draw(1, 2));
  });

  it('are spread as they should be', () => {
    const random = randomOf(1, 1);
    const normal = Array.from({ length: 10_000 }, () => random.normal());
    const mean = normal.reduce((sum, x) => sum + x, 0) / normal.length;
    expect(Math.abs(mean)).toBeLessThan(0.05);
    expect(normal.reduce((sum, x) => sum + (x - mean) ** 2, 0) / normal.length).toBeCloseTo(1, 1);
    const units = Array.from({ length: 10_000 }, () => random.unit());
    expect(Math.min(...units)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...units)).toBeLessThan(1);
    expect(units.reduce((sum, x) => sum + x, 0) / units.length).toBeCloseTo(0.5, 1);
    expect(random.shuffled([1, 2, 3, 4, 5]).sort()).toEqual([1, 2, 3, 4, 5]);
  });
});

describe('data sets', () => {
  it('leave out labels without a pair that may be compared', () => {
    const pack = wavePack({ labels: 4, each: 4, parts: 2 });
    const sequences = pack.sequences.filter(({ label, columns }) => label > 0 || columns['part'] === 0);
    const { classes } = datasetOf({ ...pack, sequences });
    expect(classes).toHaveLength(3);
    expect(classes.flat().every(({ label }) => label > 0)).toBe(true);
  });

  it('refuse a pack with fewer than two labels that can be trained', () => {
    const pack = wavePack({ labels: 3, each: 2 });
    const sequences = pack.sequences.filter((_, n) => n !== 1 && n !== 2);
    expect(() => datasetOf({ ...pack, sequences })).toThrow(PackError);
    expect(() => datasetOf(wavePack({ parts: 1 }))).toThrow('cannot be trained on');
  });

  it('are drawn by kind, and by the root of their size', () => {
    const packs = [
      wavePack({ name: 'small', each: 4 }),
      wavePack({ name: 'large', each: 36 }),
      wavePack({ name: 'split', splits: true }),
    ];
    const datasets = packs.map(datasetOf);
    const drawn = Array.from({ length: 4000 }, (_, step) => chooseDataset(datasets, 0.4, randomOf(1, step)).name);
    expect(count(drawn, (name) => name === 'split') / 4000).toBeCloseTo(0.6, 1);
    expect(count(drawn, (name) => name === 'large') / count(drawn, (name) => name === 'small')).toBeCloseTo(3, 0);
  });

  it('of one kind are drawn whatever the share', () => {
    const dataset = datasetOf(wavePack({ splits: true }));
    expect(chooseDataset([dataset], 1, randomOf(1, 1))).toBe(dataset);
    expect(() => chooseDataset([], 1, randomOf(1, 1))).toThrow('no data set');
  });
});

describe('recordings as labels of their own', () => {
  const dataset = datasetOf(wavePack({ labels: 3, each: 5, splits: true }));
  const instances = { ...options, instanceShare: 1 };

  it('come twice each, as often as there are such', () => {
    const chosen = chooseInstances(dataset, 12, randomOf(1, 1));
    expect(chosen).toHaveLength(12);
    expect(new Set(chosen).size).toBe(6);
    for (let i = 0; i < chosen.length; i += 2) expect(chosen[i]).toBe(chosen[i + 1]);
    expect(chooseInstances(dataset, 100, randomOf(1, 1))).toHaveLength(2 * dataset.sequences.length);
  });

  it('match themselves and nothing else', () => {
    const [one, other] = [dataset.sequences[7]!, dataset.sequences[2]!];
    const { positive, allowed } = instancePairs([one, one, other, other]);
    expect([...positive]).toEqual([0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0]);
    expect([...allowed]).toEqual([0, 1, 1, 1, 1, 0, 1, 1, 1, 1, 0, 1, 1, 1, 1, 0]);
  });

  it('are drawn from data sets with a split only, and varied apart', () => {
    const batch = drawBatch([dataset], instances, randomOf(1, 1));
    const size = batch.shape.sequences;
    expect(count([...batch.positive], (entry) => entry === 1)).toBe(size);
    const { inputs } = batch.seen[0]!;
    const row = inputs.length / size;
    expect(inputs.subarray(0, row)).not.toEqual(inputs.subarray(row, 2 * row));
    const unsplit = datasetOf(wavePack({ labels: 3, each: 5 }));
    const usual = drawBatch([unsplit], { ...options, instanceShare: 0 }, randomOf(1, 1));
    expect(drawBatch([unsplit], instances, randomOf(1, 1))).toEqual(usual);
  });
});

describe('the sequences of a batch', () => {
  it('are P labels with K sequences each', () => {
    const dataset = datasetOf(wavePack({ labels: 10, each: 9 }));
    const chosen = chooseSequences(dataset, 32, 8, randomOf(1, 1));
    const labels = chosen.map(({ label }) => label);
    expect(new Set(chosen).size).toBe(32);
    expect(new Set(labels).size).toBe(8);
    for (const label of labels) expect(count(labels, (other) => other === label)).toBe(4);
  });

  it('are of further labels where some have too few', () => {
    const dataset = datasetOf(wavePack({ labels: 12, each: 2 }));
    const chosen = chooseSequences(dataset, 16, 4, randomOf(1, 1));
    expect(new Set(chosen).size).toBe(16);
    expect(new Set(chosen.map(({ label }) => label)).size).toBe(8);
  });

  it('come again where there are no others, and then are no pair with themselves', () => {
    const dataset = datasetOf(wavePack({ labels: 2, each: 3 }));
    const chosen = chooseSequences(dataset, 8, 8, randomOf(1, 1));
    expect(chosen).toHaveLength(8);
    expect(new Set(chosen).size).toBe(6);
    const { positive, allowed } = pairsOf(dataset, chosen);
    chosen.forEach((a, i) => {
      chosen.forEach((b, j) => {
        expect(allowed[i * 8 + j]).toBe(a === b ? 0 : 1);
        expect(positive[i * 8 + j]).toBe(a !== b && a.label === b.label ? 1 : 0);
      });
    });
  });

  it('are not compared where the protocol forbids it', () => {
    const dataset = datasetOf(wavePack({ labels: 2, each: 4, parts: 2 }));
    const { positive, allowed } = pairsOf(dataset, dataset.sequences);
    // Labels alternate; sequences 0, 4 and 1, 5 are of the first part, 2, 6 and 3, 7 of the second.
    expect([...positive.subarray(0, 8)]).toEqual([0, 0, 1, 0, 0, 0, 1, 0]);
    expect([...allowed.subarray(0, 8)]).toEqual([0, 1, 1, 1, 0, 1, 1, 1]);
  });
});

describe('windows', () => {
  const ofLengths = (...lengths: readonly number[]) =>
    lengths.map((length): PackSequence => ({ channels: [new Float32Array(length)], label: 0, columns: { label: 0 } }));

  it('lie within their sequences and fit the batch', () => {
    for (let step = 0; step < 200; step++) {
      const windows = drawWindows(ofLengths(3, 20, 64, 500), 128, usualVariation, randomOf(1, step));
      for (const { whole, start, end, part } of windows) {
        expect(part.start).toBeGreaterThanOrEqual(0);
        expect(part.start).toBeLessThanOrEqual(start);
        expect(part.end).toBeGreaterThanOrEqual(end);
        expect(part.end).toBeLessThanOrEqual(whole);
        expect(start).toBeGreaterThanOrEqual(0);
        expect(end).toBeLessThanOrEqual(whole);
        expect(end - start).toBeGreaterThanOrEqual(16);
        expect(end - start).toBeLessThanOrEqual(128);
      }
    }
  });

  it('are whole sequences at their own tempo without variation', () => {
    const [short, long] = ofLengths(40, 64);
    expect(drawWindows([short!, long!], 128, still, randomOf(1, 1))).toEqual([
      { sequence: short, whole: 40, start: 0, end: 40, part: { start: 0, end: 40 } },
      { sequence: long, whole: 64, start: 0, end: 64, part: { start: 0, end: 64 } },
    ]);
  });

  it('of long sequences lie in the part that views of the whole see', () => {
    const [{ start, end, part }] = drawWindows(ofLengths(500), 128, still, randomOf(1, 1)) as [Window];
    expect(end - start).toBe(128);
    expect(part).toEqual({ start: 0, end: 500 });
  });

  it('are padded to a few lengths', () => {
    expect([16, 17, 33, 48, 49, 65, 97, 500].map((steps) => bucketOf(steps, 512))).toEqual([
      16, 32, 48, 48, 64, 96, 128, 512,
    ]);
    expect(bucketOf(400, 400)).toBe(400);
    for (let steps = 16; steps <= 2048; steps++) {
      expect(bucketOf(steps, 2048) % 16).toBe(0);
      expect(bucketOf(steps, 2048)).toBeLessThan(Math.max(1.5 * steps, 33));
    }
  });
});

describe('variation', () => {
  it('of tempo interpolates from the first to the last sample', () => {
    expect([...atTempo(Float32Array.of(0, 2, 4), 5)]).toEqual([0, 1, 2, 3, 4]);
    expect([...atTempo(Float32Array.of(0, 1, 2, 3, 4), 3)]).toEqual([0, 2, 4]);
    expect([...atTempo(Float32Array.of(1, 5, 2), 3)]).toEqual([1, 5, 2]);
    expect([...atTempo(Float32Array.of(7), 4)]).toEqual([7, 7, 7, 7]);
  });

  it('of amplitude and offset scales and shifts the third input alone', () => {
    const values = wavePack().sequences[0]!.channels[0]!;
    const inputs = (scale: { centre: number; spread: number }) => {
      const out = new Float32Array(3 * values.length);
      channelInputs(values, momentsOf(values), scale, 0, values.length, out, 0);
      return out.map((v) => 3 * Math.sinh(v / 3));
    };
    const plain = inputs({ centre: 0.3, spread: 2 });
    const varied = inputs(variedScale({ centre: 0.3, spread: 2 }, 1.5, 0.2));
    plain.forEach((value, i) => {
      expect(varied[i]).toBeCloseTo(i < 2 * values.length ? value : 1.5 * value + 0.2, 4);
    });
  });

  it('by noise gives the moments of a noisy channel', () => {
    const values = Float32Array.from({ length: 20_000 }, (_, t) => Math.sin(t / 3));
    const clean = momentsOf(values);
    const predicted = addNoise(values, clean, 0.5, 0, values.length, randomOf(1, 1));
    const actual = momentsOf(values);
    expect(predicted.deviation).toBeCloseTo(actual.deviation, 1);
    expect(predicted.differenceSize).toBeCloseTo(actual.differenceSize, 1);
    expect(actual.deviation).toBeGreaterThan(clean.deviation + 0.1);
  });
});

describe('a batch', () => {
  it('is the same for the same step', () => {
    const datasets = [datasetOf(wavePack({ steps: (n) => 40 + n })), datasetOf(wavePack({ channels: 3 }))];
    const draw = (step: number) => drawBatch(datasets, options, randomOf(5, step));
    expect(draw(3)).toEqual(draw(3));
    expect(draw(4)).not.toEqual(draw(3));
  });

  it('without variation holds the inputs that the encoder is given, and zeros after the end', () => {
    const pack = wavePack({ labels: 2, each: 2, channels: 2, steps: (n) => (n === 0 ? 64 : 50) });
    const dataset = datasetOf(pack);
    const batch = drawBatch([dataset], { ...options, sequences: 4, variation: still }, randomOf(1, 1));
    expect(batch.shape).toEqual({ sequences: 4, channels: 2, steps: [64] });
    const { inputs, lengths } = batch.seen[0]!;
    const rows = pack.sequences.map(({ channels }) =>
      channels.map((values, c) => {
        const own = new Float32Array(3 * values.length);
        channelInputs(values, momentsOf(values), packScales(pack)[c]!, 0, values.length, own, 0);
        const padded = new Float32Array(3 * 64);
        for (let k = 0; k < 3; k++) padded.set(own.subarray(k * values.length, (k + 1) * values.length), k * 64);
        return [...padded];
      }),
    );
    const found = lengths.map((length, i) => {
      const own = [0, 1].flatMap((c) => [...inputs.subarray((2 * i + c) * 192, (2 * i + c + 1) * 192)]);
      const n = rows.findIndex((row) => row.flat().every((value, k) => Math.abs(value - own[k]!) < 1e-6));
      expect(length).toBe(pack.sequences[n]!.channels[0]!.length);
      return n;
    });
    expect(found.sort()).toEqual([0, 1, 2, 3]);
  });

  it('of many channels takes some of them', () => {
    const dataset = datasetOf(wavePack({ channels: 9 }));
    const { shape, seen } = drawBatch([dataset], options, randomOf(1, 1));
    const { inputs } = seen[0]!;
    expect(shape.channels).toBe(4);
    expect(inputs).toHaveLength(12 * 4 * 3 * shape.steps[0]!);
    expect(inputs.every(Number.isFinite)).toBe(true);
  });
});

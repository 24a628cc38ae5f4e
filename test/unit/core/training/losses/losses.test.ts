import { describe, expect, it } from 'vitest';
import { multiply } from '../../../../../src/core/training/autodiff/arithmetic';
import type { Variable } from '../../../../../src/core/training/autodiff/tape';
import { distances, pairwiseDistances, relativeDistances } from '../../../../../src/core/training/losses/distances';
import { lossOf, type Loss } from '../../../../../src/core/training/losses/loss';
import { multiSimilarity } from '../../../../../src/core/training/losses/multiSimilarity';
import { nearest, stress } from '../../../../../src/core/training/losses/stress';
import { tripletMargin } from '../../../../../src/core/training/losses/triplet';
import { gradientError, input, valueOf, type Input } from '../autodiff/run';
import {
  naiveDistances,
  naiveMean,
  naiveMultiSimilarity,
  naiveNeighbourhood,
  naiveRelative,
  naiveTriplet,
  type Matrix,
  type Related,
} from './naive';

/** Nine sequences of three labels; those of one label and one part may not be compared. The last is alone. */
const labels = [0, 1, 2, 0, 1, 2, 0, 1, 3];
const parts = [0, 0, 1, 1, 1, 1, 1, 0, 0];
const allowed: Related = (i, j) => i !== j && !(labels[i] === labels[j] && parts[i] === parts[j]);
const positive: Related = (i, j) => allowed(i, j) && labels[i] === labels[j];
const nothing: Related = () => false;

const size = labels.length;
const embeddings = input([size, 6], 3);
/** In every column all entries differ by 1/10 and more, so that no difference changes its sign under a small step. */
const separate: Input = {
  shape: [size, 6],
  values: Float32Array.from({ length: 6 * size }, (_, k) => ((Math.floor(k / 6) * ((k % 6) + 2)) % 11) / 5 - 1),
};
const asMatrix = ({ shape, values }: Input): Matrix =>
  Array.from({ length: shape[0]! }, (_, i) => [...values.subarray(i * shape[1]!, (i + 1) * shape[1]!)]);
const mask = (related: Related): Input => ({
  shape: [size, size],
  values: Float32Array.from({ length: size * size }, (_, k) => (related(Math.floor(k / size), k % size) ? 1 : 0)),
});
const scalar = (value: number): Input => ({ shape: [], values: Float32Array.of(value) });

describe('distances of a batch', () => {
  it.each(distances)('%s equals the sum over pairs', async (kind) => {
    const values = await valueOf((x) => pairwiseDistances(x, kind), [embeddings]);
    const expected = naiveDistances(asMatrix(embeddings), kind).flat();
    expected.forEach((d, k) => {
      expect(values[k]).toBeCloseTo(d, 5);
    });
  });

  it.each(distances)('%s has the right gradient', async (kind) => {
    // Off the diagonal: there the distance has a kink.
    const inputs = [separate, mask((i, j) => i !== j)];
    const error = await gradientError((x, off) => multiply(pairwiseDistances(x, kind), off), inputs, [0]);
    expect(error).toBeLessThan(1e-4);
  });

  it('are divided by their mean over the allowed pairs', async () => {
    const all = naiveDistances(asMatrix(embeddings), 'd1');
    const values = await valueOf(
      (x, m) => relativeDistances(pairwiseDistances(x, 'd1'), m),
      [embeddings, mask(allowed)],
    );
    naiveRelative(all, allowed)
      .flat()
      .forEach((d, k) => {
        expect(values[k]).toBeCloseTo(d, 5);
      });
  });
});

const sharpness = 5;
const naive: Record<Loss, (positives: readonly number[], negatives: readonly number[]) => number> = {
  neighbourhood: naiveNeighbourhood(sharpness),
  'multi-similarity': naiveMultiSimilarity(
    multiSimilarity.positiveSharpness,
    multiSimilarity.negativeSharpness,
    multiSimilarity.threshold,
    multiSimilarity.margin,
  ),
  triplet: naiveTriplet(tripletMargin),
};

function build(loss: Loss) {
  return (d: Variable, positives: Variable, all: Variable, logSharpness: Variable) =>
    lossOf(loss, d, { positive: positives, allowed: all }, new Map([['loss.logSharpness', logSharpness]]));
}

/** Distances that are not of this world: every order of positives and negatives occurs, and none are equal. */
const given = input([size, size], 8, (x) => 1 + 0.8 * x);

describe.each(Object.keys(naive) as Loss[])('the %s loss', (loss) => {
  const value = async (positives: Related, all: Related) => {
    const inputs = [given, mask(positives), mask(all), scalar(Math.log(sharpness))];
    return (await valueOf((d, p, a, s) => build(loss)(d, p, a, s), inputs))[0]!;
  };

  it('equals the sum over anchors, forbidden pairs left out', async () => {
    const expected = naiveMean(asMatrix(given), positive, allowed, naive[loss]);
    expect(expected).toBeGreaterThan(0.1);
    expect(await value(positive, allowed)).toBeCloseTo(expected, 5);
  });

  it('changes when forbidden positives are let in', async () => {
    const different: Related = (i, j) => i !== j;
    const same: Related = (i, j) => i !== j && labels[i] === labels[j];
    const expected = naiveMean(asMatrix(given), same, different, naive[loss]);
    expect(await value(same, different)).toBeCloseTo(expected, 5);
    expect(Math.abs(expected - naiveMean(asMatrix(given), positive, allowed, naive[loss]))).toBeGreaterThan(1e-3);
  });

  it('is 0 without positives', async () => {
    expect(await value(nothing, allowed)).toBe(0);
  });

  it('has the right gradient', async () => {
    const inputs = [given, mask(positive), mask(allowed), scalar(Math.log(sharpness))];
    const checked = loss === 'neighbourhood' ? [0, 3] : [0];
    const error = await gradientError((d, p, a, s) => build(loss)(d, p, a, s), inputs, checked);
    expect(error).toBeLessThan(2e-4);
  });
});

describe('the neighbourhood loss', () => {
  it('does not overflow however sharp it is', async () => {
    const inputs = [given, mask(positive), mask(allowed), scalar(Math.log(1000))];
    const [value] = await valueOf((d, p, a, s) => build('neighbourhood')(d, p, a, s), inputs);
    expect(value).toBeGreaterThan(0);
    expect(value).toBeLessThan(Infinity);
  });
});

describe('the stress', () => {
  const taught = input([size, size], 8, (x) => 1.2 + x);
  const own = input([size, size], 9, (x) => 1.2 + x);

  it('is the mean square of the difference of logarithms over the allowed pairs', async () => {
    const [value] = await valueOf(stress, [own, taught, mask(allowed)]);
    const squares = [...own.values].flatMap((d, k) =>
      allowed(Math.floor(k / size), k % size) ? [Math.log((d + nearest) / (taught.values[k]! + nearest)) ** 2] : [],
    );
    expect(value).toBeCloseTo(squares.reduce((sum, square) => sum + square, 0) / squares.length, 4);
  });

  it('has the right gradient', async () => {
    expect(await gradientError(stress, [own, taught, mask(allowed)], [0])).toBeLessThan(1e-3);
  });
});

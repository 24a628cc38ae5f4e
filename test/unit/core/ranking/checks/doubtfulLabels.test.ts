import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomOf } from '../../../../../src/core/distributions/random';
import {
  doubtfulLabels,
  isReported,
  neighbourProbabilities,
} from '../../../../../src/core/ranking/checks/doubtfulLabels';
import { graphOfEqual, graphOfPoints, somePoints } from './graphs';

const oneScope = (labels: readonly number[]) => ({
  labels: Int32Array.from(labels),
  scopes: new Int32Array(labels.length),
});

/** Three clouds of 40 points, with the number of its cloud as the label of each. */
function clouds(seed: number) {
  const random = randomOf(seed, 'clouds');
  const labels = Array.from({ length: 120 }, (_, i) => i % 3);
  return { labels, points: labels.map((label) => [4 * label + random.normal() / 2, random.normal() / 2]) };
}

describe('doubtfulLabels', () => {
  it('are those that were changed, and no others, where classes are apart', () => {
    const { labels, points } = clouds(1);
    const changed = [4, 17, 60, 99];
    const wrong = labels.map((label, i) => (changed.includes(i) ? (label + 1) % 3 : label));
    const found = doubtfulLabels(graphOfPoints(points), oneScope(wrong));
    expect(found.map(({ sequence }) => sequence).sort((a, b) => a - b)).toEqual(changed);
    for (const doubt of found) {
      expect(doubt.suggested).toBe(labels[doubt.sequence]);
      expect(isReported(doubt)).toBe(true);
    }
  });

  it('are what confident learning says, one sequence after the other', () => {
    const labelled = somePoints.chain((points) =>
      fc.tuple(
        fc.constant(points),
        fc.array(fc.integer({ min: -1, max: 3 }), { minLength: points.length, maxLength: points.length }),
      ),
    );
    fc.assert(
      fc.property(labelled, ([points, labels]) => {
        const graph = graphOfPoints(points);
        const given = oneScope(labels);
        const all = labels.map((_, i) => neighbourProbabilities(graph, given, i));
        const threshold = (label: number) => {
          const own = all.filter((probabilities, i) => labels[i] === label && probabilities.size > 0);
          const mean = own.reduce((sum, each) => sum + (each.get(label) ?? 0), 0) / own.length;
          return own.length >= 3 && mean > 0 ? Math.min(mean, 0.5) : Infinity;
        };
        const expected = all.flatMap((probabilities, i) => {
          if (labels[i]! < 0 || threshold(labels[i]!) === Infinity) return [];
          const confident = [...probabilities].filter(([label, p]) => p >= threshold(label));
          const best = Math.max(...confident.map(([, p]) => p));
          const suggested = confident.filter(([, p]) => p === best).map(([label]) => label);
          return best > (probabilities.get(labels[i]!) ?? 0) && suggested.length > 0 ? [i] : [];
        });
        const found = doubtfulLabels(graph, given);
        expect(found.map(({ sequence }) => sequence).sort((a, b) => a - b)).toEqual(expected);
        const margins = found.map(({ confidence, given: own }) => confidence - own);
        expect(margins).toEqual([...margins].sort((a, b) => b - a));
      }),
    );
  });

  it('compare labels within their scope alone', () => {
    const { labels, points } = clouds(2);
    const scopes = Int32Array.from(labels.keys(), (i) => i % 2);
    const apart = labels.map((label, i) => label + 10 * scopes[i]!);
    expect(doubtfulLabels(graphOfPoints(points), { labels: Int32Array.from(apart), scopes })).toEqual([]);
  });

  it('are none where all labels differ, nothing is labelled, or all have one', () => {
    const { points } = clouds(3);
    const graph = graphOfPoints(points);
    for (const labels of [points.map((_, i) => i), points.map(() => -1), points.map(() => 0)]) {
      expect(doubtfulLabels(graph, oneScope(labels))).toEqual([]);
    }
    expect(doubtfulLabels(graphOfPoints([[1]]), oneScope([0]))).toEqual([]);
    expect(doubtfulLabels(graphOfPoints([[1], [1]]), oneScope([0, 1]))).toEqual([]);
  });

  it('are numbers where everything is equal', () => {
    const labels = Array.from({ length: 5000 }, (_, i) => (i % 50 === 49 ? 1 : 0));
    for (const { confidence, given } of doubtfulLabels(graphOfEqual(5000), oneScope(labels))) {
      expect(Number.isFinite(confidence) && Number.isFinite(given)).toBe(true);
    }
  });
});

describe('neighbourProbabilities', () => {
  it('sum to 1, and leave the sequence itself out', () => {
    const graph = graphOfPoints([[0], [1], [2], [4]]);
    const found = neighbourProbabilities(graph, oneScope([7, 0, 1, 1]), 0);
    expect(found.has(7)).toBe(false);
    expect((found.get(0) ?? 0) + (found.get(1) ?? 0)).toBeCloseTo(1, 12);
    // Weights are 1 / (d / 4 + 0.1) for distances of 1, 2 and 4.
    expect(found.get(0)).toBeCloseTo(1 / 0.35 / (1 / 0.35 + 1 / 0.6 + 1 / 1.1), 12);
  });
});

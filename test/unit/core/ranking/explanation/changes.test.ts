import { describe, expect, it } from 'vitest';
import { changesOf, type ChangeName } from '../../../../../src/core/ranking/explanation/changes';
import { steps, walk } from '../../../engine/simulatedPairs';

const query = walk('a');
const again = walk('b');
const found = (match: Float32Array, name: ChangeName, from = query) =>
  changesOf({ query: from, match }).find((change) => change.name === name);

describe('the respects in which two series differ', () => {
  it('are none for two series of one kind, and for constant ones', () => {
    expect(changesOf({ query, match: again })).toEqual([]);
    expect(changesOf({ query: new Float32Array(50), match: new Float32Array(50) })).toEqual([]);
  });

  it('are level and spread, by how much they differ', () => {
    expect(
      found(
        again.map((value) => value + 3),
        'level',
      )!.amount,
    ).toBeCloseTo(3, 1);
    expect(
      found(
        again.map((value) => 2 * value),
        'spread',
      )!.amount,
    ).toBeCloseTo(2, 1);
    const changed = found(
      again.map((value) => 2 * value + 3),
      'spread',
    )!.without.match;
    expect(changesOf({ query, match: changed }).map(({ name }) => name)).toEqual(['level']);
  });

  it('are trends, by how far they rise', () => {
    const drifting = again.map((value, i) => value + 4 * (i / steps));
    const trend = found(drifting, 'trend')!;
    expect(trend.amount).toBeCloseTo(4, 0);
    expect(found(trend.without.match, 'trend')).toBeUndefined();
  });

  it('are tempos, by the factor', () => {
    const tempo = found(walk('b', 1.5), 'tempo')!;
    expect(tempo.amount).toBeCloseTo(1.5, 1);
    expect(tempo.without.match.length).toBeCloseTo(steps * tempo.amount, 0);
    expect(found(tempo.without.match, 'tempo')).toBeUndefined();
  });

  it.each(['query', 'match'] as const)('are spikes of the %s, and where they are', (side) => {
    const spiked = again.map((value, i) => value + (i >= 1500 && i < 1505 ? 30 : 0));
    const peaks = side === 'match' ? found(spiked, 'peaks')! : found(query, 'peaks', spiked)!;
    expect(peaks[side]).toHaveLength(1);
    expect(peaks[side][0]!.start).toBeGreaterThan(1480);
    expect(peaks[side][0]!.end).toBeLessThan(1525);
    expect(peaks[side === 'match' ? 'query' : 'match']).toEqual([]);
    expect(changesOf(peaks.without)).toEqual([]);
  });
});

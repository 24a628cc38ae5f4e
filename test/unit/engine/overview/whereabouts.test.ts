import { expect, it } from 'vitest';
import { whereaboutsIn } from '../../../../src/engine/overview/whereabouts';
import type { OverviewStatus } from '../../../../src/protocol/overview';

const status: OverviewStatus = {
  ...{ layout: null, stage: 'ready', paused: false, done: 3, total: 3, secondsLeft: null },
  ...{ sequences: 3, version: 1, picture: 1 },
};
const ref = (path: string) => ({ path, number: 0 });
const asked = {
  query: ref('/a'),
  matches: [ref('/c'), ref('/gone'), ref('/b')],
  scope: 'layout' as const,
  weights: null,
};
const placed = (count: number) => ({
  keys: Array.from({ length: count }, (_, i) => `0 /${'abc'[i] ?? i}`),
  marks: new BigUint64Array(count),
  places: Float32Array.from({ length: 2 * count }, (_, at) => (at === 2 || at === 3 ? NaN : at / 8)),
  fresh: new Uint8Array(count),
});

it('tells where the query and its matches lie, and nothing of what has no place', () => {
  expect(whereaboutsIn(status, placed(3), asked)).toEqual({
    progress: null,
    sequences: 3,
    others: [
      [0, 0.125],
      [0.5, 0.625],
    ],
    query: [0, 0.125],
    matches: [[0.5, 0.625], null, null],
  });
});

it('knows nothing before there is a picture, and how far that is', () => {
  const at = (stage: OverviewStatus['stage'], done: number) =>
    whereaboutsIn({ ...status, stage, done, total: 4 }, null, asked);
  expect(at('indexing', 3)).toMatchObject({ progress: 0, others: [], query: null, matches: [null, null, null] });
  expect(at('neighbours', 2).progress).toBe(0.25);
  expect(at('map', 2).progress).toBe(0.75);
});

it('shows a sample of many', () => {
  expect(whereaboutsIn(status, placed(5000), asked).others.length).toBeLessThanOrEqual(1500);
});

import { evenlySpaced } from '../../distributions/evenlySpaced';
import { randomOf } from '../../distributions/random';
import type { NeighbourGraph } from '../neighbours/graph';
import type { GallerySource } from '../neighbours/source';
import { NearestRows } from '../nearest';
import type { Places } from './settling';

/** How far a map can be trusted. */
export interface MapQuality {
  /** From 0 to 1: whether those that are near on the map are near. */
  readonly trustworthiness: number;
  /** The share of the true nearest that are among as many nearest on the map. */
  readonly kept: number;
}

/** So many neighbours are looked at. */
const nearest = 10;

/** So many distances at most are computed: where all of them would be more, points are drawn at random. */
export const mostDistances = 2e7;

/**
 * How far a map can be trusted, point by point, so that others can work in between: trustworthiness (Venna and Kaski,
 * "Neighborhood preservation in nonlinear projection methods: an experimental study", ICANN 2001),
 * 1 - 2 / (n k (2n - 3k - 1)) times the sum of r(i, j) - k over all i and those j that are among the k nearest on the map but
 * not in truth, with r the true rank; and the share of true neighbours kept. k is 10, or less where there are not 21 points.
 * Up to about 4,400 points both are exact. Of more, points i are drawn at random (seeded), and both are the means over these,
 * with exact ranks among all points.
 *
 * @param source in which nothing comes or goes meanwhile
 * @returns `null` where there are not two points
 */
export function* mapQuality(
  { keys, k: width, ids }: NeighbourGraph,
  places: Places,
  source: GallerySource,
  seed: number,
  most = mostDistances,
): Generator<void, MapQuality | null> {
  const n = keys.length;
  if (n < 2) return null;
  const k = Math.max(1, Math.min(nearest, width, Math.floor((n - 1) / 2)));
  const numbers = new Map(keys.map((key, i) => [key, i]));
  const order = Uint32Array.from(source.keys(), (key) => numbers.get(key) ?? n);
  const points = drawn(n, Math.max(1, Math.floor(most / n)), seed);
  let [tooFar, kept] = [0, 0];
  for (const i of points) {
    const onMap = nearestOnMap(places, i, k);
    const truly = ids.subarray(i * width, i * width + k);
    const strangers = onMap.filter((j) => !truly.includes(j));
    kept += k - strangers.length;
    if (strangers.length > 0) tooFar += excess(source.distances(keys[i] ?? ''), order, keys, i, strangers, k);
    yield;
  }
  const worst = (k * (2 * n - 3 * k - 1)) / 2;
  return {
    trustworthiness: worst > 0 ? 1 - tooFar / points.length / worst : 1,
    kept: kept / points.length / k,
  };
}

function drawn(n: number, many: number, seed: number): readonly number[] {
  const all = Array.from({ length: n }, (_, i) => i);
  return n <= many ? all : evenlySpaced(randomOf(seed, 'quality').shuffled(all), many);
}

/** The sum of r(i, j) - k over some j. Those that are equally far are ordered by their keys. */
function excess(
  distances: Float64Array,
  order: Uint32Array,
  keys: readonly string[],
  i: number,
  strangers: readonly number[],
  k: number,
): number {
  const ofNumber = new Float64Array(keys.length);
  order.forEach((number, at) => (ofNumber[number] = distances[at]!));
  return strangers.reduce((sum, j) => {
    const own = ofNumber[j]!;
    let rank = 1;
    ofNumber.forEach((distance, other) => {
      if (other === i || other === j || distance > own) return;
      if (distance < own || (keys[other] ?? '') < (keys[j] ?? '')) rank++;
    });
    return sum + rank - k;
  }, 0);
}

function nearestOnMap(places: Places, i: number, k: number): readonly number[] {
  const found = new NearestRows(k);
  for (let j = 0; 2 * j < places.length; j++) {
    const squared = (places[2 * j]! - places[2 * i]!) ** 2 + (places[2 * j + 1]! - places[2 * i + 1]!) ** 2;
    if (j !== i && squared <= found.threshold) found.offer(j, squared);
  }
  return found.sorted().map(({ row }) => row);
}

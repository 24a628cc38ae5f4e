import { randomOf } from '../../distributions/random';
import { strengths, type Distances } from './fuzzyGraph';
import type { Places } from './settling';

/**
 * Moves and scales places so that they fill the square from -1 to 1, both axes by one factor, with the middle of their
 * extent in the middle. Points that are all in one place come to the middle.
 */
export function inSquare(places: Places): Places {
  if (places.length === 0) return new Float32Array();
  const low = { x: Infinity, y: Infinity };
  const high = { x: -Infinity, y: -Infinity };
  for (let at = 0; at < places.length; at += 2) {
    low.x = Math.min(low.x, places[at]!);
    high.x = Math.max(high.x, places[at]!);
    low.y = Math.min(low.y, places[at + 1]!);
    high.y = Math.max(high.y, places[at + 1]!);
  }
  const extent = Math.max(high.x - low.x, high.y - low.y);
  const scale = extent > 0 ? 2 / extent : 0;
  const [x, y] = [(low.x + high.x) / 2, (low.y + high.y) / 2];
  return places.map((value, at) => Math.max(-1, Math.min(1, scale * (value - ((at & 1) === 0 ? x : y)))));
}

/**
 * Gives points that have no place yet one at the mean of their neighbours' places, weighted by how strongly they belong
 * together; those that have one stay. Points that only have neighbours without a place come after these; where nobody has
 * one, points come to places at the rim that are drawn at random.
 *
 * @param places of all points, not a number where there is none; they are filled in
 * @returns how many points got one
 */
export function placeNew(graph: Distances, places: Places, seed: number): number {
  const weights = strengths(graph);
  let left: number[] = [];
  for (let i = 0; 2 * i < places.length; i++) if (Number.isNaN(places[2 * i]!)) left.push(i);
  const count = left.length;
  while (left.length > 0) {
    const found = left.map((i) => meanOf(graph, weights, places, i));
    const some = found.some((place) => place !== null);
    const after: number[] = [];
    left.forEach((i, at) => {
      // One of those that nobody is near to begins, and others follow it.
      const place = found[at] ?? (!some && at === 0 ? atRim(seed, i) : null);
      if (place === null) after.push(i);
      else places.set(place, 2 * i);
    });
    left = after;
  }
  return count;
}

type Place = readonly [number, number];

function meanOf({ k, ids }: Distances, weights: Float32Array, places: Places, i: number): Place | null {
  let [x, y, total] = [0, 0, 0];
  for (let at = i * k; at < (i + 1) * k; at++) {
    const j = ids[at]!;
    if (Number.isNaN(places[2 * j]!)) continue;
    x += weights[at]! * places[2 * j]!;
    y += weights[at]! * places[2 * j + 1]!;
    total += weights[at]!;
  }
  return total > 0 ? [x / total, y / total] : null;
}

function atRim(seed: number, i: number): Place {
  const angle = 2 * Math.PI * randomOf(seed, `rim ${i}`).unit();
  return [Math.cos(angle), Math.sin(angle)];
}

import { none } from '../../core/ranking/neighbours/rows';
import type { NeighbourGraph } from '../../core/ranking/neighbours/graph';
import type { GivenLabels } from '../../core/ranking/checks/doubtfulLabels';
import type { OverviewBefore } from '../../protocol/overview';
import { coordinates } from './points';
import type { KeptMap, KeptOverview } from './keeping';

/** What another encoder made of the same recordings before: where they lay on its map, and which was the nearest of each. */
export class Before {
  private readonly keys: readonly string[];
  private readonly rows: ReadonlyMap<string, number>;
  private readonly places: Float32Array;
  /** The row of the nearest of each, or `none`: of all that is kept of a graph no more is told. */
  private readonly nearest: Uint32Array;

  constructor({ keys, rows }: KeptOverview['graph'], { places }: KeptMap) {
    this.keys = keys;
    this.rows = new Map(keys.map((key, row) => [key, row]));
    this.places = places;
    this.nearest = Uint32Array.from(keys, (_, row) => rows.ids[row * rows.width]!);
  }

  /** x and y of each key; not a number where it had no place. */
  placesOf(keys: readonly string[]): Float32Array {
    const places = new Float32Array(2 * keys.length).fill(NaN);
    keys.forEach((key, i) => {
      const row = this.rows.get(key);
      if (row !== undefined) places.set(this.places.subarray(2 * row, 2 * row + 2), 2 * i);
    });
    return places;
  }

  /** For each key the number of the key that was its nearest, or -1. */
  nearestOf(keys: readonly string[]): Int32Array {
    const numbers = new Map(keys.map((key, i) => [key, i]));
    return Int32Array.from(keys, (key) => {
      const row = this.rows.get(key);
      const id = row === undefined ? none : this.nearest[row]!;
      return id === none ? -1 : (numbers.get(this.keys[id] ?? '') ?? -1);
    });
  }
}

/** What is shown of the map before, and of what has become of the labels. */
export function besideBefore(
  graph: NeighbourGraph,
  before: Before,
  labels: GivenLabels,
): Omit<OverviewBefore, 'version'> {
  const places = before.placesOf(graph.keys);
  return {
    x: known(coordinates(places, 0)),
    y: known(coordinates(places, 1)),
    agreeing: {
      before: agreement(before.nearestOf(graph.keys), labels),
      now: agreement(nearestIn(graph), labels),
    },
  };
}

function known(places: readonly number[]): (number | null)[] {
  return places.map((place) => (Number.isNaN(place) ? null : place));
}

/** For each sequence of a graph the number of its nearest, or -1. */
function nearestIn({ keys, k, ids }: NeighbourGraph): Int32Array {
  return Int32Array.from(keys, (_, i) => (k === 0 ? -1 : ids[i * k]!));
}

/**
 * The share of labelled sequences whose nearest has the same label, of those whose nearest has one that means the same thing;
 * `null` where there is none.
 */
export function agreement(nearest: Int32Array, { labels, scopes }: GivenLabels): number | null {
  let [agreeing, all] = [0, 0];
  nearest.forEach((other, i) => {
    if (other < 0 || labels[i]! < 0 || labels[other]! < 0 || scopes[i] !== scopes[other]) return;
    all++;
    agreeing += Number(labels[i] === labels[other]);
  });
  return all === 0 ? null : agreeing / all;
}

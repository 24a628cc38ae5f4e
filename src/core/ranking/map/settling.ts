import { xoshiro128 } from '../../distributions/random';
import type { FuzzyGraph } from './fuzzyGraph';

/** A place for each of n points: x and y, one after the other. */
export type Places = Float32Array;

/**
 * How near points are in one place of the map to points at a distance d is 1 / (1 + a d²): the curve that UMAP fits for
 * the `min_dist` for which it needs no other power than the square, which would take most of the time.
 */
const a = 1.27;

/** Others that a point is pushed away from, for each that it is drawn to. */
const repelled = 5;
const mostStep = 4;
/** Keeps points that are almost in one place from being thrown apart. */
const least = 0.001;

/**
 * Moves points until those that belong together are near one another: stochastic gradient descent on the cross entropy of
 * two fuzzy graphs (McInnes, Healy and Melville 2018, arXiv:1802.03426, algorithms 4 and 5). Each pair is visited in
 * proportion to its weight, and pushes others away that are drawn at random. The same graph, start and seed give the same
 * places.
 */
export class Settling {
  private readonly every: Float32Array;
  private readonly due: Float32Array;
  private readonly next: () => number;

  /**
   * @param places that the points have; they are moved
   * @param rounds as many there are
   * @param round how many of them were made before
   */
  constructor(
    private readonly graph: FuzzyGraph,
    readonly places: Places,
    readonly rounds: number,
    seed: number,
    private round = 0,
  ) {
    const most = graph.weights.reduce((sofar, weight) => Math.max(sofar, weight), 0);
    this.every = graph.weights.map((weight) => (weight * rounds < most ? Infinity : most / weight));
    this.due = this.every.map((every) => round + every);
    this.next = xoshiro128([seed, 0x9e3779b9, 0x243f6a88, 0xb7e15162]);
  }

  get done(): number {
    return this.round;
  }

  /** One round over all pairs that are due. */
  step(): void {
    const { due, every, graph } = this;
    const { heads, tails } = graph;
    const rate = 1 - this.round / this.rounds;
    this.round++;
    for (let pair = 0; pair < due.length; pair++) {
      if (due[pair]! > this.round) continue;
      this.attract(2 * heads[pair]!, 2 * tails[pair]!, rate);
      this.repel(2 * heads[pair]!, rate);
      this.repel(2 * tails[pair]!, rate);
      due[pair] = due[pair]! + every[pair]!;
    }
  }

  private attract(i: number, j: number, rate: number): void {
    const { places } = this;
    const dx = places[i]! - places[j]!;
    const dy = places[i + 1]! - places[j + 1]!;
    const pull = (-2 * a) / (1 + a * (dx * dx + dy * dy));
    // Each pair stands for both directions, and in both of them moves both points.
    const x = 2 * rate * limited(pull * dx);
    const y = 2 * rate * limited(pull * dy);
    places[i] = places[i]! + x;
    places[i + 1] = places[i + 1]! + y;
    places[j] = places[j]! - x;
    places[j + 1] = places[j + 1]! - y;
  }

  private repel(i: number, rate: number): void {
    const { places, next, graph } = this;
    let x = places[i]!;
    let y = places[i + 1]!;
    for (let s = 0; s < repelled; s++) {
      const j = 2 * (next() % graph.count);
      if (j === i) continue;
      const dx = x - places[j]!;
      const dy = y - places[j + 1]!;
      const squared = dx * dx + dy * dy;
      if (squared === 0) {
        // Points in one place are driven apart in a direction drawn at random.
        x += rate * (next() / 2 ** 31 - 1);
        y += rate * (next() / 2 ** 31 - 1);
        continue;
      }
      const push = 2 / ((least + squared) * (1 + a * squared));
      x += rate * limited(push * dx);
      y += rate * limited(push * dy);
    }
    places[i] = x;
    places[i + 1] = y;
  }
}

function limited(step: number): number {
  return step > mostStep ? mostStep : step < -mostStep ? -mostStep : step;
}

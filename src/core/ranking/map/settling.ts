import { xoshiro128 } from '../../distributions/random';
import type { FuzzyGraph } from './fuzzyGraph';

/** A place for each of n points: x and y, one after the other. */
export type Places = Float32Array;

/**
 * The curve 1 / (1 + a d^(2b)) that is nearest to one that is 1 up to a distance of .1 and falls as exp(.1 - d) then: what
 * UMAP fits for its usual `min_dist` of .1 and `spread` of 1.
 */
const a = 1.5769434602;
const b = 0.8950608779;

/** Others that a point is pushed away from, for each that it is drawn to. */
const repelled = 5;
const mostStep = 4;

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
      this.attract(heads[pair]!, tails[pair]!, rate);
      this.repel(heads[pair]!, rate);
      this.repel(tails[pair]!, rate);
      due[pair] = due[pair]! + every[pair]!;
    }
  }

  private attract(i: number, j: number, rate: number): void {
    const { places } = this;
    const dx = places[2 * i]! - places[2 * j]!;
    const dy = places[2 * i + 1]! - places[2 * j + 1]!;
    const squared = dx * dx + dy * dy;
    if (squared === 0) return;
    const power = Math.pow(squared, b);
    // Each pair stands for both directions, and in both of them moves both points.
    const pull = (-2 * a * b * power) / squared / (1 + a * power);
    this.move(i, pull * dx, pull * dy, 2 * rate);
    this.move(j, -pull * dx, -pull * dy, 2 * rate);
  }

  private repel(i: number, rate: number): void {
    const { places } = this;
    for (let s = 0; s < repelled; s++) {
      const j = this.next() % this.graph.count;
      if (j === i) continue;
      const dx = places[2 * i]! - places[2 * j]!;
      const dy = places[2 * i + 1]! - places[2 * j + 1]!;
      const squared = dx * dx + dy * dy;
      const push = squared === 0 ? 0 : (2 * b) / ((0.001 + squared) * (1 + a * Math.pow(squared, b)));
      // Points in one place are driven apart in a direction drawn at random.
      if (squared === 0) this.move(i, this.next() / 2 ** 31 - 1, this.next() / 2 ** 31 - 1, rate);
      else this.move(i, push * dx, push * dy, rate);
    }
  }

  private move(i: number, x: number, y: number, rate: number): void {
    this.places[2 * i]! += rate * Math.max(-mostStep, Math.min(mostStep, x));
    this.places[2 * i + 1]! += rate * Math.max(-mostStep, Math.min(mostStep, y));
  }
}

import { randomOf } from '../../distributions/random';
import type { FuzzyGraph } from './fuzzyGraph';
import type { Places } from './settling';

/** Each round, places become a little more alike those of their neighbours. */
const rounds = 60;
const spread = 10;
const noise = 0.01;

/**
 * Where points begin: random places that have been smoothed along the graph, which leaves what differs from one end of it to
 * the other. These are about its first eigenvectors, which UMAP begins with as well (arXiv:1802.03426, algorithm 4), by power
 * iteration. Parts that nothing connects come to different places.
 */
export function beginning(graph: FuzzyGraph, seed: number): Places {
  const random = randomOf(seed, 'map');
  let places: Float32Array = Float32Array.from({ length: 2 * graph.count }, () => random.normal());
  const degrees = new Float32Array(graph.count);
  graph.heads.forEach((head, pair) => {
    degrees[head]! += graph.weights[pair]!;
    degrees[graph.tails[pair]!]! += graph.weights[pair]!;
  });
  for (let round = 0; round < rounds; round++) places = scaled(independent(smoothed(graph, degrees, places)));
  return places.map((value) => spread * (value + noise * random.normal()));
}

function smoothed({ heads, tails, weights, count }: FuzzyGraph, degrees: Float32Array, places: Places): Places {
  const sums = new Float32Array(2 * count);
  for (let pair = 0; pair < heads.length; pair++) {
    const [i, j, weight] = [2 * heads[pair]!, 2 * tails[pair]!, weights[pair]!];
    sums[i]! += weight * places[j]!;
    sums[i + 1]! += weight * places[j + 1]!;
    sums[j]! += weight * places[i]!;
    sums[j + 1]! += weight * places[i + 1]!;
  }
  return sums.map((sum, at) => {
    const degree = degrees[at >> 1]!;
    return degree === 0 ? places[at]! : (places[at]! + sum / degree) / 2;
  });
}

/** Takes out of y what it has in common with x, and of both their means. */
function independent(places: Places): Places {
  const count = places.length / 2;
  const sums = [sumOf(count, (i) => places[2 * i]!), sumOf(count, (i) => places[2 * i + 1]!)] as const;
  const centred = places.map((value, at) => value - ((at & 1) === 0 ? sums[0] : sums[1]) / count);
  const square = sumOf(count, (i) => centred[2 * i]! ** 2);
  const product = sumOf(count, (i) => centred[2 * i]! * centred[2 * i + 1]!);
  const share = square === 0 ? 0 : product / square;
  for (let i = 0; i < count; i++) centred[2 * i + 1]! -= share * centred[2 * i]!;
  return centred;
}

/** Gives both axes a standard deviation of 1, unless all points are in one place. */
function scaled(places: Places): Places {
  const count = places.length / 2;
  const [x, y] = [sumOf(count, (i) => places[2 * i]! ** 2), sumOf(count, (i) => places[2 * i + 1]! ** 2)];
  const scale = (square: number) => (square > 0 ? Math.sqrt(count / square) : 0);
  return places.map((value, at) => value * scale((at & 1) === 0 ? x : y));
}

function sumOf(count: number, term: (i: number) => number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += term(i);
  return sum;
}

import { divide, matmul, matrixTranspose, multiply, negate, scale, shift } from '../autodiff/arithmetic';
import { sqrt } from '../autodiff/elementwise';
import { absoluteSum, squareSum, total } from '../autodiff/reductions';
import { symmetric } from '../autodiff/symmetric';
import type { Variable } from '../autodiff/tape';

/** D_1, D_2 (on pooled vectors: Euclid's distance, up to a factor), and one minus the cosine. */
export const distances = ['d1', 'd2', 'cosine'] as const;
export type Distance = (typeof distances)[number];

/** Keeps the root differentiable where two embeddings are equal. */
const smallestSquare = 1e-12;

/**
 * All distances between the embeddings of a batch.
 *
 * @param embeddings [batch, N]
 * @returns [batch, batch]
 */
export function pairwiseDistances(embeddings: Variable, distance: Distance): Variable {
  const [batch, size] = embeddings.shape as [number, number];
  switch (distance) {
    case 'd1':
      return symmetric(scale(absoluteSum(differences(embeddings), [1]), 1 / size), batch);
    case 'd2': {
      const meanSquares = scale(squareSum(differences(embeddings), [1]), 1 / size);
      return symmetric(sqrt(shift(meanSquares, smallestSquare)), batch);
    }
    case 'cosine': {
      const directions = divide(embeddings, sqrt(shift(squareSum(embeddings, [1]), smallestSquare)));
      return shift(negate(matmul(directions, matrixTranspose(directions))), 1);
    }
  }
}

/**
 * The differences of every pair of rows, each pair once, in the order of `symmetric`. A product with a matrix of ones and
 * minus ones gives them exactly, and its transpose gathers the gradients much faster than sums over a broadcast do.
 */
function differences(embeddings: Variable): Variable {
  const batch = embeddings.size(0);
  const pairs = (batch * (batch - 1)) / 2;
  const incidence = new Float32Array(pairs * batch);
  let pair = 0;
  for (let i = 0; i < batch; i++) {
    for (let j = i + 1; j < batch; j++) {
      incidence[pair * batch + i] = 1;
      incidence[pair++ * batch + j] = -1;
    }
  }
  return matmul(embeddings.tape.constant([pairs, batch], incidence), embeddings);
}

/** Distances over their mean over the allowed pairs, so that data sets of every scale train alike. */
export function relativeDistances(all: Variable, allowed: Variable): Variable {
  return divide(all, divide(total(multiply(all, allowed)), total(allowed)));
}

import { divide, matmul, matrixTranspose, multiply, negate, scale, shift, subtract } from '../autodiff/arithmetic';
import { sqrt } from '../autodiff/elementwise';
import { absoluteSum, squareSum, total } from '../autodiff/reductions';
import { reshape } from '../autodiff/shape';
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
  const square = [batch, batch];
  switch (distance) {
    case 'd1':
      return reshape(scale(absoluteSum(differences(embeddings), [2]), 1 / size), square);
    case 'd2': {
      const meanSquares = scale(squareSum(differences(embeddings), [2]), 1 / size);
      return reshape(sqrt(shift(meanSquares, smallestSquare)), square);
    }
    case 'cosine': {
      const directions = divide(embeddings, sqrt(shift(squareSum(embeddings, [1]), smallestSquare)));
      return shift(negate(matmul(directions, matrixTranspose(directions))), 1);
    }
  }
}

function differences(embeddings: Variable): Variable {
  const [batch, size] = embeddings.shape as [number, number];
  return subtract(reshape(embeddings, [batch, 1, size]), reshape(embeddings, [1, batch, size]));
}

/** Distances over their mean over the allowed pairs, so that data sets of every scale train alike. */
export function relativeDistances(all: Variable, allowed: Variable): Variable {
  return divide(all, divide(total(multiply(all, allowed)), total(allowed)));
}

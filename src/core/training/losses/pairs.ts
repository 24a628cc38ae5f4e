import { add, divide, multiply, scale, shift } from '../autodiff/arithmetic';
import { lessMask, relu } from '../autodiff/elementwise';
import { sum, total } from '../autodiff/reductions';
import type { Variable } from '../autodiff/tape';

/** Which pairs of a batch count; [batch, batch], 1 or 0, rows are anchors. */
export interface Pairs {
  /** Pairs of one label that the protocol does not forbid. */
  readonly positive: Variable;
  /** The positive pairs and those of different labels: never an item with itself or a forbidden one. */
  readonly allowed: Variable;
}

/** A large number, but one that differences survive. */
const farAway = 1e9;

export function negativesOf({ positive, allowed }: Pairs): Variable {
  return add(allowed, scale(positive, -1));
}

/** Pushes the entries outside a mask below everything else. */
export function onlyWithin(x: Variable, mask: Variable): Variable {
  return add(x, scale(shift(mask, -1), farAway));
}

/** The mean of a value per anchor, [batch, 1], over the anchors that have a positive and a negative; 0 without any. */
export function meanOverAnchors(perAnchor: Variable, pairs: Pairs): Variable {
  const zero = perAnchor.tape.scalar(0);
  const usable = multiply(lessMask(zero, sum(pairs.positive, [1])), lessMask(zero, sum(negativesOf(pairs), [1])));
  const count = shift(relu(shift(total(usable), -1)), 1);
  return divide(total(multiply(perAnchor, usable)), count);
}

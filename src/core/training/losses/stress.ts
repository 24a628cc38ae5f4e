import { divide, multiply, shift, subtract } from '../autodiff/arithmetic';
import { log } from '../autodiff/elementwise';
import { total } from '../autodiff/reductions';
import type { Variable } from '../autodiff/tape';

/** Added to distances of mean 1, so that equal recordings have a logarithm. */
export const nearest = 0.01;

/**
 * How far distances are from those that are to be learned: the mean square of the difference of their logarithms over the
 * allowed pairs (the stress of Sammon's kind of mapping on logarithms; Ramsay 1977, "Maximum likelihood estimation in
 * multidimensional scaling").
 *
 * @param relative distances over their batch mean, [batch, batch]
 * @param taught the same of the teacher
 * @param allowed which pairs count
 */
export function stress(relative: Variable, taught: Variable, allowed: Variable): Variable {
  const difference = subtract(log(shift(relative, nearest)), log(shift(taught, nearest)));
  const squares = multiply(multiply(difference, difference), allowed);
  return divide(total(squares), total(allowed));
}

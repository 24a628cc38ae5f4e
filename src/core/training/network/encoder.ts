import { convolutionsOf, rates, type Architecture, type Level } from '../../encoder/architecture';
import { silence } from '../../encoder/inferenceGraph';
import { add, multiply, shift } from '../autodiff/arithmetic';
import { convolve } from '../autodiff/convolution';
import { log, silu } from '../autodiff/elementwise';
import { mean } from '../autodiff/reductions';
import { reshape, slice } from '../autodiff/shape';
import { parameterOf, type Variable } from '../autodiff/tape';
import { endsBlock } from './parameters';

/**
 * The encoder of `inferenceGraph` with parameters in place of constants.
 *
 * @param input [rows, inputs, 1, steps]; every level's stride, with its subsampling, divides the steps
 * @param parameters by name
 * @returns the features of every level, [rows, features, 1, steps / stride]
 */
export function encode(
  architecture: Architecture,
  input: Variable,
  parameters: ReadonlyMap<string, Variable>,
): readonly Variable[] {
  const convolutions = new Map(convolutionsOf(architecture).map((c) => [c.name, c]));
  const apply = (name: string, x: Variable) => {
    const convolution = convolutions.get(name);
    if (convolution === undefined) throw new Error(`the architecture has no convolution ${name}`);
    const { stride, dilation } = convolution;
    return convolve(x, kernelOf(name, parameters), { stride, dilation }, parameters.get(`${name}.bias`));
  };
  let active = input;
  return architecture.levels.map((level, l) => {
    const down = apply(`level${l}.down`, level.startsPyramid ? input : active);
    const bend = level.powers === true ? (x: Variable) => x : silu;
    let hidden = level.powers === true ? logPowers(level, down) : down;
    active = bend(hidden);
    for (let b = 0; b < level.blocks; b++) {
      const inner = silu(apply(`level${l}.block${b}.conv0`, active));
      hidden = add(hidden, apply(`level${l}.block${b}.conv1`, inner));
      active = bend(hidden);
    }
    const kept = slice(active, 3, 0, active.size(3), rates(level).kept);
    return convolve(kept, parameterOf(parameters, `level${l}.head.weight`), { stride: 1, dilation: 1 });
  });
}

/** See `inferenceGraph`. */
function logPowers(level: Level, x: Variable): Variable {
  const { pooled } = rates(level);
  const [rows, channels, , steps] = x.shape as [number, number, number, number];
  const whole = Math.floor(steps / pooled);
  const squares = slice(multiply(x, x), 3, 0, whole * pooled);
  const means = mean(reshape(squares, [rows, channels, whole, pooled]), [3]);
  return log(shift(reshape(means, [rows, channels, 1, whole]), silence));
}

/** A block's last kernel times its scale per output channel, which is cheaper than scaling what it gives. */
function kernelOf(name: string, parameters: ReadonlyMap<string, Variable>): Variable {
  const weight = parameterOf(parameters, `${name}.weight`);
  if (!endsBlock(name)) return weight;
  const scale = parameterOf(parameters, `${name}.scale`);
  return multiply(weight, reshape(scale, [scale.size(0), 1, 1, 1]));
}

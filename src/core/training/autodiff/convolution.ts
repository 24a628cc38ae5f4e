import { matmul, matrixTranspose } from './arithmetic';
import { sum } from './reductions';
import { concat, pad, reshape, slice, transpose } from './shape';
import type { Variable } from './tape';

export interface ConvolutionOptions {
  readonly stride: number;
  readonly dilation: number;
}

/**
 * Convolves [batch, inputs, 1, time] by [outputs, inputs, 1, kernel] with the zero padding that the encoder uses: the
 * output has time / stride steps.
 *
 * @throws RangeError when a stride does not divide the time steps or is dilated as well
 */
export function convolve(x: Variable, weight: Variable, options: ConvolutionOptions, bias?: Variable): Variable {
  const [batch, , , steps] = x.shape as [number, number, number, number];
  const [outputs, , , kernel] = weight.shape as [number, number, number, number];
  const { stride, dilation } = options;
  if (steps % stride !== 0) throw new RangeError(`a stride of ${stride} does not divide ${steps} time steps`);
  if (stride > 1 && (dilation > 1 || kernel < stride))
    throw new RangeError('this strided convolution is not supported');
  const padding = dilation * (kernel - 1) - stride + 1;
  const before = Math.floor(padding / 2);
  return x.tape.apply(
    'Conv',
    bias === undefined ? [x, weight] : [x, weight, bias],
    [batch, outputs, 1, steps / stride],
    [
      (g) => inputGradient(g, weight, x.shape, options, before),
      (g) => weightGradient(g, x, weight.shape, options, before, padding),
      (g) => reshape(sum(g, [0, 2, 3]), [outputs]),
    ],
    { attributes: attributes(kernel, stride, dilation, before, padding - before) },
  );
}

function attributes(kernel: number, stride: number, dilation: number, before: number, after: number) {
  return {
    kernel_shape: [1, kernel],
    strides: [1, stride],
    dilations: [1, dilation],
    pads: [0, before, 0, after],
  };
}

/**
 * With x at step q s + r - before of phase r, dX[q s + r - before] is the sum over j of W[r + s j] dY[q - j]: one plain
 * convolution of dY whose outputs are the s phases side by side, then interleaved. For s = 1 it is the convolution
 * with the flipped, transposed kernel.
 */
function inputGradient(
  g: Variable,
  weight: Variable,
  shape: readonly number[],
  { stride, dilation }: ConvolutionOptions,
  before: number,
): Variable {
  const [batch, inputs, , steps] = shape as [number, number, number, number];
  const [outputs, , , kernel] = weight.shape as [number, number, number, number];
  const taps = Math.ceil(kernel / stride);
  const phases = reshape(pad(weight, 3, 0, taps * stride - kernel), [outputs, inputs, taps, stride]);
  const swapped = reshape(transpose(phases, [1, 3, 0, 2]), [inputs * stride, outputs, 1, taps]);
  const flipped = flip(swapped);
  const rows = Math.floor((steps - 1 + before) / stride) + 1;
  const ahead = stride === 1 ? dilation * (kernel - 1) - before : taps - 1;
  const count = stride === 1 ? steps : rows;
  const behind = count - g.size(3) + dilation * (taps - 1) - ahead;
  const convolved = g.tape.apply('Conv', [g, flipped], [batch, inputs * stride, 1, count], [], {
    attributes: attributes(taps, 1, dilation, ahead, behind),
  });
  if (stride === 1) return convolved;
  const interleaved = transpose(reshape(convolved, [batch, inputs, stride, rows]), [0, 1, 3, 2]);
  return slice(reshape(interleaved, [batch, inputs, 1, rows * stride]), 3, before, before + steps);
}

/** Reverses the last axis. */
function flip(x: Variable): Variable {
  const axis = x.shape.length - 1;
  const size = x.size(axis);
  if (size === 1) return x;
  return x.tape.apply('Slice', [x], x.shape, [], { integers: [[size - 1], [-size - 1], [axis], [-1]] });
}

/** For every tap of the kernel the products of dY with the shifted input, summed over the batch. */
function weightGradient(
  g: Variable,
  x: Variable,
  shape: readonly number[],
  { stride, dilation }: ConvolutionOptions,
  before: number,
  padding: number,
): Variable {
  const [batch, inputs, , steps] = x.shape as [number, number, number, number];
  const [outputs, , , kernel] = shape as [number, number, number, number];
  const count = steps / stride;
  const padded = pad(reshape(x, [batch, inputs, steps]), 2, before, padding - before);
  const flat = reshape(g, [batch, outputs, count]);
  const taps = Array.from({ length: kernel }, (_, k) => {
    const start = k * dilation;
    const shifted = slice(padded, 2, start, start + (count - 1) * stride + 1, stride);
    return reshape(sum(matmul(flat, matrixTranspose(shifted)), [0]), [outputs, inputs, 1, 1]);
  });
  return concat(taps, 3);
}

import { describe, expect, it } from 'vitest';
import * as arithmetic from '../../../../../src/core/training/autodiff/arithmetic';
import { convolve } from '../../../../../src/core/training/autodiff/convolution';
import * as elementwise from '../../../../../src/core/training/autodiff/elementwise';
import * as reductions from '../../../../../src/core/training/autodiff/reductions';
import * as shape from '../../../../../src/core/training/autodiff/shape';
import { sort } from '../../../../../src/core/training/autodiff/sort';
import { symmetric } from '../../../../../src/core/training/autodiff/symmetric';
import { parameterOf, Tape, type Variable } from '../../../../../src/core/training/autodiff/tape';
import { gradientError, input, sizeOf, type Input } from './run';

const tolerance = 3e-5;

const positive = (x: number) => 1 + 0.5 * x;
/** At least 1/16 away from zero, where some derivatives jump. */
const awayFromZero = (x: number) => x + Math.sign(x) / 16;
/** All different by 1/20 and more, so that no order changes under a small step. */
function apart(dimensions: readonly number[], seed: number): Input {
  const random = input(dimensions, seed).values;
  const order = [...random.keys()].sort((a, b) => random[a]! - random[b]!);
  const values = new Float32Array(sizeOf(dimensions));
  order.forEach((i, rank) => (values[i] = (rank - order.length / 2) / 20));
  return { shape: dimensions, values };
}

type Case = [name: string, build: (...x: Variable[]) => Variable, inputs: readonly Input[]];

const cases: readonly Case[] = [
  ['add, broadcasting', arithmetic.add, [input([2, 3, 4], 1), input([3, 1], 2)]],
  ['subtract, broadcasting', arithmetic.subtract, [input([3, 1], 1), input([2, 1, 4], 2)]],
  ['multiply, broadcasting', arithmetic.multiply, [input([2, 3, 4], 1), input([1, 3, 1], 2)]],
  ['multiply by a scalar', arithmetic.multiply, [input([2, 3], 1), input([], 2)]],
  ['multiply by itself', (x) => arithmetic.multiply(x, x), [input([5], 1)]],
  ['divide, broadcasting', arithmetic.divide, [input([2, 3], 1), input([2, 1], 2, positive)]],
  ['negate', arithmetic.negate, [input([4], 1)]],
  ['scale', (x) => arithmetic.scale(x, -2.5), [input([4], 1)]],
  ['shift', (x) => arithmetic.shift(x, 3), [input([4], 1)]],
  ['matmul', arithmetic.matmul, [input([3, 4], 1), input([4, 2], 2)]],
  ['matmul in batches', arithmetic.matmul, [input([2, 3, 4], 1), input([2, 4, 5], 2)]],
  ['matmul by one matrix', arithmetic.matmul, [input([2, 3, 4], 1), input([4, 5], 2)]],
  ['matrix transpose', arithmetic.matrixTranspose, [input([2, 3, 4], 1)]],
  ['silu', elementwise.silu, [input([9], 1, (x) => 3 * x)]],
  ['exp', elementwise.exp, [input([5], 1)]],
  ['log', elementwise.log, [input([5], 1, positive)]],
  ['sqrt', elementwise.sqrt, [input([5], 1, positive)]],
  ['relu', elementwise.relu, [input([9], 1, awayFromZero)]],
  ['sum', (x) => reductions.sum(x, [0, 2]), [input([2, 3, 4], 1)]],
  ['total', (x) => reductions.total(x), [input([2, 3], 1)]],
  ['mean', (x) => reductions.mean(x, [1]), [input([2, 3, 4], 1)]],
  ['sum of absolute values', (x) => reductions.absoluteSum(x, [1]), [input([3, 5], 1, awayFromZero)]],
  ['sum of squares', (x) => reductions.squareSum(x, [1]), [input([3, 5], 1)]],
  ['max', (x) => reductions.max(x, [1]), [apart([3, 6], 1)]],
  ['log sum exp', (x) => reductions.logSumExp(x, [1]), [input([3, 6], 1, (x) => 3 * x)]],
  ['reshape', (x) => shape.reshape(x, [4, 3]), [input([2, 6], 1)]],
  ['transpose', (x) => shape.transpose(x, [2, 0, 1]), [input([2, 3, 4], 1)]],
  ['expand', (x) => shape.expand(x, [2, 3, 4]), [input([2, 1, 4], 1)]],
  ['reduce to a shape', (x) => shape.reduceTo(x, [3, 1]), [input([2, 3, 4], 1)]],
  ['concat', (x, y) => shape.concat([x, y], 1), [input([2, 3], 1), input([2, 2], 2)]],
  ['symmetric', (x) => symmetric(x, 4), [input([6, 1], 1)]],
  ['slice', (x) => shape.slice(x, 1, 1, 4), [input([2, 6], 1)]],
  ['slice by steps that end early', (x) => shape.slice(x, 1, 1, 8, 3), [input([2, 9], 1)]],
  ['slice by steps that end late', (x) => shape.slice(x, 0, 0, 8, 4), [input([8, 2], 1)]],
  ['pad', (x) => shape.pad(x, 1, 2, 1), [input([2, 3], 1)]],
  ['sort', sort, [apart([2, 3, 7], 1)]],
];

describe('the gradient equals central differences', () => {
  it.each(cases)('of %s', async (_, build, inputs) => {
    expect(await gradientError(build, inputs)).toBeLessThan(tolerance);
  });

  it.each([
    { kernel: 3, stride: 1, dilation: 1 },
    { kernel: 3, stride: 1, dilation: 2 },
    { kernel: 9, stride: 1, dilation: 1 },
    { kernel: 4, stride: 1, dilation: 1 },
    { kernel: 1, stride: 1, dilation: 1 },
    { kernel: 8, stride: 4, dilation: 1 },
    { kernel: 5, stride: 2, dilation: 1 },
    { kernel: 3, stride: 3, dilation: 1 },
  ])('of a convolution: kernel $kernel, stride $stride, dilation $dilation', async ({ kernel, ...options }) => {
    const inputs = [input([2, 2, 1, 12], 1), input([3, 2, 1, kernel], 2), input([3], 3)];
    expect(await gradientError((x, w, b) => convolve(x, w, options, b), inputs)).toBeLessThan(tolerance);
  });

  it('through several uses of a variable', async () => {
    const build = (x: Variable) => arithmetic.add(elementwise.silu(x), arithmetic.multiply(x, elementwise.exp(x)));
    expect(await gradientError((x) => build(x), [input([6], 1)])).toBeLessThan(tolerance);
  });
});

describe('the tape', () => {
  it('refuses a parameter that the scalar does not depend on', () => {
    const tape = new Tape();
    const [used, unused] = [tape.parameter('a', [2]), tape.parameter('b', [2])];
    expect(() => tape.gradients(reductions.total(used), [unused])).toThrow('does not depend on b');
  });

  it('refuses shapes that do not fit', () => {
    const tape = new Tape();
    expect(() => arithmetic.add(tape.input('a', [2, 3]), tape.input('b', [2]))).toThrow(RangeError);
    expect(() => shape.reshape(tape.input('c', [2, 3]), [4])).toThrow(RangeError);
  });

  it('refuses axes and parameters that are not there, and to join nothing', () => {
    const tape = new Tape();
    const x = tape.parameter('x', [2, 3]);
    expect([x.size(0), x.size(-1)]).toEqual([2, 3]);
    expect(() => x.size(2)).toThrow('[2,3] has no axis 2');
    expect(() => shape.concat([], 0)).toThrow('nothing to concatenate');
    expect(parameterOf(new Map([['x', x]]), 'x')).toBe(x);
    expect(() => parameterOf(new Map([['x', x]]), 'y')).toThrow('lack y');
  });

  it('refuses an operator without a gradient for an input that needs one', () => {
    const tape = new Tape();
    const [a, b] = [tape.parameter('a', []), tape.parameter('b', [])];
    const sum = tape.apply('Add', [a, b], [], [(g) => g]);
    expect(() => tape.gradients(sum, [a, b])).toThrow('no gradient with respect to b');
  });

  it('refuses convolutions whose stride leaves steps over', () => {
    const tape = new Tape();
    const [x, w] = [tape.input('x', [1, 1, 1, 10]), tape.input('w', [1, 1, 1, 8])];
    expect(() => convolve(x, w, { stride: 4, dilation: 1 })).toThrow(RangeError);
  });
});

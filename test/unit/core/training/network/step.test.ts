import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Architecture } from '../../../../../src/core/encoder/architecture';
import { parametersOf, partOf, type Parameter } from '../../../../../src/core/training/network/parameters';
import type { Objective } from '../../../../../src/core/training/network/stepGraph';
import { adamState, adamStep, clipNorm } from '../../../../../src/core/training/optimizer';
import { runStep, type StepOutputs } from './step';

/** One step as PyTorch computes it in float64: see test/fixtures/training/make.py. */
interface Reference {
  readonly architecture: Architecture;
  readonly levels: number;
  readonly channels: number;
  readonly steps: number;
  readonly lengths: readonly number[];
  readonly adam: Record<'rate' | 'beta1' | 'beta2' | 'epsilon' | 'weightDecay' | 'clip', number>;
  readonly input: readonly number[];
  readonly positive: readonly number[];
  readonly allowed: readonly number[];
  readonly parameters: Record<string, number[]>;
  readonly loss: number;
  readonly embeddings: readonly number[];
  readonly gradients: Record<string, number[]>;
  readonly after: Record<string, number[]>;
}

let reference: Reference;
let parameters: readonly Parameter[];
let vector: Float32Array;
let step: StepOutputs;

beforeAll(async () => {
  reference = JSON.parse(await readFile('test/fixtures/training/step.json', 'utf8')) as Reference;
  const { architecture, levels, channels, steps, lengths } = reference;
  parameters = parametersOf(architecture, ['loss.logSharpness']);
  vector = Float32Array.from(parameters.flatMap(({ name }) => reference.parameters[name]!));
  const objective: Objective = {
    architecture,
    levels,
    pooling: 'quantiles',
    distance: 'd1',
    loss: 'neighbourhood',
  };
  step = await runStep(objective, { sequences: lengths.length, channels, steps: [steps] }, parameters, vector, {
    seen: [{ steps, inputs: Float32Array.from(reference.input), lengths }],
    positive: Float32Array.from(reference.positive),
    allowed: Float32Array.from(reference.allowed),
  });
});

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  return Array.from(a).reduce((largest, value, i) => Math.max(largest, Math.abs(value - b[i]!)), 0);
}

describe('a training step equals that of PyTorch', () => {
  it('in every parameter that there is', () => {
    expect(Object.keys(reference.parameters).sort()).toEqual(parameters.map(({ name }) => name).sort());
  });

  it('in the embeddings', () => {
    expect(largestDifference(step.embeddings[0]!, reference.embeddings)).toBeLessThan(1e-5);
  });

  it('in the loss', () => {
    expect(step.loss).toBeCloseTo(reference.loss, 5);
  });

  it('in all gradients', () => {
    parameters.forEach(({ name }, i) => {
      const expected = reference.gradients[name]!;
      const scale = Math.max(...expected.map(Math.abs));
      expect(scale).toBeGreaterThan(1e-4);
      expect(largestDifference(step.gradients[i]!, expected) / scale, name).toBeLessThan(1e-4);
    });
  });

  it('in the weights after a clipped step of Adam', () => {
    const { rate, clip, ...options } = reference.adam;
    const gradient = Float32Array.from(step.gradients.flatMap((part) => [...part]));
    const moved = vector.slice();
    const decays = Uint8Array.from(parameters.flatMap(({ size, decays: own }) => new Array<number>(size).fill(+own)));
    expect(clipNorm(gradient, clip)).toBeGreaterThan(clip);
    adamStep(adamState(vector.length), moved, gradient, rate, decays, options);
    for (const parameter of parameters) {
      expect(
        largestDifference(partOf(moved, parameter), reference.after[parameter.name]!),
        parameter.name,
      ).toBeLessThan(2e-5);
    }
    expect(largestDifference(moved, vector)).toBeGreaterThan(rate / 2);
  });
});

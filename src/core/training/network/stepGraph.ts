import type { Architecture } from '../../encoder/architecture';
import { Tape } from '../autodiff/tape';
import { concat } from '../autodiff/shape';
import { pairwiseDistances, relativeDistances, type Distance } from '../losses/distances';
import { lossOf, type Loss } from '../losses/loss';
import { encode } from './encoder';
import { levelSteps } from './lengths';
import type { Parameter } from './parameters';
import { pool, type Pooling } from './pooling';

/** What is trained and by which distance and loss. */
export interface Objective {
  readonly architecture: Architecture;
  /** Q: levels of every quantile function. */
  readonly levels: number;
  readonly pooling: Pooling;
  readonly distance: Distance;
  readonly loss: Loss;
}

/** The size of a batch: `steps` is a multiple of the encoder's coarsest stride. */
export interface BatchShape {
  readonly sequences: number;
  readonly channels: number;
  readonly steps: number;
}

export interface StepGraph {
  readonly model: Uint8Array;
  /** Names of outputs. */
  readonly loss: string;
  readonly embeddings: string;
  readonly features: readonly string[];
  /** In the order of the parameters. */
  readonly gradients: readonly string[];
}

/**
 * The graph of one training step on batches of one shape. Its inputs are `input` [sequences x channels, inputs, 1,
 * steps], `positive` and `allowed` (see `Pairs`), `padding0`, `quantiles0`, `shares0` (see `LevelLengths`) and so on for
 * every level, and every parameter; its outputs the loss, the gradients, the features and the embeddings.
 */
export function stepGraph(objective: Objective, shape: BatchShape, parameters: readonly Parameter[]): StepGraph {
  const { architecture, pooling, distance, loss } = objective;
  const { sequences, channels, steps } = shape;
  const tape = new Tape();
  const variables = parameters.map((parameter) => tape.parameter(parameter.name, parameter.shape));
  const byName = new Map(variables.map((variable) => [variable.value, variable]));
  const input = tape.input('input', [sequences * channels, architecture.inputs, 1, steps]);
  const features = encode(architecture, input, byName);
  const counts = Int32Array.from(levelSteps(architecture, steps));
  const pooled = features.map((level, l) =>
    pool(level, levelLengths(tape, objective, sequences, counts[l]!, l), pooling),
  );
  const embeddings = concat(pooled, 1);
  const positive = tape.input('positive', [sequences, sequences]);
  const allowed = tape.input('allowed', [sequences, sequences]);
  const relative = relativeDistances(pairwiseDistances(embeddings, distance), allowed);
  const value = lossOf(loss, relative, { positive, allowed }, byName);
  const gradients = tape.gradients(value, variables);
  for (const output of [value, ...gradients, embeddings, ...features]) tape.graph.output(output.value, output.shape);
  return {
    model: tape.graph.finish('kindred-training-step'),
    loss: value.value,
    embeddings: embeddings.value,
    features: features.map((level) => level.value),
    gradients: gradients.map((gradient) => gradient.value),
  };
}

function levelLengths(tape: Tape, { levels }: Objective, sequences: number, steps: number, level: number) {
  return {
    padding: tape.input(`padding${level}`, [sequences, 1, steps]),
    quantiles: tape.input(`quantiles${level}`, [sequences, steps, levels]),
    shares: tape.input(`shares${level}`, [sequences, steps, 1]),
  };
}

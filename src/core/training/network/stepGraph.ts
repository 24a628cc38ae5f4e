import type { Architecture } from '../../encoder/architecture';
import type { KeptView } from '../../encoder/description';
import { add, scale } from '../autodiff/arithmetic';
import { concat } from '../autodiff/shape';
import { Tape, type Variable } from '../autodiff/tape';
import { pairwiseDistances, relativeDistances, type Distance } from '../losses/distances';
import { lossOf, type Loss } from '../losses/loss';
import { stress } from '../losses/stress';
import { encode } from './encoder';
import { levelSteps } from './lengths';
import type { Parameter } from './parameters';
import { pool, type LevelLengths, type Pooling } from './pooling';

/** What is trained and by which distance and loss. */
export interface Objective {
  readonly architecture: Architecture;
  /** Q: levels of every quantile function. */
  readonly levels: number;
  readonly pooling: Pooling;
  readonly distance: Distance;
  readonly loss: Loss;
  /** In which sequences are seen beside as they were sampled: the distance is the mean over all of them by weight. */
  readonly views?: readonly KeptView[];
  readonly teacher?: Taught;
}

/** Another encoder, whose distances are learned as well. */
export interface Taught {
  readonly sha256: string;
  /** What `stress` counts for beside the loss. */
  readonly weight: number;
}

/** The size of a batch. */
export interface BatchShape {
  readonly sequences: number;
  readonly channels: number;
  /** As sampled, then in each further view: multiples of the encoder's coarsest stride. */
  readonly steps: readonly number[];
}

export interface StepGraph {
  readonly model: Uint8Array;
  /** Names of outputs. */
  readonly loss: string;
  /** One for each view, as sampled first. */
  readonly embeddings: readonly string[];
  /** Of the sequences as sampled. */
  readonly features: readonly string[];
  /** In the order of the parameters. */
  readonly gradients: readonly string[];
}

/** What the names of a view's inputs begin with. */
export function viewPrefix(view: number): string {
  return view === 0 ? '' : `view${view}.`;
}

/**
 * The graph of one training step on batches of one shape. Its inputs are `input` [sequences x channels, inputs, 1,
 * steps], `padding0`, `quantiles0`, `shares0` (see `LevelLengths`) and so on for every level, the same for each further
 * view (see `viewPrefix`), `positive` and `allowed` (see `Pairs`), `taught` [sequences, sequences] if there is a teacher,
 * and every parameter; its outputs the loss, the gradients, the features and the embeddings.
 */
export function stepGraph(objective: Objective, shape: BatchShape, parameters: readonly Parameter[]): StepGraph {
  const tape = new Tape();
  const variables = parameters.map((parameter) => tape.parameter(parameter.name, parameter.shape));
  const byName = new Map(variables.map((variable) => [variable.value, variable]));
  const views = shape.steps.map((steps, view) => {
    const prefix = viewPrefix(view);
    const { sequences, channels } = shape;
    const input = tape.input(`${prefix}input`, [sequences * channels, objective.architecture.inputs, 1, steps]);
    return embeddingOf(tape, objective, sequences, input, prefix, byName);
  });
  const embeddings = views.map(({ embedding }) => embedding);
  const value = lossOfBatch(tape, objective, shape.sequences, embeddings, byName);
  const gradients = tape.gradients(value, variables);
  const features = views.slice(0, 1).flatMap((sampled) => sampled.features);
  for (const output of [value, ...gradients, ...embeddings, ...features]) {
    tape.graph.output(output.value, output.shape);
  }
  const namesOf = (all: readonly Variable[]) => all.map((variable) => variable.value);
  return {
    model: tape.graph.finish('kindred-training-step'),
    loss: value.value,
    embeddings: namesOf(embeddings),
    features: namesOf(features),
    gradients: namesOf(gradients),
  };
}

/** The sequences of a batch in one view, embedded. */
function embeddingOf(
  tape: Tape,
  objective: Objective,
  sequences: number,
  input: Variable,
  prefix: string,
  parameters: ReadonlyMap<string, Variable>,
): { readonly features: readonly Variable[]; readonly embedding: Variable } {
  const { architecture, levels, pooling } = objective;
  const features = encode(architecture, input, parameters);
  const counts = Int32Array.from(levelSteps(architecture, input.size(3)));
  const pooled = features.map((level, l) => {
    const steps = counts[l]!;
    const lengths: LevelLengths = {
      padding: tape.input(`${prefix}padding${l}`, [sequences, 1, steps]),
      quantiles: tape.input(`${prefix}quantiles${l}`, [sequences, steps, levels]),
      shares: tape.input(`${prefix}shares${l}`, [sequences, steps, 1]),
    };
    return pool(level, lengths, pooling);
  });
  return { features, embedding: concat(pooled, 1) };
}

function lossOfBatch(
  tape: Tape,
  { loss, distance, views = [], teacher }: Objective,
  sequences: number,
  embeddings: readonly Variable[],
  parameters: ReadonlyMap<string, Variable>,
): Variable {
  const positive = tape.input('positive', [sequences, sequences]);
  const allowed = tape.input('allowed', [sequences, sequences]);
  const weights = Float64Array.from([1, ...views.map(({ weight }) => weight)]);
  // What follows takes distances relative to their mean, so that a sum does as well as the mean by weight.
  const all = embeddings
    .map((embedding, view) => scale(pairwiseDistances(embedding, distance), weights[view]!))
    .reduce((sum, ofView) => add(sum, ofView));
  const relative = relativeDistances(all, allowed);
  const own = lossOf(loss, relative, { positive, allowed }, parameters);
  if (teacher === undefined) return own;
  const taught = relativeDistances(tape.input('taught', [sequences, sequences]), allowed);
  return add(own, scale(stress(relative, taught, allowed), teacher.weight));
}

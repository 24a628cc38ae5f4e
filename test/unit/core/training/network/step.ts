import type { Tensor } from 'onnxruntime-node';
import { onnxruntime } from '../../../../../src/core/encoder/onnx/runtime';
import { lengthFeeds, levelSteps } from '../../../../../src/core/training/network/lengths';
import { partOf, type Parameter } from '../../../../../src/core/training/network/parameters';
import { stepGraph, type BatchShape, type Objective } from '../../../../../src/core/training/network/stepGraph';

export interface StepInputs {
  readonly input: Float32Array;
  readonly lengths: readonly number[];
  readonly positive: Float32Array;
  readonly allowed: Float32Array;
}

export interface StepOutputs {
  readonly loss: number;
  readonly embeddings: Float32Array;
  readonly features: readonly Float32Array[];
  /** In the order of the parameters. */
  readonly gradients: readonly Float32Array[];
}

/** Runs the graph of one training step on one thread. */
export async function runStep(
  objective: Objective,
  shape: BatchShape,
  parameters: readonly Parameter[],
  vector: Float32Array,
  { input, lengths, positive, allowed }: StepInputs,
): Promise<StepOutputs> {
  const { sequences, channels, steps } = shape;
  const { architecture, levels } = objective;
  const graph = stepGraph(objective, shape, parameters);
  const { InferenceSession, Tensor } = await onnxruntime();
  const session = await InferenceSession.create(graph.model, { intraOpNumThreads: 1, interOpNumThreads: 1 });
  const tensor = (values: Float32Array, dimensions: readonly number[]) => new Tensor('float32', values, dimensions);
  const feeds: Record<string, Tensor> = {
    input: tensor(input, [sequences * channels, architecture.inputs, 1, steps]),
    positive: tensor(positive, [sequences, sequences]),
    allowed: tensor(allowed, [sequences, sequences]),
  };
  levelSteps(architecture, steps).forEach((padded, l) => {
    const own = lengths.map((length) => levelSteps(architecture, length)[l]!);
    const { padding, quantiles, shares } = lengthFeeds(own, padded, levels);
    feeds[`padding${l}`] = tensor(padding, [sequences, 1, padded]);
    feeds[`quantiles${l}`] = tensor(quantiles, [sequences, padded, levels]);
    feeds[`shares${l}`] = tensor(shares, [sequences, padded, 1]);
  });
  for (const parameter of parameters) feeds[parameter.name] = tensor(partOf(vector, parameter), parameter.shape);
  const results = await session.run(feeds);
  const data = (name: string) => results[name]!.data as Float32Array;
  return {
    loss: data(graph.loss)[0]!,
    embeddings: data(graph.embeddings),
    features: graph.features.map(data),
    gradients: graph.gradients.map(data),
  };
}

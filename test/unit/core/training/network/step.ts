import type { Tensor } from 'onnxruntime-node';
import { onnxruntime } from '../../../../../src/core/encoder/onnx/runtime';
import type { Batch } from '../../../../../src/core/training/batches/batch';
import { partOf, type Parameter } from '../../../../../src/core/training/network/parameters';
import { stepGraph, type BatchShape, type Objective } from '../../../../../src/core/training/network/stepGraph';
import { viewFeeds } from '../../../../../src/core/training/trainer/stepSessions';

export type StepInputs = Pick<Batch, 'seen' | 'positive' | 'allowed'> & { readonly taught?: Float32Array };

export interface StepOutputs {
  readonly loss: number;
  /** In each view. */
  readonly embeddings: readonly Float32Array[];
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
  { seen, positive, allowed, taught }: StepInputs,
): Promise<StepOutputs> {
  const graph = stepGraph(objective, shape, parameters);
  const { InferenceSession, Tensor } = await onnxruntime();
  const session = await InferenceSession.create(graph.model, { intraOpNumThreads: 1, interOpNumThreads: 1 });
  const tensor = (values: Float32Array, dimensions: readonly number[]) => new Tensor('float32', values, dimensions);
  const pairs = [shape.sequences, shape.sequences];
  const feeds: Record<string, Tensor> = {
    positive: tensor(positive, pairs),
    allowed: tensor(allowed, pairs),
    ...(taught && { taught: tensor(taught, pairs) }),
  };
  for (const [view, of] of seen.entries()) Object.assign(feeds, viewFeeds(objective, shape, view, of, tensor));
  for (const parameter of parameters) feeds[parameter.name] = tensor(partOf(vector, parameter), parameter.shape);
  const results = await session.run(feeds);
  const data = (name: string) => results[name]!.data as Float32Array;
  return {
    loss: data(graph.loss)[0]!,
    embeddings: graph.embeddings.map(data),
    features: graph.features.map(data),
    gradients: graph.gradients.map(data),
  };
}

import { modelMessage, nodeMessage, tensorMessage, valueMessage } from './messages';
import type { OnnxModel } from './model';
import { MessageWriter } from './protobuf';

/**
 * Writes a model that was read and checked. onnxruntime gets these bytes and never the file's own: what the reader did
 * not see, or would understand otherwise, is not in them.
 */
export function writeModel({ nodes, initializers, inputs, outputs, operatorSets }: OnnxModel): Uint8Array {
  const graph = new MessageWriter();
  for (const value of inputs) graph.message(11, valueMessage(value));
  for (const tensor of initializers) graph.message(5, tensorMessage(tensor));
  for (const node of nodes) graph.message(1, nodeMessage(node));
  for (const value of outputs) graph.message(12, valueMessage(value));
  const version = operatorSets[0]?.version ?? 1;
  return modelMessage(graph.string(2, 'encoder'), version).finish();
}

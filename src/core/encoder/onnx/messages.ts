import type { OnnxAttribute, OnnxNode, OnnxTensor, OnnxValue } from './model';
import { MessageWriter } from './protobuf';

/** The messages of onnx.proto as they are written. */

export function nodeMessage({ operator, inputs, outputs, attributes }: Omit<OnnxNode, 'domain' | 'hasGraphs'>) {
  const node = new MessageWriter();
  for (const input of inputs) node.string(1, input);
  for (const output of outputs) node.string(2, output);
  node.string(3, `${outputs[0] ?? operator}_node`).string(4, operator);
  for (const [name, attribute] of attributes) node.message(5, attributeMessage(name, attribute));
  return node;
}

function attributeMessage(name: string, attribute: OnnxAttribute): MessageWriter {
  const writer = new MessageWriter().string(1, name);
  switch (attribute.kind) {
    case 'integer':
      return writer.varint(3, attribute.value).varint(20, 2);
    case 'integers':
      for (const item of attribute.value) writer.varint(8, item);
      return writer.varint(20, 7);
    case 'float':
      return writer.float(2, attribute.value).varint(20, 1);
    case 'text':
      return writer.string(4, attribute.value).varint(20, 3);
  }
}

/** @param tensor with its bytes */
export function tensorMessage({ name, shape, type, bytes }: Omit<OnnxTensor, 'isExternal'>): MessageWriter {
  const tensor = new MessageWriter();
  for (const size of shape) tensor.varint(1, size);
  return tensor
    .varint(2, type)
    .string(8, name)
    .bytes(9, bytes ?? new Uint8Array());
}

export function valueMessage({ name, type, shape }: OnnxValue): MessageWriter {
  const dimensions = new MessageWriter();
  for (const size of shape) {
    const dimension = new MessageWriter();
    dimensions.message(1, typeof size === 'number' ? dimension.varint(1, size) : dimension.string(2, size));
  }
  const tensor = new MessageWriter().varint(1, type).message(2, dimensions);
  return new MessageWriter().string(1, name).message(2, new MessageWriter().message(1, tensor));
}

/** @param graph a finished graph with its name */
export function modelMessage(graph: MessageWriter, operatorSet: number): MessageWriter {
  const irVersion = 8;
  const operators = new MessageWriter().string(1, '').varint(2, operatorSet);
  return new MessageWriter().varint(1, irVersion).string(2, 'kindred').message(7, graph).message(8, operators);
}

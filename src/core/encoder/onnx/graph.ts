import { MessageWriter } from './protobuf';

/** The name of a tensor in a graph. */
export type Value = string & { readonly kind?: 'value' };

/** A fixed size, or the name of a size that is known at run time. */
export type Dimension = number | string;

export type Attribute = number | readonly number[];

const float32 = 1;
const int64 = 7;
const operatorSet = 17;
const irVersion = 8;

/**
 * Builds an ONNX model of float32 tensors. Field numbers are those of onnx.proto
 * (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto); attributes are integers or lists of integers, which is
 * all that convolutional encoders and their training need.
 */
export class GraphBuilder {
  private readonly graph = new MessageWriter();
  private nodes = 0;

  input(name: string, shape: readonly Dimension[]): Value {
    this.graph.message(11, valueInfo(name, shape));
    return name;
  }

  output(value: Value, shape: readonly Dimension[]): void {
    this.graph.message(12, valueInfo(value, shape));
  }

  /** A constant tensor, stored in the model. @throws RangeError when the shape does not fit the values. */
  initializer(name: string, shape: readonly number[], values: Float32Array): Value {
    const size = shape.reduce((product, n) => product * n, 1);
    if (size !== values.length) throw new RangeError(`${name}: ${values.length} values for [${shape.join(', ')}]`);
    return this.tensor(name, shape, float32, littleEndian(values));
  }

  /** A constant list of 64-bit integers, as the shapes, axes and bounds that operators take as inputs. */
  integers(name: string, values: readonly number[]): Value {
    const bytes = new Uint8Array(new BigInt64Array(values.map(BigInt)).buffer);
    return this.tensor(name, [values.length], int64, bytes);
  }

  /** Adds an operator with one output; `name` names the output. */
  node(
    operator: string,
    inputs: readonly Value[],
    attributes: Readonly<Record<string, Attribute>> = {},
    name = `${operator.toLowerCase()}_${this.nodes}`,
  ): Value {
    this.operator(operator, inputs, [name], attributes);
    return name;
  }

  /** Adds an operator with two outputs. */
  pair(
    operator: string,
    inputs: readonly Value[],
    attributes: Readonly<Record<string, Attribute>> = {},
  ): readonly [Value, Value] {
    const name = `${operator.toLowerCase()}_${this.nodes}`;
    const outputs = [name, `${name}_second`] as const;
    this.operator(operator, inputs, outputs, attributes);
    return outputs;
  }

  private operator(
    operator: string,
    inputs: readonly Value[],
    outputs: readonly Value[],
    attributes: Readonly<Record<string, Attribute>>,
  ): void {
    this.nodes++;
    const node = new MessageWriter();
    for (const input of inputs) node.string(1, input);
    for (const output of outputs) node.string(2, output);
    node.string(3, `${outputs[0]!}_node`).string(4, operator);
    for (const [key, value] of Object.entries(attributes)) node.message(5, attribute(key, value));
    this.graph.message(1, node);
  }

  private tensor(name: string, shape: readonly number[], type: number, bytes: Uint8Array): Value {
    const tensor = new MessageWriter();
    for (const n of shape) tensor.varint(1, n);
    this.graph.message(5, tensor.varint(2, type).string(8, name).bytes(9, bytes));
    return name;
  }

  /** The bytes of the whole model. */
  finish(name: string): Uint8Array {
    this.graph.string(2, name);
    const operators = new MessageWriter().string(1, '').varint(2, operatorSet);
    return new MessageWriter()
      .varint(1, irVersion)
      .string(2, 'kindred')
      .message(7, this.graph)
      .message(8, operators)
      .finish();
  }
}

function attribute(name: string, value: Attribute): MessageWriter {
  const writer = new MessageWriter().string(1, name);
  if (typeof value === 'number') return writer.varint(3, value).varint(20, 2);
  for (const item of value) writer.varint(8, item);
  return writer.varint(20, 7);
}

function valueInfo(name: string, shape: readonly Dimension[]): MessageWriter {
  const dimensions = new MessageWriter();
  for (const size of shape) {
    const dimension = new MessageWriter();
    dimensions.message(1, typeof size === 'number' ? dimension.varint(1, size) : dimension.string(2, size));
  }
  const tensor = new MessageWriter().varint(1, float32).message(2, dimensions);
  return new MessageWriter().string(1, name).message(2, new MessageWriter().message(1, tensor));
}

function littleEndian(values: Float32Array): Uint8Array {
  const bytes = new Uint8Array(values.length * 4);
  const view = new DataView(bytes.buffer);
  values.forEach((value, i) => {
    view.setFloat32(i * 4, value, true);
  });
  return bytes;
}

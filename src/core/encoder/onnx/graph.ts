import { modelMessage, nodeMessage, tensorMessage, valueMessage } from './messages';
import { float32, int64, type Dimension, type OnnxAttribute } from './model';
import { MessageWriter } from './protobuf';

/** The name of a tensor in a graph. */
export type Value = string & { readonly kind?: 'value' };

export type Attribute = number | readonly number[];

const operatorSet = 17;

/**
 * Builds an ONNX model of float32 tensors. Field numbers are those of onnx.proto
 * (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto); attributes are integers or lists of integers, which is
 * all that convolutional encoders and their training need.
 */
export class GraphBuilder {
  private readonly graph = new MessageWriter();
  private nodes = 0;

  input(name: string, shape: readonly Dimension[]): Value {
    this.graph.message(11, valueMessage({ name, type: float32, shape }));
    return name;
  }

  output(value: Value, shape: readonly Dimension[]): void {
    this.graph.message(12, valueMessage({ name: value, type: float32, shape }));
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
    const described = new Map(Object.entries(attributes).map(([name, value]) => [name, attributeOf(value)]));
    this.graph.message(1, nodeMessage({ operator, inputs, outputs, attributes: described }));
  }

  private tensor(name: string, shape: readonly number[], type: number, bytes: Uint8Array): Value {
    this.graph.message(5, tensorMessage({ name, shape, type, bytes }));
    return name;
  }

  /** The bytes of the whole model. */
  finish(name: string): Uint8Array {
    this.graph.string(2, name);
    return modelMessage(this.graph, operatorSet).finish();
  }
}

function attributeOf(value: Attribute): OnnxAttribute {
  return typeof value === 'number' ? { kind: 'integer', value } : { kind: 'integers', value };
}

function littleEndian(values: Float32Array): Uint8Array {
  const bytes = new Uint8Array(values.length * 4);
  const view = new DataView(bytes.buffer);
  values.forEach((value, i) => {
    view.setFloat32(i * 4, value, true);
  });
  return bytes;
}

import type { OnnxModel, OnnxNode } from './model';

type Shape = readonly number[];

/** A model whose sizes cannot be told beforehand. */
export class UnknownSize extends Error {
  override readonly name = 'UnknownSize';
}

/**
 * How many numbers all values of a model hold together when it runs once.
 *
 * @param input the shape of its input
 * @param most counting ends beyond so many
 * @throws UnknownSize for shapes that do not fit, or that only a run would tell
 */
export function numbersIn(model: OnnxModel, input: Shape, most: number): number {
  const shapes = new Map<string, Shape>(model.initializers.map(({ name, shape }) => [name, shape]));
  const integers = new Map(model.initializers.map(({ name, bytes }) => [name, bytes]));
  for (const { name } of model.inputs) shapes.set(name, input);
  let total = [...shapes.values()].reduce((sum, shape) => sum + product(shape), 0);
  for (const node of model.nodes) {
    if (node.outputs.length !== 1) throw new UnknownSize(`${node.operator} has not one output`);
    const inputs = node.inputs.map((name) => shapes.get(name) ?? unknown(node, `knows no “${name}”`));
    const shape = shapeOf(node, inputs, (i) => listOf(integers.get(node.inputs[i] ?? ''), node));
    for (const name of node.outputs) shapes.set(name, shape);
    total += product(shape);
    if (total > most) return total;
  }
  return total;
}

function shapeOf(node: OnnxNode, inputs: readonly Shape[], list: (input: number) => readonly number[]): Shape {
  const [first = unknown(node, 'has no input'), second] = inputs;
  switch (node.operator) {
    case 'Conv': {
      const [channels, , ...kernel] = second ?? unknown(node, 'has no weights');
      return slid(node, first, channels ?? 0, kernel);
    }
    case 'MaxPool':
    case 'AveragePool':
      return slid(node, first, first[1] ?? 0, integersOf(node, 'kernel_shape') ?? unknown(node, 'has no kernel'));
    case 'Pad':
      return padded(node, first, list(1));
    case 'Concat':
      return joined(node, inputs);
    case 'Slice':
    case 'Clip':
    case 'LeakyRelu':
    case 'Elu':
    case 'Identity':
      // A slice is no larger than what it is taken from.
      return first;
    default:
      return inputs.reduce((a, b) => broadcast(node, a, b));
  }
}

/** What is left of [B, C, ...spatial] when a kernel slides over it. */
function slid(node: OnnxNode, [batch = 0, , ...spatial]: Shape, channels: number, kernel: Shape): Shape {
  const pads = integersOf(node, 'pads');
  const strides = integersOf(node, 'strides');
  const dilations = integersOf(node, 'dilations');
  const isAutomatic = node.attributes.has('auto_pad');
  const sizes = spatial.map((size, d) => {
    const reach = (dilations?.[d] ?? 1) * ((kernel[d] ?? 1) - 1) + 1;
    const padding = (pads?.[d] ?? 0) + (pads?.[d + spatial.length] ?? 0);
    const stride = Math.max(strides?.[d] ?? 1, 1);
    return isAutomatic ? size : Math.max(Math.ceil((size + padding - reach) / stride) + 1, 0);
  });
  return [batch, channels, ...sizes];
}

function padded(node: OnnxNode, shape: Shape, pads: readonly number[]): Shape {
  if (pads.length !== 2 * shape.length) throw new UnknownSize(`${node.operator} has not two pads for each axis`);
  return shape.map((size, d) => Math.max(size + (pads[d] ?? 0) + (pads[d + shape.length] ?? 0), 0));
}

function joined(node: OnnxNode, inputs: readonly Shape[]): Shape {
  const attribute = node.attributes.get('axis');
  const axis = attribute?.kind === 'integer' ? attribute.value : unknown(node, 'has no axis');
  const [first = []] = inputs;
  const at = axis < 0 ? axis + first.length : axis;
  return first.map((size, d) => (d === at ? inputs.reduce((sum, shape) => sum + (shape[d] ?? 0), 0) : size));
}

function broadcast(node: OnnxNode, a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, d) => {
    const [left, right] = [a[d - rank + a.length] ?? 1, b[d - rank + b.length] ?? 1];
    if (left !== right && left !== 1 && right !== 1) unknown(node, `takes ${left} and ${right} values together`);
    return Math.max(left, right);
  });
}

function integersOf(node: OnnxNode, name: string): readonly number[] | undefined {
  const attribute = node.attributes.get(name);
  if (attribute === undefined) return undefined;
  return attribute.kind === 'integers' ? attribute.value : unknown(node, `has another ${name}`);
}

/** The 64-bit integers of an initializer. */
function listOf(bytes: Uint8Array | null | undefined, node: OnnxNode): readonly number[] {
  if (!bytes || bytes.length > 1024) throw new UnknownSize(`${node.operator} takes sizes that are not constant`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: Math.floor(bytes.length / 8) }, (_, i) => Number(view.getBigInt64(8 * i, true)));
}

function product(shape: Shape): number {
  return shape.reduce((size, n) => size * n, 1);
}

function unknown(node: OnnxNode, why: string): never {
  throw new UnknownSize(`${node.operator} ${why}`);
}

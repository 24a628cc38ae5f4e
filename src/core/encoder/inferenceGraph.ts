import { convolutionsOf, rates, type Architecture, type Convolution, type Level, type Weights } from './architecture';
import { GraphBuilder, type Value } from './onnx/graph';

/**
 * The inference graph: `input` [B, inputs, 1, T] to one output `features0`, `features1`, ... per level of shape
 * [B, features, 1, T / stride]. T is at least `minimumStepsOf`.
 */
export function inferenceGraph(architecture: Architecture, weights: Weights): Uint8Array {
  const graph = new GraphBuilder();
  const convolutions = new Map(convolutionsOf(architecture).map((c) => [c.name, c]));
  const apply = (name: string, input: Value, output?: string) => {
    const convolution = convolutions.get(name);
    if (convolution === undefined) throw new RangeError(`the architecture has no convolution ${name}`);
    return convolve(graph, convolution, weights, input, output);
  };
  const input = graph.input('input', ['B', architecture.inputs, 1, 'T']);
  let active = input;
  architecture.levels.forEach((level, l) => {
    const down = apply(`level${l}.down`, level.startsPyramid ? input : active);
    const bend = (x: Value) => (level.powers === true ? x : silu(graph, x));
    let hidden = level.powers === true ? logPowers(graph, level, down) : down;
    for (let b = 0; b < level.blocks; b++) {
      const inner = apply(`level${l}.block${b}.conv0`, bend(hidden));
      const outer = apply(`level${l}.block${b}.conv1`, silu(graph, inner));
      hidden = graph.node('Add', [hidden, outer]);
    }
    active = bend(hidden);
    const features = apply(`level${l}.head`, active, `features${l}`);
    graph.output(features, ['B', level.features, 1, `T${l}`]);
  });
  return graph.finish('kindred-encoder');
}

/** SiLU, x times its sigmoid: Elfwing, Uchibe and Doya 2018, "Sigmoid-weighted linear units". */
function silu(graph: GraphBuilder, x: Value): Value {
  return graph.node('Mul', [x, graph.node('Sigmoid', [x])]);
}

/** Added to powers: what is softer is taken for silence. */
export const silence = 0.01;

/** The logarithm of the mean square over every `subsample` values; fewer at the end are left out. */
function logPowers(graph: GraphBuilder, level: Level, x: Value): Value {
  const { pooled } = rates(level);
  const means = graph.node('AveragePool', [graph.node('Mul', [x, x])], {
    kernel_shape: [1, pooled],
    strides: [1, pooled],
  });
  return graph.node('Log', [
    graph.node('Add', [means, graph.initializer(`${x}.silence`, [1], Float32Array.of(silence))]),
  ]);
}

function convolve(graph: GraphBuilder, c: Convolution, weights: Weights, input: Value, output?: string): Value {
  const tensor = (part: string, shape: readonly number[]) => {
    const name = `${c.name}.${part}`;
    const values = weights.get(name);
    if (values === undefined) throw new RangeError(`the weights lack ${name}`);
    return graph.initializer(name, shape, values);
  };
  const inputs = [input, tensor('weight', [c.outputs, c.inputs, 1, c.kernel])];
  if (c.bias) inputs.push(tensor('bias', [c.outputs]));
  const padding = Math.max(c.dilation * (c.kernel - 1) - c.stride + 1, 0);
  const before = Math.floor(padding / 2);
  return graph.node(
    'Conv',
    inputs,
    {
      kernel_shape: [1, c.kernel],
      strides: [1, c.stride],
      dilations: [1, c.dilation],
      pads: [0, before, 0, padding - before],
    },
    output,
  );
}

import { GraphBuilder, type Value } from './onnx/graph';

/** One level of the pyramid: a convolution that may reduce the rate, then residual blocks, then features. */
export interface Level {
  readonly channels: number;
  readonly kernel: number;
  readonly stride: number;
  readonly blocks: number;
  /** How many features the level gives. */
  readonly features: number;
  /** Only every so many-th value of the level's features is kept. */
  readonly subsample: number;
  /** Whether the level reads the encoder's inputs rather than the level before it, and so begins another pyramid. */
  readonly startsPyramid?: boolean | undefined;
}

/**
 * Pyramids of residual convolutions, side by side, without normalisation layers, which would erase distributions. The
 * first level begins the first pyramid.
 */
export interface Architecture {
  readonly inputs: number;
  readonly levels: readonly Level[];
}

/** The usual pyramid. */
export const pyramid: Architecture = {
  inputs: 3,
  levels: [
    { channels: 24, kernel: 9, stride: 1, blocks: 1, features: 16, subsample: 4 },
    { channels: 40, kernel: 8, stride: 4, blocks: 2, features: 24, subsample: 1 },
    { channels: 64, kernel: 8, stride: 4, blocks: 2, features: 24, subsample: 1 },
  ],
};

/** A pyramid that keeps twice the resolution. */
export const finePyramid: Architecture = {
  inputs: 3,
  levels: [
    { channels: 24, kernel: 9, stride: 1, blocks: 1, features: 16, subsample: 4 },
    { channels: 40, kernel: 6, stride: 2, blocks: 2, features: 24, subsample: 2 },
    { channels: 64, kernel: 8, stride: 4, blocks: 2, features: 24, subsample: 1 },
  ],
};

/** Architectures that can be asked for by name. */
export const architectures = { usual: pyramid, fine: finePyramid } as const;

export type ArchitectureName = keyof typeof architectures;

/** Architectures side by side: their features together. */
export function sideBySide(all: readonly Architecture[]): Architecture {
  const inputs = all[0]!.inputs;
  if (all.some((one) => one.inputs !== inputs)) throw new RangeError('the architectures have different inputs');
  const levels = all.flatMap((one) =>
    one.levels.map((level, l) => (l === 0 ? { ...level, startsPyramid: true } : level)),
  );
  return { inputs, levels };
}

const blockKernel = 3;
const dilations = [1, 2] as const;

/** A convolution of an architecture; its weights have the shape [outputs, inputs, 1, kernel], its bias [outputs]. */
export interface Convolution {
  readonly name: string;
  readonly inputs: number;
  readonly outputs: number;
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly bias: boolean;
}

/** Weights by name: `NAME.weight`, and `NAME.bias` where the convolution has one. */
export type Weights = ReadonlyMap<string, Float32Array>;

/** Every convolution of an architecture, in the order in which weights are drawn and stored. */
export function convolutionsOf(architecture: Architecture): readonly Convolution[] {
  const all: Convolution[] = [];
  let inputs = architecture.inputs;
  architecture.levels.forEach((level, l) => {
    const { channels } = level;
    if (level.startsPyramid) inputs = architecture.inputs;
    const inside = { inputs: channels, outputs: channels, kernel: blockKernel, stride: 1 };
    all.push({ ...level, name: `level${l}.down`, inputs, outputs: channels, dilation: 1, bias: true });
    for (let b = 0; b < level.blocks; b++) {
      for (const [i, dilation] of dilations.entries()) {
        all.push({ ...inside, name: `level${l}.block${b}.conv${i}`, dilation, bias: i === 0 });
      }
    }
    // A bias here would shift a feature by the same amount everywhere: no distance would change.
    const head = { inputs: channels, outputs: level.features, kernel: 1, stride: level.subsample };
    all.push({ ...head, name: `level${l}.head`, dilation: 1, bias: false });
    inputs = channels;
  });
  return all;
}

/** How many time steps one step of each level advances. */
export function levelStrides(architecture: Architecture): readonly number[] {
  let stride = 1;
  return architecture.levels.map((level) => {
    stride = level.startsPyramid ? level.stride : stride * level.stride;
    return stride;
  });
}

/** How many time steps one value of each level's features advances. */
export function featureStrides(architecture: Architecture): readonly number[] {
  return levelStrides(architecture).map((stride, l) => stride * architecture.levels[l]!.subsample);
}

/** The fewest time steps of which every level gives something. */
export function minimumStepsOf(architecture: Architecture): number {
  return Math.max(...levelStrides(architecture));
}

/**
 * How many time steps before and after a position can change a feature there, rounded up to a multiple of the coarsest
 * stride: features of a piece of a sequence are exact if the piece is extended by so much on either side.
 */
export function haloOf(architecture: Architecture): number {
  const strides = levelStrides(architecture);
  let reach = 0;
  const reaches = architecture.levels.map((level, l) => {
    if (level.startsPyramid) reach = 0;
    reach += (strides[l]! / level.stride) * level.kernel;
    reach += strides[l]! * level.blocks * dilations.reduce((sum, d) => sum + d * ((blockKernel - 1) / 2), 0);
    return reach;
  });
  const coarsest = Math.max(...strides);
  return Math.ceil(Math.max(...reaches) / coarsest) * coarsest;
}

/**
 * The inference graph: `input` [B, inputs, 1, T] to one output `features0`, `features1`, ... per level of shape
 * [B, features, 1, T / stride]. T is at least `minimumStepsOf`.
 */
export function inferenceGraph(architecture: Architecture, weights: Weights): Uint8Array {
  const graph = new GraphBuilder();
  const convolutions = new Map(convolutionsOf(architecture).map((c) => [c.name, c]));
  const apply = (name: string, input: Value, output?: string) =>
    convolve(graph, convolutions.get(name)!, weights, input, output);
  const input = graph.input('input', ['B', architecture.inputs, 1, 'T']);
  let hidden = input;
  architecture.levels.forEach((level, l) => {
    hidden = apply(`level${l}.down`, l === 0 || level.startsPyramid ? input : silu(graph, hidden));
    for (let b = 0; b < level.blocks; b++) {
      const inner = apply(`level${l}.block${b}.conv0`, silu(graph, hidden));
      const outer = apply(`level${l}.block${b}.conv1`, silu(graph, inner));
      hidden = graph.node('Add', [hidden, outer]);
    }
    const features = apply(`level${l}.head`, silu(graph, hidden), `features${l}`);
    graph.output(features, ['B', level.features, 1, `T${l}`]);
  });
  return graph.finish('kindred-encoder');
}

/** SiLU, x times its sigmoid: Elfwing, Uchibe and Doya 2018, "Sigmoid-weighted linear units". */
function silu(graph: GraphBuilder, x: Value): Value {
  return graph.node('Mul', [x, graph.node('Sigmoid', [x])]);
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

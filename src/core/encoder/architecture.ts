/**
 * One level of a pyramid: a convolution that may reduce the rate, then residual blocks, then features. A level of powers is
 * a filter bank: it goes on with the logarithm of the power of what the convolution gives.
 */
export interface Level {
  readonly channels: number;
  readonly kernel: number;
  readonly stride: number;
  readonly blocks: number;
  /** How many features the level gives. */
  readonly features: number;
  /** Only every so many-th value of the level's features is kept; powers are means over so many values. */
  readonly subsample: number;
  readonly powers?: boolean | undefined;
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

const filterBank = { powers: true, startsPyramid: true, blocks: 0, features: 24 } as const;

/**
 * The usual pyramid, and beside it the distributions of log powers in many bands: what tells voices, devices and eyes apart
 * is often how loud which frequencies are, and a convolution without logarithm hardly sees the soft ones.
 */
export const spectralPyramid: Architecture = {
  inputs: 3,
  levels: [
    ...pyramid.levels,
    { ...filterBank, channels: 32, kernel: 16, stride: 4, subsample: 4 },
    { ...filterBank, channels: 64, kernel: 64, stride: 8, subsample: 2 },
  ],
};

/** Architectures that can be asked for by name. */
export const architectures = { usual: pyramid, spectral: spectralPyramid } as const;

export type ArchitectureName = keyof typeof architectures;

/** Architectures side by side: their features together. */
export function sideBySide(all: readonly Architecture[]): Architecture {
  const [first] = all;
  if (first === undefined) throw new RangeError('there is no architecture to put beside others');
  const { inputs } = first;
  if (all.some((one) => one.inputs !== inputs)) throw new RangeError('the architectures have different inputs');
  const levels = all.flatMap((one) =>
    one.levels.map((level, l) => (l === 0 ? { ...level, startsPyramid: true } : level)),
  );
  return { inputs, levels };
}

/** Of the convolutions of a residual block. */
export const blockKernel = 3;
export const dilations = [1, 2] as const;

/** A convolution of an architecture; its weights have the shape [outputs, inputs, 1, kernel], its bias [outputs]. */
export interface Convolution {
  readonly name: string;
  readonly inputs: number;
  readonly outputs: number;
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly bias: boolean;
  /** Whether it is a filter bank, of whose output the powers are taken. */
  readonly filters: boolean;
}

/** Weights by name: `NAME.weight`, and `NAME.bias` where the convolution has one. */
export type Weights = ReadonlyMap<string, Float32Array>;

/** Every convolution of an architecture, in the order in which weights are drawn and stored. */
export function convolutionsOf(architecture: Architecture): readonly Convolution[] {
  const all: Convolution[] = [];
  let inputs = architecture.inputs;
  architecture.levels.forEach((level, l) => {
    const { channels, features } = level;
    const filters = level.powers === true;
    if (level.startsPyramid) inputs = architecture.inputs;
    const inside = { inputs: channels, outputs: channels, kernel: blockKernel, stride: 1, filters: false };
    const { kernel, stride } = level;
    all.push({
      name: `level${l}.down`,
      inputs,
      outputs: channels,
      kernel,
      stride,
      dilation: 1,
      bias: !filters,
      filters,
    });
    for (let b = 0; b < level.blocks; b++) {
      for (const [i, dilation] of dilations.entries()) {
        all.push({ ...inside, name: `level${l}.block${b}.conv${i}`, dilation, bias: i === 0 });
      }
    }
    // A bias here would shift a feature by the same amount everywhere: no distance would change.
    const head = { ...inside, outputs: features, kernel: 1, stride: rates(level).kept };
    all.push({ ...head, name: `level${l}.head`, dilation: 1, bias: false });
    inputs = channels;
  });
  return all;
}

/** Over how many values of its convolution a level takes means, and of how many that remain it keeps one. */
export function rates({ powers, subsample }: Level): { readonly pooled: number; readonly kept: number } {
  return powers === true ? { pooled: subsample, kept: 1 } : { pooled: 1, kept: subsample };
}

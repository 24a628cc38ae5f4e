import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Architecture, Weights } from '../../encoder/architecture';
import type { EncoderDescription, EncoderFile, KeptView } from '../../encoder/description';
import { featureStrides, haloOf, minimumStepsOf } from '../../encoder/geometry';
import { inferenceGraph } from '../../encoder/inferenceGraph';
import { writeWhole } from '../../files/writeWhole';

/**
 * What is kept of the course of features: quarters, with as many numbers together as the whole has. Order counts for a
 * little: which patterns occur tells more than when they do, but in drawings and words both tell.
 */
function courseFor(levels: number): NonNullable<EncoderDescription['course']> {
  return { parts: 4, levels: Math.max(Math.floor(levels / 4), 1), share: 0.25 };
}

export interface EncoderNotes {
  readonly name: string;
  /** How the weights came about. */
  readonly training: string;
}

/** The encoder that weights make, with its description. */
export function encoderFile(
  architecture: Architecture,
  levels: number,
  weights: Weights,
  { name, training }: EncoderNotes,
): EncoderFile {
  const model = inferenceGraph(architecture, weights);
  const strides = Int32Array.from(featureStrides(architecture));
  const description: EncoderDescription = {
    name,
    architecture: describeArchitecture(architecture),
    network: { inputs: architecture.inputs, levels: [...architecture.levels] },
    inputs: [
      'the value standardised by its own channel, squeezed by 3 asinh(v / 3)',
      'the first difference over its root mean square, squeezed alike',
      "the value shifted and divided by its layout's robust centre and spread, squeezed alike",
    ],
    outputs: architecture.levels.map(({ features }, l) => ({ name: `features${l}`, features, stride: strides[l]! })),
    features: architecture.levels.reduce((sum, level) => sum + level.features, 0),
    levels,
    course: courseFor(levels),
    minimumSteps: minimumStepsOf(architecture),
    halo: haloOf(architecture),
    training,
    sha256: createHash('sha256').update(model).digest('hex'),
  };
  return { description, model };
}

/** The same encoder in these views. */
export function withViews({ description, model }: EncoderFile, views: readonly KeptView[] = []): EncoderFile {
  return { model, description: views.length === 0 ? description : { ...description, views: [...views] } };
}

function describeArchitecture({ levels }: Architecture): string {
  const described = levels.map(({ channels, kernel, stride, blocks, startsPyramid, powers }, l) => {
    const start = startsPyramid && l > 0 ? 'beside them ' : '';
    const what = powers ? 'log powers of filters' : 'channels';
    return `${start}${channels} ${what}, kernel ${kernel}, stride ${stride}, ${blocks} blocks`;
  });
  return `Univariate pyramid of residual convolutions (SiLU, no normalisation): ${described.join('; ')}`;
}

/** Writes `encoder.onnx` and `encoder.json` into a folder. */
export async function writeEncoder(folder: string, { description, model }: EncoderFile): Promise<void> {
  await writeWhole(join(folder, 'encoder.onnx'), model);
  await writeWhole(join(folder, 'encoder.json'), `${JSON.stringify(description, null, 2)}\n`);
}

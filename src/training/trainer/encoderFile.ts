import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { featureStrides, haloOf, inferenceGraph, type Architecture, type Weights } from '../../encoder/architecture';
import type { EncoderFile } from '../../encoder/description';
import { writeWhole } from '../../files/writeWhole';

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
  const strides = featureStrides(architecture);
  const description = {
    name,
    architecture: `Univariate pyramid of residual convolutions (SiLU, no normalisation): ${architecture.levels
      .map((l) => `${l.channels} channels, kernel ${l.kernel}, stride ${l.stride}, ${l.blocks} blocks`)
      .join('; ')}`,
    inputs: [
      'the value standardised by its own channel, squeezed by 3 asinh(v / 3)',
      'the first difference over its root mean square, squeezed alike',
      "the value shifted and divided by its layout's robust centre and spread, squeezed alike",
    ],
    outputs: architecture.levels.map(({ features }, l) => ({ name: `features${l}`, features, stride: strides[l]! })),
    features: architecture.levels.reduce((sum, level) => sum + level.features, 0),
    levels,
    minimumSteps: architecture.levels.reduce((product, level) => product * level.stride, 1),
    halo: haloOf(architecture),
    training,
    sha256: createHash('sha256').update(model).digest('hex'),
  };
  return { description, model };
}

/** Writes `encoder.onnx` and `encoder.json` into a folder. */
export async function writeEncoder(folder: string, { description, model }: EncoderFile): Promise<void> {
  await writeWhole(join(folder, 'encoder.onnx'), model);
  await writeWhole(join(folder, 'encoder.json'), `${JSON.stringify(description, null, 2)}\n`);
}

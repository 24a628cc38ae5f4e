import { createHash } from 'node:crypto';
import { featureStrides, haloOf, inferenceGraph, pyramid } from '../encoder/architecture';
import type { EncoderDescription, EncoderFile } from '../encoder/description';
import { initialWeights } from '../encoder/initialWeights';

const seed = 1;
const levels = 16;

/** The encoder with random weights from a fixed seed: the same bytes on every machine. */
export function untrainedEncoder(): EncoderFile {
  const model = inferenceGraph(pyramid, initialWeights(pyramid, seed));
  const strides = featureStrides(pyramid);
  const description: EncoderDescription = {
    name: 'Untrained pyramid',
    architecture:
      'Univariate pyramid of residual convolutions (SiLU, no normalisation): ' +
      pyramid.levels
        .map((l) => `${l.channels} channels, kernel ${l.kernel}, stride ${l.stride}, ${l.blocks} blocks`)
        .join('; '),
    inputs: [
      'the value standardised by its own channel, squeezed by 3 asinh(v / 3)',
      'the first difference over its root mean square, squeezed alike',
      "the value shifted and divided by its layout's robust centre and spread, squeezed alike",
    ],
    outputs: pyramid.levels.map((level, l) => ({
      name: `features${l}`,
      features: level.features,
      stride: strides[l]!,
    })),
    features: pyramid.levels.reduce((sum, level) => sum + level.features, 0),
    levels,
    minimumSteps: 16,
    halo: haloOf(pyramid),
    training: `untrained: random weights from seed ${seed} (He et al. 2015)`,
    sha256: createHash('sha256').update(model).digest('hex'),
  };
  return { description, model };
}

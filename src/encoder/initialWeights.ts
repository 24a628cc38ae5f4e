import { randomOf } from '../distributions/random';
import { convolutionsOf, type Architecture, type Weights } from './architecture';

/** What the second convolution of a residual block is scaled by at the start. */
const residualScale = 0.5;

/**
 * Random weights by He et al. 2015, "Delving deep into rectifiers", section 2.2: normal with variance 2 / fan-in, so
 * that the size of the values is kept through the layers. Biases are small and random, so that an untrained encoder
 * still tells levels apart.
 */
export function initialWeights(architecture: Architecture, seed: number): Weights {
  const random = randomOf(seed, 'weights');
  const weights = new Map<string, Float32Array>();
  for (const c of convolutionsOf(architecture)) {
    const fanIn = c.inputs * c.kernel;
    const scale = Math.sqrt(2 / fanIn) * (c.name.endsWith('conv1') ? residualScale : 1);
    weights.set(
      `${c.name}.weight`,
      Float32Array.from({ length: c.outputs * fanIn }, () => scale * random.normal()),
    );
    if (c.bias)
      weights.set(
        `${c.name}.bias`,
        Float32Array.from({ length: c.outputs }, () => 0.3 * random.normal()),
      );
  }
  return weights;
}

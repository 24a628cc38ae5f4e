import { randomOf, type Random } from '../distributions/random';
import { convolutionsOf, type Architecture, type Convolution, type Weights } from './architecture';

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
    if (c.filters) {
      weights.set(`${c.name}.weight`, filterBank(c, random));
      continue;
    }
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

/** Which of the inputs a filter bank listens to at the start: the first difference, which no trend drowns. */
const difference = 1;

/**
 * Windowed cosines and sines at evenly spaced frequencies up to half the rate, as learned filter banks start from in speech
 * recognition (Zeghidour et al. 2021, "LEAF", section 3.1), and a little noise on every input.
 */
function filterBank({ inputs, outputs, kernel }: Convolution, random: Random): Float32Array {
  const bands = outputs / 2;
  const wave = (output: number, k: number) => {
    const frequency = (0.5 * ((output % bands) + 0.75)) / bands;
    const phase = output < bands ? 0 : Math.PI / 2;
    return Math.sin((Math.PI * (k + 0.5)) / kernel) * Math.cos(2 * Math.PI * frequency * k + phase);
  };
  return Float32Array.from({ length: outputs * inputs * kernel }, (_, at) => {
    const row = Math.floor(at / kernel);
    const noise = 0.02 * random.normal();
    return row % inputs === difference ? noise + 0.5 * wave(Math.floor(row / inputs), at % kernel) : noise;
  });
}

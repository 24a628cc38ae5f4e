import { convolutionsOf, type Architecture, type Weights } from './architecture';

/** What the second convolution of a residual block is scaled by at the start. */
const residualScale = 0.5;

/**
 * Random weights by He et al. 2015, "Delving deep into rectifiers", section 2.2: normal with variance 2 / fan-in, so
 * that the size of the values is kept through the layers. Biases are small and random, so that an untrained encoder
 * still tells levels apart.
 */
export function initialWeights(architecture: Architecture, seed: number): Weights {
  const normal = normals(seed);
  const weights = new Map<string, Float32Array>();
  for (const c of convolutionsOf(architecture)) {
    const fanIn = c.inputs * c.kernel;
    const scale = Math.sqrt(2 / fanIn) * (c.name.endsWith('conv1') ? residualScale : 1);
    weights.set(
      `${c.name}.weight`,
      Float32Array.from({ length: c.outputs * fanIn }, () => scale * normal()),
    );
    if (c.bias)
      weights.set(
        `${c.name}.bias`,
        Float32Array.from({ length: c.outputs }, () => 0.3 * normal()),
      );
  }
  return weights;
}

/** Normal deviates by Box and Muller 1958 from the generator `mulberry32` (Tommy Ettinger, public domain). */
function normals(seed: number): () => number {
  let state = seed >>> 0;
  const uniform = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}

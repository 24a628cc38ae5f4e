/**
 * Averages blocks of neighbouring levels of concatenated quantile functions. The D_1 of block means never exceeds the
 * D_1 of the functions themselves (Jensen's inequality), so it is a lower bound that is cheaper to compute, and bounds
 * of nested blocks are nested.
 *
 * @param embedding concatenated quantile functions; its length is a multiple of `block`
 * @param block how many neighbouring levels make a block; divides the number of levels per feature
 * @param out receives `embedding.length / block` values from `offset` on
 */
export function blockMeans(embedding: Float32Array, block: number, out: Float32Array, offset = 0): void {
  const blocks = embedding.length / block;
  for (let i = 0, at = 0; i < blocks; i++) {
    let sum = 0;
    for (let j = 0; j < block; j++) sum += embedding[at++]!;
    out[offset + i] = sum / block;
  }
}

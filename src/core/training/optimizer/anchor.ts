/**
 * Draws weights a part of the way back to where they started, in place: the decoupled form of the penalty L2-SP of Li,
 * Grandvalet and Davoine 2018, "Explicit inductive bias for transfer learning with convolutional networks" (equation 3).
 *
 * @param share of the way; at most all of it
 */
export function drawTowards(weights: Float32Array, anchor: Float32Array, share: number): void {
  const part = Math.min(share, 1);
  for (let i = 0; i < weights.length; i++) weights[i]! += part * (anchor[i]! - weights[i]!);
}

/**
 * Scales a gradient, in place, so that its Euclidean norm is at most `limit` (Pascanu, Mikolov and Bengio 2013).
 * @returns the norm before
 */
export function clipNorm(gradient: Float32Array, limit: number): number {
  let squares = 0;
  for (const g of gradient) squares += g * g;
  const norm = Math.sqrt(squares);
  if (norm > limit) {
    const factor = limit / norm;
    for (let i = 0; i < gradient.length; i++) gradient[i]! *= factor;
  }
  return norm;
}

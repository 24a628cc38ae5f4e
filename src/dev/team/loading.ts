import { randomOf } from '../../core/distributions/random';

/** Rows beside given ones, so that any number of rows lie as close to one another as embeddings do. */
export function besides(codes: Uint8Array, perRow: number, rows: number, seed: number): Uint8Array {
  const random = randomOf(seed, 'besides');
  const count = codes.length / perRow;
  const out = new Uint8Array(rows * perRow);
  for (let row = 0; row < rows; row++) {
    const [a, b] = [random.below(count) * perRow, random.below(count) * perRow];
    const share = random.unit() / 4;
    for (let i = 0; i < perRow; i++)
      out[row * perRow + i] = Math.round((1 - share) * codes[a + i]! + share * codes[b + i]!);
  }
  return out;
}

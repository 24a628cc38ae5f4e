import { UnreadableError } from '../../reader';
import type { BitReader } from './bits';

/** The coefficients of the fixed predictors of orders 0 to 4, that of the latest sample first (RFC 9639, section 9.2.5). */
export const fixedCoefficients: readonly (readonly number[])[] = [[], [1], [2, -1], [3, -3, 1], [4, -6, 4, -1]];

/** Reads what a predictor misses, in Rice codes, into the samples from `start` on (RFC 9639, section 9.2.7). */
export function residual(reader: BitReader, samples: Float64Array, start: number): void {
  const method = reader.unsigned(2);
  if (method > 1) throw new UnreadableError('it is damaged: one of its frames makes no sense');
  const parameterBits = method === 0 ? 4 : 5;
  const partitions = 2 ** reader.unsigned(4);
  const length = samples.length / partitions;
  if (!Number.isInteger(length) || length < start) {
    throw new UnreadableError('it is damaged: one of its frames makes no sense');
  }
  for (let partition = 0, at = start; partition < partitions; partition++) {
    const parameter = reader.unsigned(parameterBits);
    const end = length * (partition + 1);
    // The largest parameter says that the numbers are not coded at all.
    if (parameter === 2 ** parameterBits - 1) {
      const bits = reader.unsigned(5);
      for (; at < end; at++) samples[at] = reader.signed(bits);
    }
    for (; at < end; at++) {
      const folded = reader.zeros() * 2 ** parameter + reader.unsigned(parameter);
      samples[at] = folded % 2 === 0 ? folded / 2 : -(folded + 1) / 2;
    }
  }
}

import { pyramid } from '../core/encoder/architecture';
import type { EncoderFile } from '../core/encoder/description';
import { initialWeights } from '../core/encoder/initialWeights';
import { encoderFile } from '../core/training/trainer/encoderFile';

const seed = 1;
const levels = 16;

/** An encoder with random weights from a fixed seed, to compare trained ones with: the same bytes on every machine. */
export function untrainedEncoder(): EncoderFile {
  const training = `untrained: random weights from seed ${seed} (He et al. 2015)`;
  return encoderFile(pyramid, levels, initialWeights(pyramid, seed), { name: 'Untrained pyramid', training });
}

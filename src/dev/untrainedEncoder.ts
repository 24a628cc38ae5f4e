import { pyramid, type Architecture } from '../core/encoder/architecture';
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

const small: Architecture = {
  inputs: 3,
  levels: [
    { channels: 8, kernel: 9, stride: 1, blocks: 1, features: 8, subsample: 4 },
    { channels: 12, kernel: 8, stride: 4, blocks: 1, features: 8, subsample: 1 },
  ],
};

/** An encoder with random weights that takes a hundredth of the time of the bundled one. */
export function smallEncoder(): EncoderFile {
  return encoderFile(small, 8, initialWeights(small, 1), { name: 'small', training: 'untrained' });
}

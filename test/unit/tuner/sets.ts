import { readEncoder, type EncoderFile } from '../../../src/core/encoder/description';
import { randomOf } from '../../../src/core/distributions/random';
import { splitPack } from '../../../src/tuner/packSets';
import type { TuningSet } from '../../../src/tuner/tuningSet';
import { usualTuning, type TuningSettings } from '../../../src/protocol/finetune';
import type { Pack, PackSequence } from '../../../src/core/training/packs/pack';

export { smallEncoder } from '../../../src/dev/untrainedEncoder';

/** One thread gives the same weights every time. */
export const tuning: TuningSettings = { ...usualTuning, threads: 1, validationShare: 0.25 };

export function bundled(): Promise<EncoderFile> {
  return readEncoder('models');
}

/**
 * Noisy recordings whose label is only in how sharply a pulse rises, while its height, pace and noise vary at random: an
 * encoder that was trained on other things has to learn what to look at.
 */
export function pulsePack(labels: number, each: number, seed: number, steps = 64): Pack {
  const sequences = Array.from({ length: labels * each }, (_, n): PackSequence => {
    const random = randomOf(seed, n);
    const label = n % labels;
    const rise = 1.5 + 2 * label;
    const period = random.uniform(14, 18);
    const height = random.uniform(0.7, 1.3);
    const phase = random.uniform(0, period);
    const values = Float32Array.from({ length: steps }, (__, t) => {
      const at = (t + phase) % period;
      return height * (at < rise ? at / rise : Math.exp((rise - at) / 5)) + 0.12 * random.normal();
    });
    return { channels: [values], label, columns: { label } };
  });
  const names = Array.from({ length: labels }, (_, label) => `rise ${label}`);
  return { name: 'pulses', domain: null, channels: 1, sequences, columnValues: { label: names }, excludeBy: null };
}

export function setOf(pack: Pack, settings = tuning): TuningSet {
  return splitPack(pack, settings).set;
}

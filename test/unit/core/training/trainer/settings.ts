import { datasetOf } from '../../../../../src/core/training/batches/dataset';
import { usualSettings, type TrainingSettings } from '../../../../../src/core/training/trainer/settings';
import { wavePack } from '../batches/datasets';

/** A training of a tiny encoder that takes moments. */
export const tiny: TrainingSettings = {
  ...usualSettings,
  steps: 6,
  objective: {
    ...usualSettings.objective,
    levels: 4,
    architecture: {
      inputs: 3,
      levels: [
        { channels: 4, kernel: 5, stride: 1, blocks: 1, features: 3, subsample: 4 },
        { channels: 6, kernel: 8, stride: 4, blocks: 1, features: 4, subsample: 1 },
      ],
    },
  },
  batch: { ...usualSettings.batch, sequences: 9, classes: 3, steps: 64 },
  schedule: { rate: 0.01, warmUp: 2, floor: 0.1 },
};

/** Of different lengths and numbers of channels, so that several sessions take part. */
export const datasets = [
  datasetOf(wavePack({ name: 'one', steps: (n) => 30 + 2 * n })),
  datasetOf(wavePack({ name: 'two', channels: 2, parts: 2 })),
];

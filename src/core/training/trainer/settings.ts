import { pyramid } from '../../encoder/architecture';
import type { KeptView } from '../../encoder/description';
import { usualVariation } from '../batches/augment';
import { usualBatch, type BatchOptions } from '../batches/batch';
import type { Objective } from '../network/stepGraph';
import { usualAdam, type AdamOptions, type ScheduleOptions } from '../optimizer';

/** Everything, beside the data, that decides what comes out of a training. */
export interface TrainingSettings {
  readonly seed: number;
  readonly steps: number;
  readonly objective: Objective;
  readonly batch: BatchOptions;
  readonly adam: AdamOptions;
  readonly schedule: ScheduleOptions;
  /** The largest norm of the gradient. */
  readonly clip: number;
  /** How strongly the weights are drawn back to those that the training started from, see `drawTowards`; 0 unless given. */
  readonly anchoring?: number;
  /** The decay of the moving average of the weights that becomes the encoder; 0 for the last weights themselves. */
  readonly averageDecay: number;
}

export const usualSettings: TrainingSettings = {
  seed: 1,
  steps: 20_000,
  objective: { architecture: pyramid, levels: 16, pooling: 'quantiles', distance: 'd1', loss: 'neighbourhood' },
  batch: { ...usualBatch, variation: usualVariation },
  adam: usualAdam,
  schedule: { rate: 2e-3, warmUp: 50, floor: 0.02 },
  clip: 1,
  averageDecay: 0.999,
};

/** One line that says how a training was done, for the encoder's description. */
export function describeSettings({ seed, steps, objective, batch, schedule }: TrainingSettings): string {
  const { loss, distance, pooling, levels, views = [], teacher } = objective;
  return (
    `${loss} loss over ${distance} of ${pooling}${pooling === 'quantiles' ? ` (${levels} levels)` : ''}, ` +
    `${steps} steps of ${batch.sequences} sequences of up to ${batch.steps} time steps, ` +
    (batch.instanceShare > 0 ? `instances in ${100 * batch.instanceShare} % of the batches with a split, ` : '') +
    (views.length > 0 ? `${views.map(inWords).join(' and ')}, ` : '') +
    (teacher === undefined
      ? ''
      : `distances of ${teacher.sha256.slice(0, 12)} learned with weight ${teacher.weight}, `) +
    `noise up to ${batch.variation.noise}, learning rate ${schedule.rate}, seed ${seed}`
  );
}

function inWords(view: KeptView): string {
  const seen = 'every' in view ? `every ${view.every} steps` : `in ${view.steps} steps`;
  return `seen ${seen} with weight ${view.weight}`;
}

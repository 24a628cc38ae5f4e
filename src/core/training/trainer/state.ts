import { initialWeights } from '../../encoder/initialWeights';
import type { Weights } from '../../encoder/architecture';
import type { Dataset } from '../batches/dataset';
import { lossParameters } from '../losses/loss';
import { encoderWeights, parameterVector, parametersOf, type Parameter } from '../network/parameters';
import { adamStep, clipNorm, drawTowards, learningRate, updateAverage } from '../optimizer';
import type { Checkpoint } from './checkpoint';
import { addLoss, emptyCurve } from './curve';
import type { TrainingSettings } from './settings';
import type { StepResult } from './stepSessions';

/** A checkpoint that moves on. */
export type TrainingState = { -readonly [Key in keyof Checkpoint]: Checkpoint[Key] };

/** Every parameter that the settings train. */
export function trainedParameters({ objective }: TrainingSettings): readonly Parameter[] {
  return parametersOf(objective.architecture, Object.keys(lossParameters(objective.loss)));
}

/** The state before the first step: random weights, or those of an encoder that is trained further. */
export function initialState(
  settings: TrainingSettings,
  datasets: readonly Dataset[],
  start: Weights = initialWeights(settings.objective.architecture, settings.seed),
): TrainingState {
  const weights = startVector(settings, start);
  const zeros = () => new Float32Array(weights.length);
  return {
    settings,
    data: fingerprint(datasets),
    step: 0,
    seconds: 0,
    curve: emptyCurve(),
    vectors: { weights, average: weights.slice(), first: zeros(), second: zeros() },
  };
}

/** What tells one choice of data from another. */
export function fingerprint(datasets: readonly Dataset[]): readonly string[] {
  return datasets.map(({ name, sequences, classes, scales }) =>
    [name, sequences.length, classes.length, scales.length].join(' '),
  );
}

/** The vector of all parameters that an encoder starts from. */
export function startVector(settings: TrainingSettings, start: Weights): Float32Array {
  return parameterVector(trainedParameters(settings), start, lossParameters(settings.objective.loss));
}

/**
 * Applies the gradient of one step, in place.
 * @param anchor what the weights are drawn back to, if the settings say so
 */
export function advance(
  state: TrainingState,
  parameters: readonly Parameter[],
  { loss, gradient }: StepResult,
  seconds: number,
  anchor: Float32Array | null = null,
): void {
  const { settings, vectors, step } = state;
  const rate = learningRate(step, settings.steps, settings.schedule);
  const decays = new Uint8Array(gradient.length);
  for (const { offset, size, decays: own } of parameters) decays.fill(own ? 1 : 0, offset, offset + size);
  clipNorm(gradient, settings.clip);
  const { weights, average, first, second } = vectors;
  adamStep({ first, second, steps: step }, weights, gradient, rate, decays, settings.adam);
  if (anchor !== null) drawTowards(weights, anchor, rate * (settings.anchoring ?? 0));
  updateAverage(average, weights, settings.averageDecay, step);
  state.step++;
  state.seconds += seconds;
  addLoss(state.curve, step, settings.steps, loss, rate, state.seconds);
}

/** The weights that the encoder gets: their moving average. */
export function encoderWeightsOf({ settings, vectors }: TrainingState): Weights {
  return encoderWeights(trainedParameters(settings), vectors.average);
}

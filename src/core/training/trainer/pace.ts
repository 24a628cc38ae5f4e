import { meanOf } from './curve';
import type { TrainingState } from './state';

export interface TrainingProgress {
  readonly step: number;
  readonly steps: number;
  /** The mean over the last steps. */
  readonly loss: number;
  /** Until the end, at the speed so far. */
  readonly secondsLeft: number;
  /** The newest figures, or `null`. */
  readonly figures: Readonly<Record<string, number>> | null;
}

const smoothing = 100;

/** Knows how fast a training goes. */
export class Pace {
  private readonly began = performance.now();
  private readonly firstStep: number;
  private readonly losses: number[] = [];

  constructor(
    private readonly state: TrainingState,
    private readonly timeLimit = Infinity,
  ) {
    this.firstStep = state.step;
  }

  timeIsUp(): boolean {
    return this.seconds() >= this.timeLimit;
  }

  /** Call it after every step. */
  progress(loss: number): TrainingProgress {
    this.losses.push(loss);
    if (this.losses.length > smoothing) this.losses.shift();
    const { step, settings, curve } = this.state;
    const perStep = this.seconds() / (step - this.firstStep);
    return {
      step,
      steps: settings.steps,
      loss: meanOf(this.losses),
      secondsLeft: Math.min((settings.steps - step) * perStep, this.timeLimit - this.seconds()),
      figures: curve.validations.at(-1)?.figures ?? null,
    };
  }

  private seconds(): number {
    return (performance.now() - this.began) / 1000;
  }
}

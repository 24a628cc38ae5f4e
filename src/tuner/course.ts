import type { Figures, TuningProgress } from '../protocol/finetune';
import type { TrainingSettings } from '../core/training/trainer/settings';
import { patience } from './tuningChoices';
import { scoreOf, writeState, type TuningState } from './tuningState';

/** More points than this show no more. */
const mostPoints = 200;
const millisecondsBetweenProgress = 250;

/** How a fine-tuning goes: what is shown, and what decides when to stop. */
export class Course {
  private readonly secondsBefore: number;
  private pending: number[] = [];
  private at: number;
  private secondsLeft = 0;
  private told = -Infinity;
  private readonly state: TuningState;

  constructor(
    private readonly folder: string,
    state: TuningState,
    private readonly began: number,
    private readonly onProgress: ((progress: TuningProgress) => void) | undefined,
  ) {
    this.state = { ...state, points: [...state.points], validations: [...state.validations] };
    this.secondsBefore = state.seconds;
    this.at = Math.max(0, ...state.points.map(({ step }) => step), ...state.validations.map(({ step }) => step));
  }

  static fresh(
    settings: TrainingSettings,
    { every, finishing }: Pick<TuningState, 'every' | 'finishing'>,
  ): TuningState {
    const format = 'kindred-tuning-state-2';
    return { format, settings, every, finishing, seconds: 0, points: [], validations: [], best: null };
  }

  get settings(): TrainingSettings {
    return this.state.settings;
  }

  /** A validation comes after so many steps. */
  get every(): number {
    return this.state.every;
  }

  /** How many seconds there are for steps, of so many for everything. */
  secondsOf(all: number): number {
    return Math.max(all - this.seconds - this.state.finishing, 1);
  }

  get step(): number {
    return this.at;
  }

  get seconds(): number {
    return this.secondsBefore + (performance.now() - this.began) / 1000;
  }

  get best(): TuningState['best'] {
    return this.state.best;
  }

  get startScore(): number {
    const first = this.state.validations[0];
    return first === undefined ? 0 : scoreOf(first.figures);
  }

  /** Whether no weights can rank what decides better than those that it started from. */
  get isPerfect(): boolean {
    return this.startScore >= 1;
  }

  /**
   * Whether nothing improves any more. While the learning rate is high the ranking may get worse before it gets better,
   * so the first half of the steps tells nothing.
   */
  get hasStalled(): boolean {
    const best = this.state.best?.step ?? 0;
    const since = this.state.validations.filter(({ step }) => step > best).length;
    return since >= patience && this.at >= this.settings.steps / 2;
  }

  /** Takes up figures. @returns whether they are the best so far */
  validated(step: number, figures: Figures): boolean {
    const score = scoreOf(figures);
    const { best, validations } = this.state;
    if (!validations.some((known) => known.step >= step)) validations.push({ step, figures });
    const isBest = best === null || score > best.score;
    if (isBest) this.state.best = { step, score };
    this.tell();
    return isBest;
  }

  stepped(step: number, loss: number, secondsLeft: number): void {
    this.at = step;
    this.secondsLeft = secondsLeft;
    this.pending.push(loss);
    const { points, settings } = this.state;
    if (this.pending.length >= Math.ceil(settings.steps / mostPoints)) {
      // After a process was killed some steps are done again.
      while ((points.at(-1)?.step ?? -1) >= step) points.pop();
      points.push({ step, loss: this.pending.reduce((sum, value) => sum + value, 0) / this.pending.length });
      this.pending = [];
    }
    if (performance.now() - this.told >= millisecondsBetweenProgress) this.tell();
  }

  async save(): Promise<void> {
    await writeState(this.folder, { ...this.state, seconds: this.seconds });
  }

  private tell(): void {
    this.told = performance.now();
    const { points, validations, settings, finishing } = this.state;
    const { steps } = settings;
    const seconds = this.secondsLeft > 0 && Number.isFinite(this.secondsLeft) ? this.secondsLeft + finishing : 0;
    this.onProgress?.({
      step: this.at,
      steps,
      done: Math.min(this.at / steps, 1),
      secondsLeft: seconds,
      points,
      validations,
    });
  }
}

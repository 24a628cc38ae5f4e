import type { ChildProcess } from 'node:child_process';
import { Mutex } from 'async-mutex';
import type { FromTuner, TuningProgress } from '../../protocol/finetune';
import type { TuningSituation } from '../../protocol/finetunePanel';
import type { TuningProblem } from '../../protocol/tuningProblem';
import { Trainer } from './trainer';
import type { TuningFolder } from './tuningFolder';

export interface TuningJobSetup {
  readonly folder: TuningFolder;
  /** Starts the process that carries out the plan in the folder. */
  readonly launch: (folder: string) => ChildProcess;
  readonly changed: (situation: TuningSituation) => void;
  readonly log: (text: string) => void;
}

/** A process that dies this many times in a row is not started again by itself. */
const mostDeaths = 3;
const millisecondsBetweenLooks = 3000;

/**
 * The fine-tuning of this workspace, over however many processes and windows it takes. It owns the folder and the process:
 * what is asked of it, and the ends of processes, are dealt with one after the other.
 */
export class TuningJob {
  readonly #setup: TuningJobSetup;
  readonly #queue = new Mutex();
  #situation: TuningSituation = { kind: 'none' };
  #trainer: Trainer | undefined;
  #deaths = 0;
  #progress: TuningProgress | null = null;
  #looking: NodeJS.Timeout | undefined;
  #disposed = false;

  constructor(setup: TuningJobSetup) {
    this.#setup = setup;
  }

  get situation(): TuningSituation {
    return this.#situation;
  }

  /** Finds out what the folder holds, and goes on with a training that a closed window or a crash has interrupted. */
  restore(): Promise<void> {
    return this.#queue.runExclusive(() => this.#restore());
  }

  /**
   * Starts a new fine-tuning.
   * @param plan writes the plan into the folder
   * @returns whether it did: not where there is one already
   */
  start(plan: (folder: string) => Promise<void>): Promise<boolean> {
    return this.#queue.runExclusive(async () => {
      await this.#restore();
      if (this.#situation.kind !== 'none') return false;
      await plan(this.#setup.folder.path);
      await this.#run();
      return true;
    });
  }

  /** Goes on with the plan in the folder. */
  resume(): Promise<void> {
    return this.#queue.runExclusive(() => this.#run());
  }

  /** Stops after the step under way; what is trained so far is kept. */
  pause(): Promise<void> {
    return this.#queue.runExclusive(async () => {
      if (this.#trainer === undefined || this.#situation.kind !== 'running') return;
      await this.#setup.folder.setPaused(true);
      this.#show({ stopping: true });
      this.#trainer.stop();
    });
  }

  /** Stops and forgets everything. */
  discard(): Promise<void> {
    return this.#queue.runExclusive(() => this.#discard());
  }

  /**
   * Takes what a fine-tuning has brought, and forgets it.
   * @returns what `keep` gives, or `null` where nothing is done
   */
  finish<T>(keep: (folder: string) => Promise<T>): Promise<T | null> {
    return this.#queue.runExclusive(async () => {
      if (this.#situation.kind !== 'done') return null;
      const kept = await keep(this.#setup.folder.path);
      await this.#discard();
      return kept;
    });
  }

  /** Lets go of the process, which saves what it has and ends. */
  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#looking);
    this.#trainer?.disconnect();
    this.#trainer = undefined;
  }

  async #restore(): Promise<void> {
    const { folder } = this.#setup;
    if (this.#trainer !== undefined || this.#disposed) return;
    const state = await folder.state();
    this.#progress = await folder.progress();
    switch (state) {
      case 'empty':
        this.#enter({ kind: 'none' });
        break;
      case 'reported': {
        const report = await folder.report();
        if (report !== null) this.#enter({ kind: 'done', report });
        else this.#fail({ kind: 'reportDamaged' }, false);
        break;
      }
      case 'paused':
        this.#enter({ kind: 'paused', progress: this.#progress });
        break;
      case 'owned':
        this.#follow();
        break;
      case 'planned':
        this.#launch();
    }
  }

  async #run(): Promise<void> {
    if (this.#trainer?.answered === false) return;
    // One that has said its last word is about to end.
    await this.#trainer?.ended;
    this.#trainer = undefined;
    this.#deaths = 0;
    await this.#setup.folder.setPaused(false);
    this.#progress = await this.#setup.folder.progress();
    this.#launch();
  }

  async #discard(): Promise<void> {
    const trainer = this.#trainer;
    this.#trainer = undefined;
    trainer?.kill();
    await trainer?.ended;
    await this.#setup.folder.clear();
    this.#progress = null;
    this.#enter({ kind: 'none' });
  }

  #launch(): void {
    if (this.#disposed) return;
    const { folder, launch, log } = this.#setup;
    const trainer = new Trainer(launch(folder.path), (message) => {
      if (this.#trainer !== trainer) return;
      if (message === null) log('The fine-tuning sent a message that is not understood.');
      else this.#receive(message);
    });
    this.#trainer = trainer;
    this.#enter({ kind: 'running', stage: 'starting', stageDone: 0, progress: this.#progress, stopping: false });
    trainer.ended
      .then(() => this.#queue.runExclusive(() => this.#ended(trainer)))
      .catch((error: unknown) => {
        log(`The end of a fine-tuning could not be dealt with: ${String(error)}`);
      });
  }

  #receive(message: FromTuner): void {
    switch (message.type) {
      case 'stage':
        this.#show({ stage: message.stage, stageDone: message.done });
        break;
      case 'progress':
        this.#deaths = 0;
        this.#progress = message.progress;
        this.#show({ progress: message.progress });
        break;
      case 'done':
        this.#enter({ kind: 'done', report: message.report });
        break;
      case 'stopped':
        this.#enter({ kind: 'paused', progress: this.#progress });
        break;
      case 'failed':
        this.#setup.log(`The fine-tuning failed: ${message.details}`);
        if (message.problem.kind === 'otherWindow') this.#follow();
        else this.#fail(message.problem, message.resumable);
    }
  }

  async #ended(trainer: Trainer): Promise<void> {
    if (this.#trainer !== trainer) return;
    this.#trainer = undefined;
    if (trainer.answered) return;
    const last = await trainer.ended;
    const { folder, log } = this.#setup;
    log(`The process of the fine-tuning ended: ${JSON.stringify(last)}.`);
    if (trainer.owns) await folder.release();
    if (this.#situation.kind === 'running' && this.#situation.stopping) {
      this.#enter({ kind: 'paused', progress: this.#progress });
    } else if (++this.#deaths < mostDeaths) this.#launch();
    else this.#fail({ kind: 'ended', times: mostDeaths, last }, true);
  }

  #fail(problem: TuningProblem, resumable: boolean): void {
    this.#enter({ kind: 'failed', problem, resumable, progress: this.#progress });
  }

  /** Another window's work is followed by looking now and then. */
  #follow(): void {
    this.#enter({ kind: 'elsewhere' });
    clearTimeout(this.#looking);
    if (this.#disposed) return;
    this.#looking = setTimeout(() => {
      this.restore().catch((error: unknown) => {
        this.#setup.log(`The fine-tuning of another window cannot be followed: ${String(error)}`);
      });
    }, millisecondsBetweenLooks);
  }

  /** Changes what is shown of a training, as long as it runs. */
  #show(change: Partial<Omit<TuningSituation & { kind: 'running' }, 'kind'>>): void {
    if (this.#situation.kind === 'running') this.#enter({ ...this.#situation, ...change });
  }

  #enter(situation: TuningSituation): void {
    if (this.#disposed) return;
    this.#situation = situation;
    this.#setup.changed(situation);
  }
}

import type { ChildProcess } from 'node:child_process';
import * as v from 'valibot';
import { fromTuner, type FromTuner, type ToTuner, type TuningProgress } from '../../protocol/finetune';
import type { TuningSituation } from '../../protocol/finetunePanel';
import type { ProcessEnd, TuningProblem } from '../../protocol/tuningProblem';
import type { TuningFolder } from './tuningFolder';

export interface TuningJobSetup {
  readonly folder: TuningFolder;
  /** Starts the process that carries out the plan in the folder. */
  launch(folder: string): ChildProcess;
  changed(situation: TuningSituation): void;
  log(text: string): void;
}

/** A process that dies so often in a row is not started again by itself. */
const mostDeaths = 3;
const millisecondsBetweenLooks = 3000;

/** The fine-tuning of this workspace, over however many processes and windows it takes. */
export class TuningJob {
  readonly #setup: TuningJobSetup;
  #situation: TuningSituation = { kind: 'none' };
  #child: ChildProcess | undefined;
  #answered = false;
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
  async restore(): Promise<void> {
    const { folder } = this.#setup;
    if (this.#child !== undefined || this.#disposed) return;
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
        this.#enter({ kind: 'elsewhere' });
        this.#lookAgain();
        break;
      case 'planned':
        this.#start();
    }
  }

  /** Starts the plan in the folder, or goes on with it. */
  async run(): Promise<void> {
    if (this.#child !== undefined) return;
    this.#deaths = 0;
    await this.#setup.folder.setPaused(false);
    this.#progress = await this.#setup.folder.progress();
    this.#start();
  }

  /** Stops after the step under way; what is trained so far is kept. */
  async pause(): Promise<void> {
    if (this.#child === undefined || this.#situation.kind !== 'running') return;
    await this.#setup.folder.setPaused(true);
    this.#enter({ ...this.#situation, stopping: true });
    const stop: ToTuner = { type: 'stop' };
    this.#child.send(stop);
  }

  /** Stops and forgets everything. */
  async discard(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child !== undefined) {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await ended;
    }
    await this.#setup.folder.clear();
    this.#progress = null;
    this.#enter({ kind: 'none' });
  }

  /** Lets go of the process, which saves what it has and ends. */
  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#looking);
    const child = this.#child;
    this.#child = undefined;
    if (child?.connected === true) child.disconnect();
  }

  #start(): void {
    const child = this.#setup.launch(this.#setup.folder.path);
    this.#child = child;
    this.#answered = false;
    this.#enter({ kind: 'running', stage: 'starting', progress: this.#progress, stopping: false });
    child.on('message', (message) => {
      if (this.#child !== child) return;
      const parsed = v.safeParse(fromTuner, message);
      if (parsed.success) this.#receive(parsed.output);
      else this.#setup.log('The fine-tuning sent a message that is not understood.');
    });
    child.once('error', (error) => {
      if (child.pid === undefined) this.#ended(child, { kind: 'notStarted', reason: error.message });
    });
    child.once('exit', (code, signal) => {
      this.#ended(child, signal === null ? { kind: 'code', code } : { kind: 'signal', signal });
    });
  }

  #receive(message: FromTuner): void {
    switch (message.type) {
      case 'stage':
        if (this.#situation.kind === 'running') this.#enter({ ...this.#situation, stage: message.stage });
        break;
      case 'progress':
        this.#deaths = 0;
        this.#progress = message.progress;
        if (this.#situation.kind === 'running') this.#enter({ ...this.#situation, progress: message.progress });
        break;
      case 'done':
        this.#answered = true;
        this.#enter({ kind: 'done', report: message.report });
        break;
      case 'stopped':
        this.#answered = true;
        this.#enter({ kind: 'paused', progress: this.#progress });
        break;
      case 'failed':
        this.#answered = true;
        this.#setup.log(`The fine-tuning failed: ${message.details}`);
        this.#fail(message.problem, message.resumable);
    }
  }

  #ended(child: ChildProcess, last: ProcessEnd): void {
    if (this.#child !== child) return;
    this.#child = undefined;
    if (this.#answered) return;
    this.#setup.log(`The process of the fine-tuning ended: ${JSON.stringify(last)}.`);
    if (++this.#deaths < mostDeaths) this.#start();
    else this.#fail({ kind: 'ended', times: mostDeaths, last }, true);
  }

  #fail(problem: TuningProblem, resumable: boolean): void {
    this.#enter({ kind: 'failed', problem, resumable, progress: this.#progress });
  }

  /** Another window's work is followed by looking now and then. */
  #lookAgain(): void {
    clearTimeout(this.#looking);
    this.#looking = setTimeout(() => {
      this.restore().catch((error: unknown) => {
        this.#setup.log(`The fine-tuning of another window cannot be followed: ${String(error)}`);
      });
    }, millisecondsBetweenLooks);
  }

  #enter(situation: TuningSituation): void {
    if (this.#disposed) return;
    this.#situation = situation;
    this.#setup.changed(situation);
  }
}

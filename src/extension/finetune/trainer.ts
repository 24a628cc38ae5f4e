import type { ChildProcess } from 'node:child_process';
import * as v from 'valibot';
import { fromTuner, type FromTuner, type ToTuner } from '../../protocol/finetune';
import type { ProcessEnd } from '../../protocol/tuningProblem';

/** One process that fine-tunes. */
export class Trainer {
  /** Resolves when the process has ended, and all that it said was received. */
  readonly ended: Promise<ProcessEnd>;
  readonly #child: ChildProcess;
  #owns = false;
  #answered = false;

  /** @param receive called with each message of the process, and with `null` for one that is not understood */
  constructor(child: ChildProcess, receive: (message: FromTuner | null) => void) {
    this.#child = child;
    this.ended = endOf(child);
    child.on('message', (message) => {
      const parsed = v.safeParse(fromTuner, message);
      if (parsed.success) this.#note(parsed.output);
      receive(parsed.success ? parsed.output : null);
    });
  }

  /** Whether the folder has become its own. */
  get owns(): boolean {
    return this.#owns;
  }

  /** Whether it has said its last word. */
  get answered(): boolean {
    return this.#answered;
  }

  /** Asks it to stop after the step under way. One that has ended is past asking. */
  stop(): void {
    const stop: ToTuner = { type: 'stop' };
    if (this.#child.connected) this.#child.send(stop, () => undefined);
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  /** Lets go of the process, which saves what it has and ends. */
  disconnect(): void {
    if (this.#child.connected) this.#child.disconnect();
  }

  #note({ type }: FromTuner): void {
    if (type === 'stage' || type === 'progress') this.#owns = true;
    else this.#answered = true;
  }
}

function endOf(child: ChildProcess): Promise<ProcessEnd> {
  return new Promise((resolve) => {
    child.on('error', (error) => {
      if (child.pid === undefined) resolve({ kind: 'notStarted', reason: error.message });
    });
    child.once('exit', (code, signal) => {
      const end: ProcessEnd = signal === null ? { kind: 'code', code } : { kind: 'signal', signal };
      // Messages may still be on their way when a process is gone; the channel closes after the last.
      if (!child.connected) resolve(end);
      else {
        child.once('disconnect', () => {
          resolve(end);
        });
      }
    });
  });
}

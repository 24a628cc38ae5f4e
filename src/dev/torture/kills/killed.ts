import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** What is left where processes were killed again and again. */
export interface KillFigures {
  /** What they were doing. */
  readonly while: string;
  readonly kills: number;
  /** How often what they left could not be opened, or gone on with. */
  readonly failedReopenings: number;
  /** Files that were neither old nor new, and encoders of which half was listed. */
  readonly torn: number;
  readonly lost: number;
  readonly rankings: number;
  readonly wrongRankings: number;
  /** How many labels were written, or fine-tunings were brought to their end, meanwhile. */
  readonly done: number;
}

/** Kills a process, and waits until it is gone. */
export async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

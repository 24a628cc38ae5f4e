import { randomUUID } from 'node:crypto';
import { readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf } from '../files/errorCode';
import { harmlessly } from './fileErrors';
import { isAnotherAlive } from '../files/processes';

/** The marks of this process: two engines of one process may share a folder. */
const own = new Set<string>();

const beatMilliseconds = 1000;
/** A process whose mark has not moved for this long is held up, or its number is that of another by now. */
const patienceMilliseconds = 15_000;

/**
 * Whose turn it is to index into a folder. Of several processes that share it one does the work and the others take what it
 * has done; when it ends or dies, another goes on. Its mark is a file with its number, which it touches every second. Two
 * at once, as after a long stop, do no harm but work twice.
 */
export class Turn {
  private readonly path: string;
  private readonly mark = `${process.pid} ${randomUUID()}`;
  private beating: NodeJS.Timeout | undefined;
  private seen: { readonly state: string; readonly at: number } | undefined;

  constructor(folder: string) {
    this.path = join(folder, 'indexing');
  }

  /** Takes the turn, if nobody has it who lives. Where no mark can be left nobody knows of the others. */
  take(): boolean {
    if (this.beating !== undefined) return true;
    if (!this.leaveMark()) {
      if (!this.isLeftByDead()) return false;
      this.removeMark();
      if (!this.leaveMark()) return false;
    }
    own.add(this.mark);
    this.beating = setInterval(() => {
      this.beat();
    }, beatMilliseconds).unref();
    return true;
  }

  /** Leaves the turn to the others. */
  leave(): void {
    if (this.beating === undefined) return;
    clearInterval(this.beating);
    this.beating = undefined;
    own.delete(this.mark);
    harmlessly(() => {
      if (readFileSync(this.path, 'utf8') === this.mark) rmSync(this.path, { force: true });
    });
  }

  private leaveMark(): boolean {
    try {
      writeFileSync(this.path, this.mark, { flag: 'wx' });
      return true;
    } catch (error) {
      if (typeof codeOf(error) !== 'string') throw error;
      return codeOf(error) !== 'EEXIST';
    }
  }

  private isLeftByDead(): boolean {
    const state = stateOf(this.path);
    if (state === null) return true;
    // Its own clock measures how long the mark has not moved, as that of the files may be set.
    if (this.seen?.state !== state) this.seen = { state, at: performance.now() };
    if (performance.now() - this.seen.at > patienceMilliseconds) return true;
    const [mark = ''] = state.split('\n');
    return !own.has(mark) && !isAnotherAlive(Number.parseInt(mark, 10));
  }

  /** Another process may have removed it, and left its own, since it was looked at: that one is put back. */
  private removeMark(): void {
    const aside = `${this.path}-${randomUUID()}`;
    harmlessly(() => {
      renameSync(this.path, aside);
      const [mark] = this.seen?.state.split('\n') ?? [];
      if (readFileSync(aside, 'utf8') === mark) rmSync(aside, { force: true });
      else renameSync(aside, this.path);
    });
  }

  private beat(): void {
    harmlessly(() => {
      const now = new Date();
      if (readFileSync(this.path, 'utf8') === this.mark) utimesSync(this.path, now, now);
    });
  }
}

/** The mark in a file, and when it moved last; `null` where there is none. */
function stateOf(path: string): string | null {
  try {
    return `${readFileSync(path, 'utf8')}\n${statSync(path).mtimeMs}`;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

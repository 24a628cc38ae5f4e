import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive } from '../files/processes';
import { keyOf } from './store/records';
import type { Store } from './store/store';

const prefix = 'reading-';

/** A file over which the engine died so often is not tried again until it changes. */
export const maximumDeaths = 3;

/**
 * Remembers which files were being read when an engine died, so that one file cannot take it down for ever. Every
 * engine appends to a journal of its own what it begins and ends; what dead engines left open is counted in the store.
 */
export class Attempts {
  private readonly journal: string;

  constructor(
    private readonly folder: string,
    private readonly store: Store,
  ) {
    mkdirSync(folder, { recursive: true });
    this.journal = join(folder, `${prefix}${process.pid}`);
    this.countDeaths();
  }

  begin(path: string): void {
    this.append('+', path);
  }

  end(path: string): void {
    this.append('-', path);
  }

  /** How many engines or workers died while they read this content of the file. */
  deaths(path: string, content: string): number {
    const mark = this.store.get('marks', keyOf('deaths', path));
    if (typeof mark !== 'object' || mark === null || !('count' in mark) || typeof mark.count !== 'number') return 0;
    // A mark of an unknown content is of the engine that died before it could say which.
    const known = 'content' in mark && typeof mark.content === 'string' ? mark.content : content;
    if (known !== content) return 0;
    this.store.put('marks', keyOf('deaths', path), { count: mark.count, content });
    return mark.count;
  }

  countDeath(path: string): void {
    const key = keyOf('deaths', path);
    const mark = this.store.get('marks', key);
    const known = typeof mark === 'object' && mark !== null ? mark : {};
    const count = 'count' in known && typeof known.count === 'number' ? known.count : 0;
    this.store.put('marks', key, { ...known, count: count + 1 });
  }

  close(): void {
    rmSync(this.journal, { force: true });
  }

  private append(sign: '+' | '-', path: string): void {
    try {
      appendFileSync(this.journal, `${sign}${JSON.stringify(path)}\n`);
    } catch (error) {
      // On a full disk a death is not counted, and that is all.
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
    }
  }

  private countDeaths(): void {
    for (const name of readdirSync(this.folder)) {
      if (!name.startsWith(prefix) || isAlive(Number(name.slice(prefix.length)))) continue;
      const journal = join(this.folder, name);
      for (const path of openPaths(readFileSync(journal, 'utf8'))) this.countDeath(path);
      this.store.flush();
      rmSync(journal, { force: true });
    }
  }
}

/** The paths that a journal begins more often than it ends; a last line that was cut off does not count. */
function openPaths(journal: string): Set<string> {
  const open = new Set<string>();
  for (const line of journal.split('\n').slice(0, -1)) {
    const path: unknown = JSON.parse(line.slice(1));
    if (typeof path !== 'string') continue;
    if (line.startsWith('+')) open.add(path);
    else open.delete(path);
  }
  return open;
}

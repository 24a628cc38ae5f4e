import { randomUUID } from 'node:crypto';
import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isAnotherAlive } from './processes';
import { keyOf } from './store/records';
import type { Store } from './store/store';

const prefix = 'reading-';

/** The journals that this process writes: two engines of one process may share a folder. */
const own = new Set<string>();

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
    this.journal = join(folder, `${prefix}${process.pid}-${randomUUID()}`);
    this.countDeaths();
    own.add(this.journal);
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
    own.delete(this.journal);
  }

  private append(sign: '+' | '-', path: string): void {
    try {
      // The line's end comes first: what a full disk has cut off does not run into the next line.
      appendFileSync(this.journal, `\n${sign}${JSON.stringify(path)}`);
    } catch (error) {
      // On a full disk a death is not counted, and that is all.
      if (!isFull(error)) throw error;
    }
  }

  private countDeaths(): void {
    for (const name of readdirSync(this.folder)) {
      const journal = join(this.folder, name);
      if (!name.startsWith(prefix) || own.has(journal)) continue;
      if (isAnotherAlive(Number.parseInt(name.slice(prefix.length), 10))) continue;
      for (const path of openPaths(textOf(journal))) this.countDeath(path);
      this.store.flush();
      rmSync(journal, { force: true });
    }
  }
}

function isFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
}

/** Another window may have counted a journal and removed it just now. */
function textOf(journal: string): string {
  try {
    return readFileSync(journal, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
}

/** The paths that a journal begins more often than it ends; a line that was cut off does not count. */
function openPaths(journal: string): Set<string> {
  const open = new Set<string>();
  for (const line of journal.split('\n')) {
    const path = pathIn(line.slice(1));
    if (path === null) continue;
    if (line.startsWith('+')) open.add(path);
    else open.delete(path);
  }
  return open;
}

/** @returns `null` for anything but a whole string of JSON */
function pathIn(text: string): string | null {
  try {
    const path: unknown = JSON.parse(text);
    return typeof path === 'string' ? path : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

import { randomUUID } from 'node:crypto';
import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf } from '../files/errorCode';
import { harmlessly } from './fileErrors';
import { isAnotherAlive } from '../files/processes';
import { keyOf, parse, type DeathsRecord } from './store/records';
import type { Store } from './store/store';

const prefix = 'reading-';

/** The journals that this process writes: two engines of one process may share a folder. */
const own = new Set<string>();

/** A file over which the engine died so often is not tried again until it changes, or the deaths are forgotten. */
export const maximumDeaths = 3;

const dayMilliseconds = 24 * 3600 * 1000;

export interface AttemptsOptions {
  /** Of Kindred: another one may read what this one could not. */
  readonly version: string;
  /** The process of the engine before, if whoever started it saw it die by itself. */
  readonly crashed: number | null;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/**
 * Remembers which files were being read when an engine died, so that one file cannot take it down for ever. Every
 * engine appends to a journal of its own what it begins and ends. What dead engines left open is suspect, and is to be
 * read alone; it counts as a death only where the engine was seen to die by itself, and was not ended from outside. Deaths
 * are counted in the store, and forgotten after a day.
 */
export class Attempts {
  private readonly journal: string;
  private readonly suspects = new Set<string>();
  private readonly now: () => number;

  constructor(
    private readonly folder: string,
    private readonly store: Store,
    private readonly options: AttemptsOptions,
  ) {
    this.now = options.now ?? Date.now;
    this.journal = join(folder, `${prefix}${process.pid}-${randomUUID()}`);
    harmlessly(() => {
      mkdirSync(folder, { recursive: true });
      this.takeUp();
    });
    own.add(this.journal);
  }

  /** Whether a file was being read when an engine died, so that no other should be read beside it. */
  isSuspect(path: string): boolean {
    return this.suspects.has(path) || this.recorded(path) !== undefined;
  }

  begin(path: string): void {
    this.append('+', path);
  }

  end(path: string): void {
    this.append('-', path);
  }

  /** How many engines or workers died while they read this content of the file. */
  deaths(path: string, content: string): number {
    const record = this.recorded(path);
    if (record === undefined || (record.content ?? content) !== content) return 0;
    if (record.content === undefined) this.store.put('marks', keyOf('deaths', path), { ...record, content });
    return record.count;
  }

  countDeath(path: string): void {
    const known = this.recorded(path) ?? { count: 0 };
    const { version } = this.options;
    const record: DeathsRecord = { ...known, count: known.count + 1, at: this.now(), version };
    this.store.put('marks', keyOf('deaths', path), record);
  }

  close(): void {
    harmlessly(() => {
      rmSync(this.journal, { force: true });
    });
    own.delete(this.journal);
  }

  private append(sign: '+' | '-', path: string): void {
    harmlessly(() => {
      // The line's end comes first: what a full disk has cut off does not run into the next line.
      appendFileSync(this.journal, `\n${sign}${JSON.stringify(path)}`);
    });
  }

  private recorded(path: string): DeathsRecord | undefined {
    const record = parse.deaths(this.store.get('marks', keyOf('deaths', path)));
    if (record?.version !== this.options.version) return undefined;
    const age = this.now() - record.at;
    return age >= 0 && age < dayMilliseconds ? record : undefined;
  }

  private takeUp(): void {
    for (const name of readdirSync(this.folder)) {
      const journal = join(this.folder, name);
      if (!name.startsWith(prefix) || own.has(journal)) continue;
      const pid = Number.parseInt(name.slice(prefix.length), 10);
      if (isAnotherAlive(pid)) continue;
      for (const path of openPaths(textOf(journal))) {
        this.suspects.add(path);
        if (pid === this.options.crashed) this.countDeath(path);
      }
      this.store.flush();
      rmSync(journal, { force: true });
    }
  }
}

/** Another window may have counted a journal and removed it just now. */
function textOf(journal: string): string {
  try {
    return readFileSync(journal, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return '';
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

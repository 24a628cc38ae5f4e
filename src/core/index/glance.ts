import { largest } from '../recordings/extremes';
import { statSync, type BigIntStats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { UnreadableError } from '../recordings/reader';
import { asUnreadable } from '../recordings/source';

/** What tells whether a file is as it was. */
export interface Seen {
  readonly path: string;
  /** Differs whenever the file was written or another one took its place, even one of the same size and time. */
  readonly state: string;
}

/** A file as the file system tells of it without its being read. */
export interface Glance extends Seen {
  /** -1 for a companion that is not there. */
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly modified: number;
  /** When it was written or renamed last, or its rights were changed, in milliseconds since 1970. */
  readonly touched: number;
}

/** The clock of file systems ticks this slowly: a file that was written just now may be written again in the same tick. */
const tickMilliseconds = 20;

/** @throws UnreadableError */
export async function glanceAt(path: string): Promise<Glance> {
  try {
    return glanceOf(path, await stat(path, { bigint: true }));
  } catch (error) {
    throw asUnreadable(error);
  }
}

/** The same without waiting, which takes a tenth of the time where nobody else waits for this thread. @throws UnreadableError */
export function glanceNow(path: string): Glance {
  try {
    return glanceOf(path, statSync(path, { bigint: true }));
  } catch (error) {
    throw asUnreadable(error);
  }
}

function glanceOf(path: string, { size, mtimeNs, ctimeNs, ino }: BigIntStats): Glance {
  const state = [size, mtimeNs, ctimeNs, ino].join('/');
  return { path, size: Number(size), modified: Number(mtimeNs) / 1e6, touched: Number(ctimeNs) / 1e6, state };
}

/** A recording's file, and the others that it consists of, which may be missing. @throws UnreadableError */
export async function glanceAtAll(path: string, companions: readonly string[]): Promise<readonly Glance[]> {
  return Promise.all([glanceAt(path), ...companions.map(glanceOrMissing)]);
}

/** Many files at once, without waiting, for a thread that does nothing else. Those that cannot be looked at are missing. */
export function glancesNow(paths: readonly string[]): readonly Glance[] {
  return paths.map((path) => {
    try {
      return glanceNow(path);
    } catch (error) {
      return asMissing(path, error);
    }
  });
}

/** Whether a file is as it was when it was recorded. */
export function isAsRecorded(recorded: Pick<Glance, 'size' | 'modified'>, seen: Glance | undefined): boolean {
  return recorded.size === seen?.size && recorded.modified === seen.modified;
}

/** Whether files are exactly as they were. */
export async function isUnchanged(before: readonly Seen[]): Promise<boolean> {
  const now = await Promise.all(before.map(({ path }) => glanceOrMissing(path)));
  return now.every(({ state }, i) => state === before[i]?.state);
}

/** A file that changed while it was read: what was made of it is of no use. */
export class FileChangedError extends Error {
  override readonly name = 'FileChangedError';
}

/**
 * Does work on files.
 * @throws FileChangedError if any of them changed since it was seen, or none was seen, and whatever the work throws
 */
export async function steadily<T>(seen: readonly Seen[], work: () => Promise<T>): Promise<T> {
  if (seen.length === 0) throw new FileChangedError('nobody has looked at the file yet');
  const result = await work().catch(async (error: unknown) => {
    if (await isUnchanged(seen)) throw error;
    throw changed(seen, error);
  });
  if (!(await isUnchanged(seen))) throw changed(seen);
  return result;
}

function changed(seen: readonly Seen[], cause?: unknown): FileChangedError {
  return new FileChangedError(`${seen[0]?.path} changed while it was read`, { cause });
}

/** Waits until what was written just now could not be written again without being noticed. */
export async function ticked(seen: readonly Glance[], signal: AbortSignal): Promise<void> {
  const age = Date.now() - largest(seen.map(({ touched }) => touched));
  if (age >= 0 && age < tickMilliseconds) await wait(tickMilliseconds, undefined, { signal });
}

async function glanceOrMissing(path: string): Promise<Glance> {
  try {
    return await glanceAt(path);
  } catch (error) {
    return asMissing(path, error);
  }
}

function asMissing(path: string, error: unknown): Glance {
  if (!(error instanceof UnreadableError)) throw error;
  return { path, size: -1, modified: 0, touched: 0, state: 'missing' };
}

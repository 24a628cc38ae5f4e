import { readdir, stat } from 'node:fs/promises';

/** How a folder was found. */
interface Found {
  /** Differs whenever another folder, or another disk, is at the path; `null` where none can be read. */
  readonly identity: string | null;
  readonly away: boolean;
}

/**
 * Knows whether the folders of a workspace are there. One whose disk is unmounted looks as if all its files had been
 * deleted, and a watcher of it sees nothing of what comes back.
 */
export class Places {
  private readonly known = new Map<string, Found>();

  constructor(private readonly folders: readonly string[]) {}

  /** The folders that are not there, as far as was seen last. */
  get away(): readonly string[] {
    return this.folders.filter((folder) => this.known.get(folder)?.away === true);
  }

  isAway(path: string): boolean {
    return this.known.get(path)?.away === true;
  }

  /** Looks at the folders. @returns whether one went, came back, or became another */
  async look(): Promise<boolean> {
    let changed = false;
    for (const folder of this.folders) {
      const before = this.known.get(folder);
      const now = await found(folder, before);
      this.known.set(folder, now);
      const isSame = before?.away === now.away && before.identity === now.identity;
      if (before === undefined ? now.away : !isSame) changed = true;
    }
    return changed;
  }
}

async function found(folder: string, before: Found | undefined): Promise<Found> {
  const identity = await identityOf(folder);
  if (identity === null) return { identity: before?.identity ?? null, away: true };
  // What is left of a disk that is unmounted is the empty folder in which it was.
  const isOther = before?.identity != null && before.identity !== identity;
  if (isOther && (await isEmpty(folder))) return { identity: before.identity, away: true };
  return { identity, away: false };
}

async function identityOf(folder: string): Promise<string | null> {
  try {
    const { dev, ino } = await stat(folder, { bigint: true });
    return `${dev}/${ino}`;
  } catch (error) {
    return withoutFolder(error, null);
  }
}

async function isEmpty(folder: string): Promise<boolean> {
  try {
    return (await readdir(folder)).length === 0;
  } catch (error) {
    return withoutFolder(error, true);
  }
}

/** Whatever the system says of a folder that it cannot read, it is not there for us. */
function withoutFolder<T>(error: unknown, answer: T): T {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return answer;
  throw error;
}

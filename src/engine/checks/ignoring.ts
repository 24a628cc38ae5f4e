import { join } from 'node:path';
import { Mutex } from 'async-mutex';
import { readBounded, RefusedFileError } from '../../core/files/readBounded';
import { writeWhole } from '../../core/files/writeWhole';
import type { CheckName } from '../../protocol/checks';
import type { WorkspaceFolder } from '../../protocol/engine';
import type { SequenceRef } from '../../protocol/sequences';
import { folderOf, insidePath, shownPath } from '../paths';
import { RequestError } from '../requestError';
import { IgnoredFile, IgnoredFileError, keyOf } from './ignoredFile';

/** Of a workspace folder. */
export const ignoredName = '.kindred/ignored.csv';

/** Some hundred thousand findings have less. */
const mostBytes = 16 * 2 ** 20;

/** Whether a finding of a check about a sequence is ignored. */
export type IsIgnored = (check: CheckName, ref: SequenceRef) => boolean;

/** Owns the `.kindred/ignored.csv` of all folders: of changes at the same time, one follows the other. */
export class Ignoring {
  private readonly writing = new Mutex();

  /** @param note called with what is wrong with a file that cannot be used */
  constructor(
    private readonly folders: readonly WorkspaceFolder[],
    private readonly note: (text: string) => void,
  ) {}

  /** What is ignored, as the files are on the disk. A file that cannot be used ignores nothing, and says so. */
  async current(): Promise<IsIgnored> {
    const keys = new Set<string>();
    for (const folder of this.folders) {
      try {
        const file = new IgnoredFile(await textOf(folder));
        for (const finding of file.findings()) keys.add(`${folder.path}\n${keyOf(finding)}`);
      } catch (error) {
        if (!(error instanceof IgnoredFileError)) throw error;
        this.note(`${this.nameOf(folder)} cannot be used, because ${error.message}.`);
      }
    }
    return (check, { path, number }) => {
      const folder = folderOf(path, this.folders);
      return (
        folder !== undefined && keys.has(`${folder.path}\n${keyOf({ check, path: insidePath(path, folder), number })}`)
      );
    };
  }

  /**
   * Ignores findings about sequences, or no longer. What else stands in the files stays as it is.
   * @throws RequestError for a file that cannot be changed, and sequences outside of the workspace
   */
  set(check: CheckName, sequences: readonly SequenceRef[], ignored: boolean): Promise<void> {
    return this.writing.runExclusive(() => this.write(check, sequences, ignored));
  }

  private async write(check: CheckName, sequences: readonly SequenceRef[], ignored: boolean): Promise<void> {
    if (sequences.some(({ path }) => folderOf(path, this.folders) === undefined)) {
      throw new RequestError('Only findings about recordings of the open workspace can be ignored.');
    }
    for (const folder of this.folders) {
      const own = sequences.filter(({ path }) => folderOf(path, this.folders)?.path === folder.path);
      if (own.length === 0) continue;
      try {
        const text = await textOf(folder);
        const findings = own.map(({ path, number }) => ({ check, path: insidePath(path, folder), number }));
        const next = new IgnoredFile(text).with(findings, ignored);
        if (next !== text && (text !== null || ignored)) await writeWhole(join(folder.path, ignoredName), next);
      } catch (error) {
        if (!(error instanceof IgnoredFileError)) throw error;
        const reason = `${this.nameOf(folder)} cannot be changed, because ${error.message}.`;
        throw new RequestError(reason, { cause: error });
      }
    }
  }

  private nameOf(folder: WorkspaceFolder): string {
    return shownPath(join(folder.path, ignoredName), this.folders);
  }
}

/** @throws IgnoredFileError for a file that is no regular one, too large, or cannot be read */
async function textOf(folder: WorkspaceFolder): Promise<string | null> {
  try {
    return (await readBounded(join(folder.path, ignoredName), mostBytes))?.toString('utf8') ?? null;
  } catch (error) {
    if (!(error instanceof RefusedFileError)) throw error;
    throw new IgnoredFileError(error.message, { cause: error });
  }
}

import { Mutex } from 'async-mutex';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { writeWhole } from '../core/files/writeWhole';
import { GlobError, globMatcher } from '../core/recordings/folder/glob';
import type { Decisions } from '../core/recordings/reading/decisions';
import { withoutRule, withRule } from '../core/recordings/reading/editRules';
import { proposedGlobs } from '../core/recordings/reading/proposedGlobs';
import { parseReadingRules, ReadingRulesError, readingRulesName } from '../core/recordings/reading/rulesFile';
import { ReadingRulesTable, readRulesText, rulesTableOf } from '../core/recordings/reading/rulesTable';
import type { Answer, Params, WorkspaceFolder } from '../protocol/engine';
import type { CountedFiles, ReadingRules as RulesAnswer } from '../protocol/reading';
import { fewestDecisions, type Describe } from './fewestDecisions';
import { folderOf, insidePath, shownPath } from './paths';
import { RequestError } from './requestError';
import { recordingOf } from './searching';
import { shortened } from './shortened';
import type { WorkspaceFiles } from './workspaceFiles';

export interface ReadingRulesParts {
  readonly folders: readonly WorkspaceFolder[];
  readonly files: Pick<WorkspaceFiles, 'candidatesOf'>;
  readonly reading: {
    describe(params: Params<'describeReading'>, signal: AbortSignal): Promise<{ decided: Decisions }>;
  };
  /** Looks at the folders again once rules were written. */
  readonly indexing: { scan(): void };
}

/** Owns the `.kindred/reading.json` of all folders: of changes at the same time, one follows the other. */
export class ReadingRules {
  private readonly writing = new Mutex();

  constructor(private readonly parts: ReadingRulesParts) {}

  /** What the rules of its folder say about a file, as they are on the disk. */
  async about(asked: string): Promise<RulesAnswer> {
    const { folders } = this.parts;
    const path = await recordingOf(asked);
    const folder = folderOf(path, folders);
    const file = shortened(shownPath(path, folders));
    if (folder === undefined) {
      return { path, file, rulesFile: null, problem: null, decisions: {}, globs: proposedGlobs(path) };
    }
    const inside = insidePath(path, folder);
    const known = { path, file, rulesFile: join(folder.path, readingRulesName), globs: proposedGlobs(inside) };
    try {
      const text = await readRulesText(folder.path);
      return { ...known, problem: null, decisions: rulesTableOf(text).find(inside) ?? {} };
    } catch (error) {
      if (!(error instanceof ReadingRulesError)) throw error;
      return { ...known, problem: { line: error.line, reason: error.message }, decisions: {} };
    }
  }

  /** How many candidates a glob names in the folder that a file lies in. */
  async count({ path, glob }: Params<'countFiles'>, signal: AbortSignal): Promise<CountedFiles> {
    const nothing = { files: 0, own: false, ruled: false };
    const folder = folderOf(path, this.parts.folders);
    if (folder === undefined) return { ...nothing, problem: null };
    try {
      const matches = globMatcher(glob);
      const candidates = await this.parts.files.candidatesOf(folder, signal);
      return {
        files: candidates.filter((candidate) => matches(insidePath(candidate, folder))).length,
        own: matches(insidePath(path, folder)),
        ruled: await isRuled(folder, glob),
        problem: null,
      };
    } catch (error) {
      if (!(error instanceof GlobError)) throw error;
      return { ...nothing, problem: error.message };
    }
  }

  /**
   * Writes the rule of a glob, with no more decisions than are needed, or removes it where none are. A file of rules that
   * cannot be used is left as it is.
   * @throws RequestError
   */
  set(params: Params<'setReadingRule'>, signal: AbortSignal): Promise<Answer<'setReadingRule'>> {
    return this.writing.runExclusive(() => this.write(params, signal));
  }

  private async write(
    { path, glob, decisions }: Params<'setReadingRule'>,
    signal: AbortSignal,
  ): Promise<Answer<'setReadingRule'>> {
    const folder = folderOf(path, this.parts.folders);
    if (folder === undefined) {
      throw new RequestError('Rules can be written only for files of the open workspace.');
    }
    const inside = insidePath(path, folder);
    try {
      const decided = decisions === null ? {} : await this.needed(folder, inside, { path, glob, decisions }, signal);
      // Somebody may have saved the file by hand while its recording was read.
      const text = await readRulesText(folder.path);
      const next = changedText(text, inside, glob, decided);
      if (next !== null && next !== text) {
        await writeWhole(join(folder.path, readingRulesName), next);
        this.parts.indexing.scan();
      }
      return { decided };
    } catch (error) {
      if (error instanceof ReadingRulesError) {
        throw new RequestError(`${error.message} It was left as it is: correct it first.`, { cause: error });
      }
      if (error instanceof GlobError) {
        throw new RequestError(`The glob cannot be used, because ${error.message}.`, { cause: error });
      }
      throw error;
    }
  }

  /** The decisions that the rule of a glob needs, beside the other rules. */
  private async needed(
    folder: WorkspaceFolder,
    inside: string,
    { path, glob, decisions }: { readonly path: string; readonly glob: string; readonly decisions: Decisions },
    signal: AbortSignal,
  ): Promise<Decisions> {
    const text = await readRulesText(folder.path);
    const others = rulesTableOf(text === null ? null : withoutRule(text, glob));
    const given = globMatcher(glob)(inside) ? others.find(inside) : null;
    const describe: Describe = async (tried) =>
      (await this.parts.reading.describe({ path, decisions: tried }, signal)).decided;
    return fewestDecisions(decisions, given ?? {}, describe);
  }
}

/** The rules with one of these decisions, or with none of its glob; `null` where there are none and need to be none. */
function changedText(text: string | null, inside: string, glob: string, decided: Decisions): string | null {
  if (Object.keys(decided).length === 0) return text === null ? null : withoutRule(text, glob);
  const isAbout = globMatcher(glob)(inside);
  return withRule(text, glob, decided, (rules) => {
    const found = new ReadingRulesTable(rules).find(inside);
    return isAbout && !isDeepStrictEqual({ ...found, ...decided }, found);
  });
}

/** Whether there is a rule of this very glob; rules that cannot be used are told of elsewhere. */
async function isRuled(folder: WorkspaceFolder, glob: string): Promise<boolean> {
  try {
    const text = await readRulesText(folder.path);
    return text !== null && parseReadingRules(text).some(({ files }) => files === glob);
  } catch (error) {
    if (!(error instanceof ReadingRulesError)) throw error;
    return false;
  }
}

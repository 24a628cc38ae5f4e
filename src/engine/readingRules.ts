import { Mutex } from 'async-mutex';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { writeWhole } from '../core/files/writeWhole';
import { GlobError, globMatcher } from '../core/recordings/folder/glob';
import type { Decisions } from '../core/recordings/reading/decisions';
import { withoutRule, withRule } from '../core/recordings/reading/editRules';
import { proposedGlobs } from '../core/recordings/reading/proposedGlobs';
import { parseReadingRules, ReadingRulesError, readingRulesName } from '../core/recordings/reading/rulesFile';
import { ReadingRulesTable, readRulesText } from '../core/recordings/reading/rulesTable';
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
      return { ...known, problem: null, decisions: tableOf(text).find(inside) ?? {} };
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
    try {
      const text = await readRulesText(folder.path);
      const next = await this.changed(text, insidePath(path, folder), { path, glob, decisions }, signal);
      if (next.text !== text && next.text !== null) {
        await writeWhole(join(folder.path, readingRulesName), next.text);
        this.parts.indexing.scan();
      }
      return { decided: next.decided };
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

  /** The text of the rules after a change; `null` where there is and needs to be none. */
  private async changed(
    text: string | null,
    inside: string,
    { path, glob, decisions }: Params<'setReadingRule'>,
    signal: AbortSignal,
  ): Promise<{ readonly text: string | null; readonly decided: Decisions }> {
    const others = text === null ? null : withoutRule(text, glob);
    if (decisions === null) return { text: others, decided: {} };
    const matches = globMatcher(glob);
    const given = tableOf(others).find(inside) ?? {};
    const describe: Describe = async (tried) =>
      (await this.parts.reading.describe({ path, decisions: tried }, signal)).decided;
    const decided = await fewestDecisions(decisions, matches(inside) ? given : {}, describe);
    if (Object.keys(decided).length === 0) return { text: others, decided };
    const isUndone = (rules: Parameters<typeof tableFrom>[0]) => {
      const found = tableFrom(rules).find(inside) ?? {};
      return (
        matches(inside) &&
        Object.entries(decided).some(([key, value]) => !isDeepStrictEqual(found[key as keyof Decisions], value))
      );
    };
    return { text: withRule(text, glob, decided, isUndone), decided };
  }
}

const tableFrom = (rules: ConstructorParameters<typeof ReadingRulesTable>[0]) => new ReadingRulesTable(rules);

/** @throws ReadingRulesError */
function tableOf(text: string | null): ReadingRulesTable {
  try {
    return new ReadingRulesTable(text === null ? [] : parseReadingRules(text));
  } catch (error) {
    if (!(error instanceof GlobError)) throw error;
    throw new ReadingRulesError(1, `a glob of it cannot be used, because ${error.message}`);
  }
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

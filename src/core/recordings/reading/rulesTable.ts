import { join } from 'node:path';
import { readBounded, RefusedFileError } from '../../files/readBounded';
import { GlobError, globMatcher } from '../folder/glob';
import type { Decisions } from './decisions';
import { parseReadingRules, ReadingRulesError, readingRulesName, type ReadingRule } from './rulesFile';

/** The rules of a workspace folder, ready to be asked. */
export class ReadingRulesTable {
  private readonly matchers: readonly { readonly rule: ReadingRule; readonly matches: (path: string) => boolean }[];

  /** @throws GlobError */
  constructor(rules: readonly ReadingRule[]) {
    this.matchers = rules.map((rule) => ({ rule, matches: globMatcher(rule.files) }));
  }

  /**
   * What is decided about a file; where several rules say something of the same thing, the last one holds.
   *
   * @param path relative to the folder, with forward slashes
   * @returns `null` where no rule is about the file
   */
  find(path: string): Decisions | null {
    const rules = this.matchers.filter(({ matches }) => matches(path)).map(({ rule }) => rule);
    if (rules.length === 0) return null;
    return rules.reduce<Decisions>((all, { decided }) => ({ ...all, ...decided }), {});
  }
}

/** Rules take a few lines each. */
const mostBytes = 2 ** 20;

/**
 * Reads the rules of a workspace folder; without a file there are none.
 * @throws ReadingRulesError for rules that cannot be used
 */
export async function readReadingRules(folder: string): Promise<ReadingRulesTable> {
  return rulesTableOf(await readRulesText(folder));
}

/**
 * The rules in the text of a `reading.json`, `null` for none.
 * @throws ReadingRulesError for rules that cannot be used
 */
export function rulesTableOf(text: string | null): ReadingRulesTable {
  const rules = text === null ? [] : parseReadingRules(text);
  try {
    return new ReadingRulesTable(rules);
  } catch (error) {
    if (!(error instanceof GlobError)) throw error;
    throw new ReadingRulesError(1, `a glob of it cannot be used, because ${error.message}`);
  }
}

/**
 * The text of a workspace folder's rules.
 * @returns `null` where there is no such file
 * @throws ReadingRulesError for one that cannot be read
 */
export async function readRulesText(folder: string): Promise<string | null> {
  try {
    return (await readBounded(join(folder, readingRulesName), mostBytes))?.toString('utf8') ?? null;
  } catch (error) {
    if (!(error instanceof RefusedFileError)) throw error;
    throw new ReadingRulesError(1, error.message);
  }
}

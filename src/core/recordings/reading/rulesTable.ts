import { globMatcher } from '../folder/glob';
import type { Decisions } from './decisions';
import type { ReadingRule } from './rulesFile';

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

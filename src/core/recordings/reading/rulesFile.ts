import * as v from 'valibot';
import { JsonError, parseChecked } from '../../files/checkedJson';
import { decisions, type Decisions } from './decisions';

/** The rules of a workspace folder, below it. */
export const readingRulesName = '.kindred/reading.json';

const mostRules = 1000;

/** One rule: which files it is about, and what it decides. */
const readingRule = v.pipe(
  v.strictObject({
    ...decisions.entries,
    /** A glob relative to the folder; one without a slash is for a file's name. */
    files: v.pipe(v.string(), v.minLength(1), v.maxLength(4096)),
  }),
  v.transform(({ files, ...decided }) => ({ files, decided: decided satisfies Decisions })),
);

export const readingRules = v.strictObject({
  $schema: v.optional(v.string()),
  rules: v.pipe(v.array(readingRule), v.maxLength(mostRules)),
});

export type ReadingRule = v.InferOutput<typeof readingRule>;

/** `reading.json` cannot be used; the message is written for the user and names the line. */
export class ReadingRulesError extends Error {
  override readonly name = 'ReadingRulesError';

  constructor(
    /** From 1. */
    readonly line: number,
    reason: string,
  ) {
    super(`${readingRulesName}, line ${line}: ${reason}.`);
  }
}

/**
 * The rules of a `reading.json`, which may hold comments and trailing commas.
 * @throws ReadingRulesError for the first thing that is wrong
 */
export function parseReadingRules(text: string): readonly ReadingRule[] {
  try {
    return parseChecked(text, readingRules).rules;
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    throw new ReadingRulesError(error.line, error.message);
  }
}

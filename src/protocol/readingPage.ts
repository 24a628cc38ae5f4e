import * as v from 'valibot';
import { decisions } from '../core/recordings/reading/decisions';
import { questionNames } from './explanation';
import { savePlot } from './panel';
import { countedFiles, readingDescription, readingRulesAnswer } from './reading';
import { count, type Shape } from './shapes';

/** The messages between the extension host and the page that shows how a file is read; both sides validate them. */

/** What a rule is for: the file, files like it, or all of its ending. */
export const ruleScope = v.picklist(['file', 'alike', 'all']);
export type RuleScope = Shape<typeof ruleScope>;

/** Everything that the page shows. */
export const readingState = v.object({
  /** `null` until the engine has answered. */
  rules: v.nullable(readingRulesAnswer),
  /** What is tried out; all else is left to the reader. */
  decisions,
  /** The newest that is known, which may be that of earlier decisions while the file is read. */
  description: v.nullable(readingDescription),
  reading: v.boolean(),
  scope: ruleScope,
  glob: v.string(),
  /** `null` while files are counted. */
  counted: v.nullable(countedFiles),
  writing: v.boolean(),
  /** What was done last, or `null`. */
  done: v.nullable(v.string()),
  /** Why the last thing that was asked for failed, in complete sentences, or `null`. */
  error: v.nullable(v.string()),
});
export type ReadingState = Shape<typeof readingState>;

export const toReadingPage = v.variant('type', [
  v.object({ type: v.literal('state'), state: readingState }),
  v.object({ type: v.literal('answer'), id: count, answer: v.unknown() }),
  v.object({ type: v.literal('unanswered'), id: count, message: v.string() }),
]);
export type ToReadingPage = Shape<typeof toReadingPage>;

/** From the page to the host. No message names a file: the page is about one. */
export const fromReadingPage = v.variant('type', [
  v.object({ type: v.literal('ready') }),
  v.object({ type: v.literal('decide'), decisions }),
  v.object({ type: v.literal('scope'), scope: ruleScope, glob: v.pipe(v.string(), v.maxLength(1000)) }),
  v.object({ type: v.picklist(['apply', 'reset', 'openFile', 'openRules']) }),
  v.object({ type: v.literal('ask'), id: count, name: v.picklist(questionNames), asked: v.unknown() }),
  v.object({ type: v.literal('cancel'), id: count }),
  savePlot,
]);
export type FromReadingPage = Shape<typeof fromReadingPage>;

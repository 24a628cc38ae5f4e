import { findNodeAtLocation, parseTree, type Node } from 'jsonc-parser';
import type { Decisions } from './decisions';
import { withItem, withNode, withoutItem } from './jsonEdits';
import { parseReadingRules, type ReadingRule } from './rulesFile';

/** What a new `reading.json` holds before its first rule. */
const emptyFile = '{\n  "rules": []\n}\n';

/**
 * The text of a `reading.json` with a rule for a glob: in the place of the last one of exactly this glob, or at the end.
 * Comments, order and form of all else stay. Where a later rule would undo the new one, it moves to the end.
 *
 * @param text of the file as it is, or `null` where there is none
 * @param isUndone whether rules decide otherwise than the new one about a file that it is for
 * @throws ReadingRulesError for a text that cannot be used; what `isUndone` throws
 */
export function withRule(
  text: string | null,
  files: string,
  decided: Decisions,
  isUndone: (rules: readonly ReadingRule[]) => boolean,
): string {
  const before = text ?? emptyFile;
  const at = parseReadingRules(before).findLastIndex((rule) => rule.files === files);
  if (at >= 0) {
    const replaced = replacedRule(before, at, decided);
    if (!isUndone(parseReadingRules(replaced))) return replaced;
  }
  const others = withoutRule(before, files);
  return withItem(others, nodeAt(others, ['rules']), textOf({ files, ...decided }));
}

/**
 * The text of a `reading.json` without the rules of a glob.
 * @throws ReadingRulesError for a text that cannot be used
 */
export function withoutRule(text: string, files: string): string {
  const rules = parseReadingRules(text);
  let left = text;
  for (const [at, rule] of [...rules.entries()].reverse()) {
    if (rule.files === files) left = withoutItem(left, nodeAt(left, ['rules']), at);
  }
  return left;
}

/** Changes what a rule decides property by property, so that comments inside it stay as well. */
function replacedRule(text: string, at: number, decided: Decisions): string {
  const wanted = new Map<string, unknown>(Object.entries(decided));
  let changed = text;
  const rule = (): Node => nodeAt(changed, ['rules', at]);
  const keys = (rule().children ?? []).map(keyOf);
  for (const [place, key] of [...keys.entries()].reverse()) {
    if (key !== 'files' && !wanted.has(key)) changed = withoutItem(changed, rule(), place);
  }
  for (const [key, value] of wanted) {
    if (keys.includes(key)) changed = withNode(changed, nodeAt(changed, ['rules', at, key]), textOf(value));
    else changed = withItem(changed, rule(), `${JSON.stringify(key)}: ${textOf(value)}`);
  }
  return changed;
}

function keyOf({ children }: Node): string {
  return String(children?.[0]?.value);
}

function nodeAt(text: string, path: (string | number)[]): Node {
  const tree = parseTree(text, [], { allowTrailingComma: true });
  const node = tree && findNodeAtLocation(tree, path);
  if (node === undefined) throw new Error(`no ${path.join('.')} in reading.json, which was parsed before`);
  return node;
}

/** JSON on one line, as people write short objects and lists. */
function textOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(textOf).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, each]) => `${JSON.stringify(key)}: ${textOf(each)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

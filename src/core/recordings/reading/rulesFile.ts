import { findNodeAtLocation, parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser';
import * as v from 'valibot';
import { decisions, type Decisions } from './decisions';

/** The rules of a workspace folder, below it. */
export const readingRulesName = '.kindred/reading.json';

const mostRules = 1000;

/** Rules need four levels; a parser that follows thousands runs out of stack. */
const deepestNesting = 50;

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
  refuseNesting(text);
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: true });
  const [broken] = errors;
  if (broken !== undefined) throw new ReadingRulesError(lineAt(text, broken.offset), syntaxReason(broken));
  if (tree === undefined) throw new ReadingRulesError(1, 'it is empty');
  const result = v.safeParse(readingRules, valueOf(tree));
  if (result.success) return result.output.rules;
  const [issue] = result.issues;
  const path = issue.path?.map(({ key }) => key as string | number) ?? [];
  throw new ReadingRulesError(lineAt(text, nearestNode(tree, path).offset), reasonOf(issue, path));
}

function refuseNesting(text: string): void {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '[' || character === '{') depth++;
    else if (character === ']' || character === '}') depth--;
    if (depth > deepestNesting) throw new ReadingRulesError(lineAt(text, at), 'it is nested too deeply');
  }
}

function reasonOf(issue: v.BaseIssue<unknown>, path: readonly (string | number)[]): string {
  const place = path.length === 0 ? 'the file' : `"${path.join('.')}"`;
  if (issue.type === 'strict_object' && issue.expected === 'never') return `${place} is not known`;
  const expected = issue.expected ?? issue.requirement;
  return `${place} is ${issue.received}, but ${String(expected)} is expected`;
}

function syntaxReason({ error }: ParseError): string {
  const words = printParseErrorCode(error).replace(/([a-z])([A-Z])/g, '$1 $2');
  return `this is no JSON (${words.toLowerCase()})`;
}

/** The innermost part of the file that a path leads to: what is missing has no place of its own. */
function nearestNode(tree: Node, path: readonly (string | number)[]): Node {
  for (let length = path.length; length > 0; length--) {
    const node = findNodeAtLocation(tree, path.slice(0, length));
    if (node !== undefined) return node;
  }
  return tree;
}

/** Unlike a plain object's, no key of the file can reach a prototype. */
function valueOf(node: Node): unknown {
  if (node.type === 'array') return node.children?.map(valueOf) ?? [];
  if (node.type !== 'object') return node.value as unknown;
  const entries = (node.children ?? []).map(({ children }): [string, unknown] => {
    const [key, value] = children ?? [];
    return [String(key?.value), value === undefined ? undefined : valueOf(value)];
  });
  return Object.fromEntries(entries);
}

function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line++;
  return line;
}

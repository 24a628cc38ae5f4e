import { findNodeAtLocation, parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser';
import * as v from 'valibot';

/** Files that people write need a few levels; a parser that follows thousands runs out of stack. */
const deepestNesting = 50;

/** A text is not what it should be; the message ends the sentence "line 3: ...". */
export class JsonError extends Error {
  override readonly name = 'JsonError';

  constructor(
    /** Where, in characters from the start of the text. */
    readonly offset: number,
    /** From 1. */
    readonly line: number,
    reason: string,
  ) {
    super(reason);
  }
}

/**
 * What a JSON text with or without comments and trailing commas holds, checked by a schema.
 * @throws JsonError for the first thing that is wrong
 */
export function parseChecked<Schema extends v.GenericSchema>(text: string, schema: Schema): v.InferOutput<Schema> {
  const refused = (offset: number, reason: string) => new JsonError(offset, lineAt(text, offset), reason);
  const deep = tooDeepAt(text);
  if (deep !== null) throw refused(deep, 'it is nested too deeply');
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: true });
  const [broken] = errors;
  if (broken !== undefined) throw refused(broken.offset, syntaxReason(broken));
  if (tree === undefined) throw refused(0, 'it is empty');
  const result = v.safeParse(schema, valueOf(tree));
  if (result.success) return result.output;
  const [issue] = result.issues;
  const path = issue.path?.map(({ key }) => key as string | number) ?? [];
  throw refused(nearestNode(tree, path).offset, reasonOf(issue, path));
}

function tooDeepAt(text: string): number | null {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '[' || character === '{') depth++;
    else if (character === ']' || character === '}') depth--;
    if (depth > deepestNesting) return at;
  }
  return null;
}

function reasonOf(issue: v.BaseIssue<unknown>, path: readonly (string | number)[]): string {
  const place = path.length === 0 ? 'the file' : `"${path.join('.')}"`;
  if (issue.type === 'strict_object' && issue.expected === 'never') return `${place} is not known`;
  const expected = issue.type === 'regex' ? issue.message : (issue.expected ?? issue.requirement);
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

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import ts from 'typescript';
import { inProject } from '../../../src/dev/project';

/** Where a message is asked for. */
export interface Use {
  /** `null` where it is not written out, so that nobody could tell whether it is translated. */
  readonly message: string | null;
  readonly place: string;
}

/** Every call of `t(...)` or `l10n.t(...)` in the sources of the extension and its pages. */
export function usesInSources(): Promise<readonly Use[]> {
  return (known ??= readUses());
}

let known: Promise<readonly Use[]> | undefined;

async function readUses(): Promise<readonly Use[]> {
  const folders = await Promise.all(['src', 'webview'].map(sourcesBelow));
  const uses = await Promise.all(folders.flat().map(async (file) => usesIn(file, await readFile(file, 'utf8'))));
  return uses.flat();
}

/** The calls in one file. */
export function usesIn(file: string, text: string): readonly Use[] {
  // Parsing takes far longer than looking whether there is anything to find.
  if (!/\bt\(/.test(text)) return [];
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const uses: Use[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && isTranslation(node.expression)) {
      const [first] = node.arguments;
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      uses.push({
        message: first !== undefined && ts.isStringLiteralLike(first) ? first.text : null,
        place: `${file}:${line + 1}`,
      });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return uses;
}

function isTranslation(called: ts.Expression): boolean {
  if (ts.isIdentifier(called)) return called.text === 't';
  return (
    ts.isPropertyAccessExpression(called) && called.name.text === 't' && /\bl10n$/.test(called.expression.getText())
  );
}

async function sourcesBelow(folder: string): Promise<string[]> {
  const files = await readdir(inProject(folder), { recursive: true });
  return files.filter((file) => file.endsWith('.ts')).map((file) => join(inProject(folder), file));
}

/** The messages of `file`, which lies in the project's root. */
export async function messagesOf(file: string): Promise<Readonly<Record<string, string>>> {
  return JSON.parse(await readFile(inProject(file), 'utf8')) as Record<string, string>;
}

/** The placeholders of a message, sorted: `{0}`, `{1}`. */
export function placeholdersOf(message: string): readonly string[] {
  return [...new Set(message.match(/\{\d+\}/g))].sort();
}

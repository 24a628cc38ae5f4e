import { matchesName, matchesNames, namePattern, type NamePattern } from './wildcards';

interface IgnoreRule {
  readonly unignores: boolean;
  readonly foldersOnly: boolean;
  /** A single name, wherever it is; or a path from the folder of the file. */
  readonly pattern: { readonly name: NamePattern } | { readonly path: readonly NamePattern[] };
}

/**
 * The rules of one `.gitignore`, as gitignore(5) describes them, whatever the case of letters. The last rule that is about
 * a path decides. A path takes time in proportion to its length times that of the file.
 */
export class Gitignore {
  private readonly rules: readonly IgnoreRule[];

  constructor(text: string) {
    this.rules = text
      .replace(/^\ufeff/, '')
      .toLowerCase()
      .split(/\r?\n/)
      .flatMap(ruleOf)
      .reverse();
  }

  /**
   * What is said of a path itself; of the folders that it lies in nothing is asked.
   *
   * @param path from the folder of the file, with forward slashes and none at the end
   * @returns `null` where no rule is about it
   */
  verdict(path: string, isFolder: boolean): 'ignored' | 'unignored' | null {
    const names = path.toLowerCase().split('/');
    const name = names.at(-1) ?? '';
    const rule = this.rules.find(
      ({ foldersOnly, pattern }) =>
        (isFolder || !foldersOnly) &&
        ('name' in pattern ? matchesName(pattern.name, name) : matchesNames(pattern.path, names)),
    );
    if (rule === undefined) return null;
    return rule.unignores ? 'unignored' : 'ignored';
  }
}

/** No path of an operating system is longer. */
const mostCharacters = 4096;

function ruleOf(line: string): readonly IgnoreRule[] {
  if (line.startsWith('#') || line.length > mostCharacters) return [];
  const unignores = line.startsWith('!');
  const text = withoutBlanksBehind(unignores ? line.slice(1) : line);
  const foldersOnly = text.endsWith('/');
  const path = foldersOnly ? text.slice(0, -1) : text;
  if (path === '') return [];
  const read = (name: string) => namePattern(name, { escapes: true });
  if (!path.includes('/')) return [{ unignores, foldersOnly, pattern: { name: read(path) } }];
  const names = path.replace(/^\//, '').split('/').map(read);
  // What is in a folder is not the folder itself.
  const whole = names.at(-1) === '**' ? [...names, read('*')] : names;
  return [{ unignores, foldersOnly, pattern: { path: whole } }];
}

/** A blank that a backslash stands before belongs to the name. */
function withoutBlanksBehind(text: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === ' ' && text[end - 2] !== '\\') end--;
  return text.slice(0, end);
}

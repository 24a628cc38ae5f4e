import { matchesNames, namePattern } from './wildcards';

/** No path of an operating system is longer. */
const mostCharacters = 4096;

/** Patterns that braces may stand for; more would only be there to take memory. */
const mostAlternatives = 256;

/** A glob that is too long, or stands for too many others; the message ends the sentence "it cannot be used, because ...". */
export class GlobError extends Error {
  override readonly name = 'GlobError';
}

export interface GlobOptions {
  readonly ignoreCase?: boolean;
}

/**
 * Whether a path with forward slashes is one that a glob names: `*` and `?` stand for characters of a name, `**` for folders,
 * `[a-z]` and `[!a-z]` for one character, `{a,b}` for either. A glob without a slash names files in any folder; a slash
 * in front stands for the top folder, as git has it.
 *
 * A path takes time in proportion to its length times that of the glob, whatever they are: globs come with a workspace, and
 * a regular expression made of one can backtrack for years.
 *
 * @throws GlobError
 */
export function globMatcher(glob: string, { ignoreCase = false }: GlobOptions = {}): (path: string) => boolean {
  if (glob.length > mostCharacters) throw new GlobError(`it has more than ${mostCharacters} characters`);
  const anywhere = glob.includes('/') ? glob.replace(/^\//, '') : `**/${glob}`;
  // What is in a folder is not the folder itself.
  const whole = anywhere.endsWith('/**') ? `${anywhere}/*` : anywhere;
  const folded = (text: string) => (ignoreCase ? text.toLowerCase() : text);
  const alternatives = expand(folded(whole)).map((pattern) =>
    pattern.split('/').map((name) => namePattern(name, { escapes: false })),
  );
  return (path) => {
    const names = folded(path).split('/');
    return alternatives.some((pattern) => matchesNames(pattern, names));
  };
}

/** Multiplies braces out, the innermost first. */
function expand(glob: string): readonly string[] {
  const patterns = [glob];
  for (let i = 0; i < patterns.length;) {
    const [braces, inside = ''] = /\{([^{}]*,[^{}]*)\}/.exec(patterns[i] ?? '') ?? [];
    if (braces === undefined) {
      i++;
      continue;
    }
    const [pattern = ''] = patterns.splice(i, 1);
    const parts = inside.split(',');
    if (patterns.length + parts.length > mostAlternatives)
      throw new GlobError(`it has more than ${mostAlternatives} alternatives`);
    for (const part of parts) patterns.push(pattern.replace(braces, () => part));
  }
  return patterns;
}

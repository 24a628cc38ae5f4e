import { posix } from 'node:path';
import { Script } from 'node:vm';

/** A regular expression of the user that cannot be used, and why: longer, slower or other than it may be. */
export class PatternError extends Error {
  override readonly name = 'PatternError';

  /** @param reason what is wrong with one that is `invalid`, as the language says it */
  constructor(
    readonly kind: 'tooLong' | 'tooSlow' | 'invalid',
    readonly reason = '',
    options?: ErrorOptions,
  ) {
    super(`the pattern is ${kind} ${reason}`.trim(), options);
  }
}

export interface PatternMatch {
  readonly label: string;
  readonly group: string | null;
}

const longestPattern = 500;
const mostMilliseconds = 1000;

/**
 * Applies a regular expression to file names, or to whole relative paths if it contains a slash. The label is what the
 * group named `label` caught, else the first group, else the whole match; a group named `group` names the group.
 *
 * @throws PatternError for one that is not valid, or takes too long on some name
 */
export function matchPattern(pattern: string, files: readonly string[]): readonly (PatternMatch | null)[] {
  if (pattern.length > longestPattern) throw new PatternError('tooLong');
  const texts = pattern.includes('/') ? files : files.map((file) => posix.basename(file));
  return run(pattern, texts).map((groups) => {
    if (groups === null || groups.label === null || groups.label === '') return null;
    return { label: groups.label, group: groups.group };
  });
}

type Groups = { readonly label: string | null; readonly group: string | null } | null;

/** An expression can backtrack for ever, and only code in a context of its own can be stopped. */
const script = new Script(`
  const expression = new RegExp(pattern, 'u');
  texts.map((text) => {
    const match = expression.exec(text);
    if (match === null) return null;
    const named = match.groups ?? {};
    return { label: named.label ?? match.slice(1).find((part) => part !== undefined) ?? match[0], group: named.group ?? null };
  });
`);

function run(pattern: string, texts: readonly string[]): readonly Groups[] {
  try {
    return script.runInNewContext({ pattern, texts }, { timeout: mostMilliseconds }) as readonly Groups[];
  } catch (error) {
    // Errors of another context are instances of its own classes.
    const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
    if (code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') {
      throw new PatternError('tooSlow', '', { cause: error });
    }
    const reason = typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : '';
    throw new PatternError('invalid', reason.replace(/^Invalid regular expression: /, ''), { cause: error });
  }
}

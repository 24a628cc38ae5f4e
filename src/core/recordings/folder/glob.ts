/** No path of an operating system is longer. */
const mostCharacters = 4096;

/** Patterns that braces may stand for; more would only be there to take memory. */
const mostAlternatives = 256;

/** A glob that is too long, or stands for too many others; the message ends the sentence "it cannot be used, because ...". */
export class GlobError extends Error {
  override readonly name = 'GlobError';
}

type Token = '*' | ((character: string) => boolean);
type Segment = '**' | readonly Token[];

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
export function globMatcher(glob: string): (path: string) => boolean {
  if (glob.length > mostCharacters) throw new GlobError(`it has more than ${mostCharacters} characters`);
  const anywhere = glob.includes('/') ? glob.replace(/^\//, '') : `**/${glob}`;
  // What is in a folder is not the folder itself.
  const whole = anywhere.endsWith('/**') ? `${anywhere}/*` : anywhere;
  const alternatives = expand(whole).map((pattern) => pattern.split('/').map(segmentOf));
  return (path) => {
    const names = path.split('/');
    return alternatives.some((pattern) => matchesPath(pattern, names));
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
    patterns.push(...parts.map((part) => pattern.replace(braces, () => part)));
  }
  return patterns;
}

function segmentOf(text: string): Segment {
  if (text === '**') return '**';
  const tokens: Token[] = [];
  for (let at = 0; at < text.length;) {
    const [set, negated, members = ''] = /^\[([!^]?)(\]?[^\]]+)\]/.exec(text.slice(at)) ?? [];
    const character = text.charAt(at);
    if (set !== undefined) tokens.push(classOf(members, negated !== ''));
    else if (character === '*') tokens.push('*');
    else tokens.push(character === '?' ? () => true : (other) => other === character);
    at += set?.length ?? 1;
  }
  return tokens;
}

function classOf(members: string, negated: boolean): (character: string) => boolean {
  const ranges = [...members.matchAll(/([^])-([^])|[^]/g)].map(([one, low = one, high = one]) => [low, high] as const);
  return (character) => ranges.some(([low, high]) => low <= character && character <= high) !== negated;
}

/** Follows all ways to match at once: `reached` holds the places of the pattern at which the rest may begin. */
function matchesPath(pattern: readonly Segment[], names: readonly string[]): boolean {
  const step = (segment: Segment, name: string): boolean => segment !== '**' && matchesName(segment, name);
  return follow(pattern, names, (segment) => segment === '**', step);
}

function matchesName(tokens: readonly Token[], name: string): boolean {
  return follow(
    tokens,
    name.split(''),
    (token) => token === '*',
    (token, character) => token !== '*' && token(character),
  );
}

function follow<P, T>(
  pattern: readonly P[],
  text: readonly T[],
  repeats: (part: P) => boolean,
  matches: (part: P, item: T) => boolean,
): boolean {
  const skipped = (places: Uint8Array): Uint8Array => {
    for (const [at, part] of pattern.entries()) if (places[at] === 1 && repeats(part)) places[at + 1] = 1;
    return places;
  };
  let reached = skipped(Uint8Array.of(1, ...new Uint8Array(pattern.length)));
  for (const item of text) {
    const next = new Uint8Array(pattern.length + 1);
    for (const [at, part] of pattern.entries()) {
      if (reached[at] !== 1) continue;
      if (repeats(part)) next[at] = 1;
      else if (matches(part, item)) next[at + 1] = 1;
    }
    reached = skipped(next);
  }
  return reached[pattern.length] === 1;
}

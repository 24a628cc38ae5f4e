/** Any number of characters, any one, one of a class, or exactly this one. */
type Token = 'any number' | 'any one' | ((character: string) => boolean) | { readonly character: string };

/** A name of a pattern: `**` stands for any number of names, a text for itself. */
export type NamePattern = '**' | { readonly text: string } | readonly Token[];

export interface NameSyntax {
  /** Whether a backslash takes the next character as it is. */
  readonly escapes: boolean;
}

/** Reads `*`, `?`, `[a-z]` and `[!a-z]` in a name of a pattern. */
export function namePattern(text: string, { escapes }: NameSyntax): NamePattern {
  if (text === '**') return '**';
  const tokens: Token[] = [];
  const bracket = /\[([!^]?)(\]?[^\]]+)\]/y;
  for (let at = 0; at < text.length;) {
    bracket.lastIndex = at;
    const [set, negated, members = ''] = bracket.exec(text) ?? [];
    const character = text.charAt(at);
    if (escapes && character === '\\') tokens.push({ character: text.charAt(++at) });
    else if (set !== undefined) tokens.push(classOf(members, negated !== ''));
    else if (character === '*') tokens.push('any number');
    else tokens.push(character === '?' ? 'any one' : { character });
    at += set?.length ?? 1;
  }
  const literal = tokens.map((token) => (typeof token === 'object' ? token.character : null));
  return literal.includes(null) ? tokens : { text: literal.join('') };
}

function classOf(members: string, negated: boolean): (character: string) => boolean {
  const ranges = [...members.matchAll(/([^])-([^])|[^]/g)].map(([one, low = one, high = one]) => [low, high] as const);
  return (character) => ranges.some(([low, high]) => low <= character && character <= high) !== negated;
}

/** Whether the names of a path are those of a pattern, in time of at most the product of both lengths. */
export function matchesNames(pattern: readonly NamePattern[], names: readonly string[]): boolean {
  return matches(
    pattern,
    names.length,
    (part) => part === '**',
    (part, at) => matchesName(part, names[at] ?? ''),
  );
}

/** Whether a single name is that of a pattern. */
export function matchesName(pattern: NamePattern, name: string): boolean {
  if (pattern === '**') return true;
  if ('text' in pattern) return pattern.text === name;
  return matches(
    pattern,
    name.length,
    (token) => token === 'any number',
    (token, at) => matchesCharacter(token, name.charAt(at)),
  );
}

function matchesCharacter(token: Token, character: string): boolean {
  if (typeof token === 'function') return token(character);
  return typeof token === 'object' ? token.character === character : true;
}

/**
 * Matches from left to right, and takes back no more than what the last wildcard passed over: what an earlier one took
 * can stay, as the last one can take whatever is between.
 */
function matches<P>(
  pattern: readonly P[],
  length: number,
  repeats: (part: P) => boolean,
  fits: (part: P, at: number) => boolean,
): boolean {
  let [place, at, wildcard, resumed] = [0, 0, -1, 0];
  while (at < length) {
    const part = pattern[place];
    if (part !== undefined && repeats(part)) {
      wildcard = place++;
      resumed = at;
    } else if (part !== undefined && fits(part, at)) {
      place++;
      at++;
    } else if (wildcard >= 0) {
      place = wildcard + 1;
      at = ++resumed;
    } else return false;
  }
  return pattern.slice(place).every(repeats);
}

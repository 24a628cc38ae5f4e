/** A glob that stands for more patterns than this by its braces is taken as it is written. */
const mostAlternatives = 256;
/** No path that a system takes is longer, and so no longer glob matches one. */
const longestGlob = 8192;

/** One character of a name: any, or by a test; `star` is a run of any characters. */
type Piece = 'star' | ((character: string) => boolean);
/** One part of a path: a name, or any run of folders. */
type Segment = 'folders' | readonly Piece[];

/**
 * Tells whether a path with forward slashes fits a glob: `*` and `?` within a name, `[ab]`, `[a-z]`, `[!a]`, `{a,b}`, and
 * `**` for any folders. It takes at most (length of the path) x (length of the glob) comparisons, whatever both are: a
 * regular expression made of a glob can be made to run for ever.
 */
export function globMatcher(glob: string): (path: string) => boolean {
  if (glob.length > longestGlob) return () => false;
  const alternatives = expanded(glob).map((one) => one.split('/').map(segmentOf));
  return (path) => {
    const names = path.split('/').map((name) => [...name]);
    return alternatives.some((segments) => matchesRun(segments, names, 'folders', matchesName));
  };
}

function matchesName(segment: Segment, name: readonly string[]): boolean {
  return (
    segment !== 'folders' &&
    matchesRun(segment, name, 'star', (piece, character) => piece !== 'star' && piece(character))
  );
}

/** Items against a pattern in which a `star` stands for any run of them; only the last star passed is ever tried again. */
function matchesRun<P, T>(
  pattern: readonly P[],
  items: readonly T[],
  star: P,
  fits: (one: P, item: T) => boolean,
): boolean {
  let p = 0;
  let retry: { readonly p: number; i: number } | undefined;
  for (let i = 0; i < items.length;) {
    if (p < pattern.length && pattern[p] === star) {
      retry = { p: ++p, i };
    } else if (p < pattern.length && fits(pattern[p]!, items[i]!)) {
      p++;
      i++;
    } else if (retry !== undefined) {
      p = retry.p;
      i = ++retry.i;
    } else return false;
  }
  return pattern.slice(p).every((rest) => rest === star);
}

function segmentOf(text: string): Segment {
  if (text === '**') return 'folders';
  const pieces: Piece[] = [];
  for (let rest = text; rest !== '';) {
    const set = /^\[([!^]?)(\]?[^\]]*)\]/u.exec(rest);
    const [character = ''] = rest;
    if (set !== null) pieces.push(setOf(set[2] ?? '', set[1] !== ''));
    else if (character === '*') pieces.push('star');
    else pieces.push(character === '?' ? () => true : (other) => other === character);
    rest = rest.slice(set === null ? character.length : set[0].length);
  }
  return pieces;
}

/** The characters between brackets, or all but them. */
function setOf(text: string, negated: boolean): Piece {
  const ranges = [...text.matchAll(/(.)-(.)|(.)/gsu)].map(
    ([, from, to, one = '']) => [from ?? one, to ?? one] as const,
  );
  return (character) => ranges.some(([from, to]) => from <= character && character <= to) !== negated;
}

/** Every pattern that a glob with braces stands for. */
function expanded(glob: string): readonly string[] {
  const done: string[] = [];
  const open = [glob];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    // The innermost braces come first, so that there are none within them.
    const found = /\{([^{},]*(?:,[^{},]*)+)\}/.exec(next);
    if (found === null) done.push(next);
    else {
      const [before, after] = [next.slice(0, found.index), next.slice(found.index + found[0].length)];
      for (const part of (found[1] ?? '').split(',')) open.push(before + part + after);
    }
    if (done.length + open.length > mostAlternatives) return [glob];
  }
  return done;
}

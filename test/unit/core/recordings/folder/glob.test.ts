import fc from 'fast-check';
import picomatch from 'picomatch';
import { describe, expect, it } from 'vitest';
import { GlobError, globMatcher } from '../../../../../src/core/recordings/folder/glob';

describe('a glob', () => {
  it.each([
    ['*.csv', 'a/b/c.csv', true],
    ['anna/**', 'anna/day1/a.csv', true],
    ['anna/**', 'hanna/a.csv', false],
    ['anna/**', 'anna', false],
    ['anna/**', 'anna/', true],
    ['**/a?.{csv,tsv}', 'x/ab.tsv', true],
    ['**/a?.{csv,tsv}', 'x/abc.tsv', false],
    ['walk_[0-3a].csv', 'walk_2.csv', true],
    ['walk_[!0-3].csv', 'walk_2.csv', false],
    ['a/*/c.csv', 'a/b/c.csv', true],
    ['a/*/c.csv', 'a/b/b/c.csv', false],
    ['{a,b{c,d}}/*.csv', 'bd/x.csv', true],
    ['a+(1).csv', 'a+(1).csv', true],
    ['[.csv', 'x/[.csv', true],
    ['{a.csv', '{a.csv', true],
    ['**', 'a/b.csv', true],
  ])('%s names %s: %s', (glob, path, expected) => {
    expect(globMatcher(glob)(path)).toBe(expected);
  });

  it('agrees with another implementation', () => {
    const name = fc.stringMatching(/^[ab]{1,4}$/);
    const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join('/'));
    const part = fc.oneof(
      fc.constant('**'),
      fc.stringMatching(/^([ab]|\?|\[ab\]|\{a,bb\}){1,3}$/),
      fc.stringMatching(/^\*?[ab]\*?$/),
    );
    const glob = fc
      .array(part, { minLength: 2, maxLength: 4 })
      .filter((parts) => parts.at(-1) !== '**')
      .map((parts) => parts.join('/'));
    fc.assert(
      fc.property(glob, path, (pattern, file) => {
        expect(globMatcher(pattern)(file)).toBe(picomatch(pattern)(file));
      }),
      { seed: 3, numRuns: 2000 },
    );
  });

  it('that would make a regular expression backtrack is answered like any other', () => {
    const name = `${'a'.repeat(250)}.csv`;
    for (const glob of [`${'*a'.repeat(40)}b`, `${'**/'.repeat(40)}b`, '+(a*)b', '+(+(a*))b']) {
      expect(globMatcher(glob)(name)).toBe(false);
    }
  });

  it('that stands for too many others is refused', () => {
    expect(() => globMatcher('{a,b}'.repeat(8))).not.toThrow();
    expect(() => globMatcher('{a,b}'.repeat(40))).toThrow(/more than 256 alternatives/);
    expect(() => globMatcher(`{${','.repeat(4000)}}`)).toThrow(/more than 256 alternatives/);
    expect(() => globMatcher('a'.repeat(5000))).toThrow(GlobError);
  });
});

import fc from 'fast-check';
import picomatch from 'picomatch';
import { describe, expect, it } from 'vitest';
import { globMatcher } from '../../../../src/core/labels/glob';

describe('a glob of labels.csv', () => {
  it('matches what picomatch does', () => {
    const name = fc
      .array(fc.constantFrom('a', 'b', '-', 'é'), { minLength: 1, maxLength: 4 })
      .map((parts) => parts.join(''));
    const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => names.join('/'));
    const piece = fc.constantFrom('a', 'b', '-', 'é', '?', '*', '[ab]', '[^a]', '[a-b]', '{a,b}', '{ab,-}');
    const part = fc.array(piece, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('').replace(/\*+/g, '*'));
    const segment = fc.oneof({ weight: 4, arbitrary: part }, { weight: 1, arbitrary: fc.constant('**') });
    // A file below `a/**` is below a; that `a` itself matches is picomatch's own idea.
    const glob = fc.tuple(fc.array(segment, { maxLength: 3 }), part).map(([above, last]) => [...above, last].join('/'));
    fc.assert(
      fc.property(glob, path, (pattern, file) => {
        expect(globMatcher(pattern)(file)).toBe(picomatch.isMatch(file, pattern, { dot: true }));
      }),
      { seed: 11, numRuns: 1000 },
    );
  });

  it.each([
    ['**', 'x/y.csv', true],
    ['a/**', 'a/b/c.csv', true],
    ['**/*.csv', 'top.csv', true],
    ['{a,b/{c,d}}/*.csv', 'b/d/x.csv', true],
    ['[]a].csv', '].csv', true],
    ['[!a]b.csv', 'ab.csv', false],
    ['[!a]b.csv', 'bb.csv', true],
    ['[a.csv', '[a.csv', true],
    ['{a}.csv', '{a}.csv', true],
    ['*.csv', 'a/b.csv', false],
  ])('%s on %s', (glob, path, matches) => {
    expect(globMatcher(glob)(path)).toBe(matches);
  });

  it('ends at once whatever is made to go back and forth', () => {
    const name = 'a'.repeat(255);
    const path = Array.from({ length: 16 }, () => name).join('/');
    expect(globMatcher(`${'*a'.repeat(60)}*b`)(name)).toBe(false);
    expect(globMatcher(`${'**/*a*a*/'.repeat(8)}b`)(path)).toBe(false);
    expect(globMatcher('+(+(+(a)))b'.repeat(4))(name)).toBe(false);
    expect(globMatcher('{a,b}'.repeat(40))(name)).toBe(false);
  });
});

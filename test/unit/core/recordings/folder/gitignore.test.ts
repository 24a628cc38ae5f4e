import fc from 'fast-check';
import ignore from 'ignore';
import { describe, expect, it } from 'vitest';
import { Gitignore } from '../../../../../src/core/recordings/folder/gitignore';

/** Whether git would pass over a path, as all folders above it are looked at first. */
function leavesOut(rules: string, path: string): boolean {
  const file = new Gitignore(rules);
  const names = path.split('/');
  return names.some((_, i) => file.verdict(names.slice(0, i + 1).join('/'), i + 1 < names.length) === 'ignored');
}

describe('a .gitignore', () => {
  it.each([
    ['*.log', 'a/b.log', true],
    ['/a.csv', 'b/a.csv', false],
    ['b/a.csv', 'c/b/a.csv', false],
    ['build/', 'build', false],
    ['build/', 'x/build/a.csv', true],
    ['*.csv\n!keep.csv', 'x/keep.csv', false],
    ['a/**', 'a/b/c.csv', true],
    ['a/**', 'a', false],
    ['a/**/c.csv', 'a/c.csv', true],
    ['**/b/c.csv', 'a/b/c.csv', true],
    ['# a\n\\#b', '#b', true],
    ['\\!a', '!a', true],
    ['a\\*', 'ab', false],
    ['a\\*', 'a*', true],
    ['a  ', 'a', true],
    ['a\\ ', 'a ', true],
    ['a\r\nb\r\n', 'a', true],
    ['\ufeffa', 'a', true],
    ['*.PY[CD]', 'x.pyc', true],
    ['x[!a-c]', 'xd', true],
    ['', 'a', false],
    ['/', 'a', false],
  ])('%j leaves out %s: %s', (rules, path, expected) => {
    expect(leavesOut(rules, path)).toBe(expected);
  });

  it('agrees with another implementation', () => {
    const name = fc.stringMatching(/^([ab]|\*|\?|\[ab\]|\[!a\]|\\a){1,4}$/).filter((text) => !text.includes('**'));
    const part = fc.oneof({ weight: 1, arbitrary: fc.constant('**') }, { weight: 4, arbitrary: name });
    const rule = fc
      .tuple(fc.constantFrom('', '!'), fc.constantFrom('', '/'), fc.array(part, { minLength: 1, maxLength: 3 }))
      .chain(([not, top, parts]) => fc.constantFrom('', '/').map((end) => not + top + parts.join('/') + end))
      // Of two places for any number of folders in a row the other one makes more than git does.
      .filter((text) => !text.includes('**/**'));
    const path = fc
      .array(fc.stringMatching(/^[ab]{1,3}$/), { minLength: 1, maxLength: 3 })
      .map((names) => names.join('/'));
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 4 }), path, (rules, file) => {
        expect(leavesOut(rules.join('\n'), file)).toBe(ignore().add(rules).ignores(file));
      }),
      { seed: 5, numRuns: 3000 },
    );
  });

  it('that would make a regular expression backtrack is answered like any other', () => {
    const rules = new Gitignore(`${'*a'.repeat(40)}b\n/${'**/*a'.repeat(40)}b\n`);
    expect(rules.verdict(`${'a'.repeat(250)}.csv`, false)).toBeNull();
    expect(rules.verdict(`${'a/'.repeat(250)}a.csv`, false)).toBeNull();
  });
});

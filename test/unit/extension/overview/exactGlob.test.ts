import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { globMatcher } from '../../../../src/core/recordings/folder/glob';
import { exactGlob } from '../../../../src/extension/overview/exactGlob';

const name = fc.string({ unit: fc.constantFrom(...Array.from('ab.-*?[]!^,}\\ ')), minLength: 1, maxLength: 6 });
const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => names.join('/'));

describe('the glob of one file', () => {
  it('names that file, and no other', () => {
    fc.assert(
      fc.property(path, path, (one, other) => {
        const matches = globMatcher(exactGlob(one));
        expect(matches(one)).toBe(true);
        expect(matches(other)).toBe(one === other);
      }),
      { numRuns: 2000 },
    );
  });

  it('names a file of the top folder in that folder alone', () => {
    const matches = globMatcher(exactGlob('a.csv'));
    expect(matches('a.csv')).toBe(true);
    expect(matches('b/a.csv')).toBe(false);
  });

  it('names a file with braces', () => {
    const matches = globMatcher(exactGlob('x/{a,b}.csv'));
    expect(matches('x/{a,b}.csv')).toBe(true);
    expect(matches('x/a.csv')).toBe(false);
  });
});

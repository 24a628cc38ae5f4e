import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { globMatcher } from '../../../../../src/core/recordings/folder/glob';
import { proposedGlobs } from '../../../../../src/core/recordings/reading/proposedGlobs';

describe('globs for rules about a file', () => {
  it('name it alone, those beside it, and those of its ending', () => {
    expect(proposedGlobs('gaze/day 1/a.csv')).toEqual({
      file: 'gaze/day 1/a.csv',
      alike: 'gaze/day 1/*.csv',
      all: '*.csv',
    });
    expect(proposedGlobs('A.TXT.gz')).toEqual({ file: '/A.TXT.gz', alike: '/*.TXT.gz', all: '*.TXT.gz' });
    expect(globMatcher('/a.csv')('x/a.csv')).toBe(false);
  });

  it('name every file, whatever it is called, and hardly another', () => {
    const name = fc.stringMatching(/^[ab{},[\]*?!^.-]{1,6}$/);
    const inside = fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => `${names.join('/')}.csv`);
    fc.assert(
      fc.property(inside, inside, (path, other) => {
        const { file, alike, all } = proposedGlobs(path);
        for (const glob of [file, alike, all]) expect(globMatcher(glob)(path)).toBe(true);
        if (!path.includes('{')) expect(globMatcher(file)(other)).toBe(other === path);
      }),
      { numRuns: 500, seed: 3 },
    );
  });
});

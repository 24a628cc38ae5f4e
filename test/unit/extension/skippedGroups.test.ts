import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { skippedGroups } from '../../../src/extension/index/skippedGroups';

const file = (name: string, reason: string, number: number | null = null) => {
  return { path: `/w/${name}`, file: name, number, reason };
};
const short = (steps: number) => `it has only ${steps} time steps, and 16 are needed`;
const large = (size: string) => `it has ${size} MB, and the limit is 1,024 MB (setting kindred.files.maximumMegabytes)`;

describe('what was skipped', () => {
  it('is grouped by reason and file, the reason with the most files first', () => {
    const skipped = [
      ...[3, 8, 9, 10, 11, 12].map((number) => file('many.tsv', short(number), number)),
      file('a.csv', 'it is empty'),
      file('b.csv', 'it is empty'),
      file('c.csv', short(4)),
      file('c.csv', 'its signal “x y” is missing', 3),
      file('d.csv', 'its signal “z” is missing'),
      file('e.csv', 'its signal “u” is missing'),
    ];
    expect(skippedGroups(skipped)).toEqual([
      {
        reason: 'its signal … is missing',
        remedy: null,
        files: [
          { path: '/w/c.csv', name: 'c.csv (sequence 4)', reason: 'its signal “x y” is missing' },
          { path: '/w/d.csv', name: 'd.csv', reason: 'its signal “z” is missing' },
          { path: '/w/e.csv', name: 'e.csv', reason: 'its signal “u” is missing' },
        ],
      },
      {
        reason: 'it has only … time steps, and 16 are needed',
        remedy: null,
        files: [
          {
            path: '/w/many.tsv',
            name: 'many.tsv (6 sequences: 4, 9, 10, 11, 12, …)',
            reason: 'it has only … time steps, and 16 are needed',
          },
          { path: '/w/c.csv', name: 'c.csv', reason: short(4) },
        ],
      },
      {
        reason: 'it is empty',
        remedy: null,
        files: ['a.csv', 'b.csv'].map((name) => ({ path: `/w/${name}`, name, reason: 'it is empty' })),
      },
    ]);
  });

  it('has a remedy where a limit is a setting: one that lets all files of the group through', () => {
    const [group] = skippedGroups([file('a.csv', large('2,048')), file('b.csv', large('1,900'))]);
    expect(group?.remedy).toEqual({ setting: 'files.maximumMegabytes', value: 2049 });
    const packed = 'it unpacks to more than the limit of 1024 MB (setting kindred.files.maximumMegabytes)';
    expect(skippedGroups([file('c.csv.gz', packed)])[0]?.remedy?.value).toBe(2048);
  });

  it('loses nothing, whatever it is', () => {
    const entry = fc.record({
      path: fc.constantFrom('/a', '/b', '/c'),
      file: fc.constant('x'),
      number: fc.option(fc.nat(20)),
      reason: fc.constantFrom(short(3), short(4), 'it is empty', large('2,048'), ''),
    });
    fc.assert(
      fc.property(fc.array(entry), (skipped) => {
        const groups = skippedGroups(skipped);
        const parts = groups.flatMap(({ files }) => files.map(({ path }) => path));
        expect(new Set(parts)).toEqual(new Set(skipped.map(({ path }) => path)));
        for (const { files } of groups) expect(new Set(files.map(({ path }) => path)).size).toBe(files.length);
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomOf } from '../../../../src/core/distributions/random';
import { checkNoLeak, countSplit, LeakError, splitByGroup } from '../../../../src/core/labels/split';
import { labelled } from './members';

const members = fc
  .array(fc.record({ label: fc.nat(4), group: fc.option(fc.nat(6)), copy: fc.nat(60) }), { maxLength: 60 })
  .map((items) =>
    items.map(({ label, group, copy }, i) =>
      labelled(`${i}`, `l${label}`, group === null ? null : `g${group}`, `d${copy}`),
    ),
  );

describe('the split', () => {
  it('never tears a group or copies apart, and leaves two sequences of every label that has as many', () => {
    fc.assert(
      fc.property(members, fc.integer(), fc.constantFrom(0.1, 0.25, 0.5), (all, seed, share) => {
        const sides = splitByGroup(all, share, randomOf(seed, 'split'));
        expect(() => {
          checkNoLeak(all, sides);
        }).not.toThrow();
        for (const label of new Set(all.map((member) => member.label))) {
          const own = all.flatMap((member, i) => (member.label === label ? [sides[i]] : []));
          expect(own.filter((side) => side === 'train').length).toBeGreaterThanOrEqual(Math.min(own.length, 2));
        }
      }),
    );
  });

  it('holds out about the share that is asked for, of every label', () => {
    const all = Array.from({ length: 120 }, (_, i) => labelled(`${i}`, `l${i % 4}`));
    const sides = splitByGroup(all, 0.25, randomOf(1, 'split'));
    for (let label = 0; label < 4; label++) {
      const held = all.filter((member, i) => member.label === `l${label}` && sides[i] === 'heldOut').length;
      expect(held).toBeGreaterThanOrEqual(7);
      expect(held).toBeLessThanOrEqual(8);
    }
    expect(countSplit(all, sides)).toEqual({
      sequences: 120,
      heldOut: sides.filter((side) => side === 'heldOut').length,
      labels: 4,
      heldLabels: 4,
      groups: 0,
      heldGroups: 0,
    });
  });

  it('holds out one of three, and whole sessions where there are sessions', () => {
    const few = ['a', 'a', 'a', 'b', 'b', 'b'].map((label, i) => labelled(`${i}`, label));
    expect(splitByGroup(few, 0.2, randomOf(2, 'split')).filter((side) => side === 'heldOut')).toHaveLength(2);
    const sessions = Array.from({ length: 40 }, (_, i) => labelled(`${i}`, `l${i % 4}`, `s${Math.floor(i / 8)}`));
    const sides = splitByGroup(sessions, 0.2, randomOf(1, 'split'));
    expect(sides.filter((side) => side === 'heldOut')).toHaveLength(8);
    expect(countSplit(sessions, sides)).toMatchObject({ heldGroups: 1, groups: 5 });
  });

  it('is the same every time', () => {
    const all = Array.from({ length: 30 }, (_, i) => labelled(`${i}`, `l${i % 3}`));
    expect(splitByGroup(all, 0.3, randomOf(5, 'split'))).toEqual(splitByGroup(all, 0.3, randomOf(5, 'split')));
  });

  it('is refused by the guard when something leaks', () => {
    const grouped = [labelled('1', 'a', 'g'), labelled('2', 'a', 'g')];
    expect(() => {
      checkNoLeak(grouped, ['train', 'heldOut']);
    }).toThrow(LeakError);
    const copies = [labelled('1', 'a', null, 'd'), labelled('2', 'a', null, 'd')];
    expect(() => {
      checkNoLeak(copies, ['train', 'heldOut']);
    }).toThrow(/content d/);
    expect(() => {
      checkNoLeak(copies, ['train']);
    }).toThrow(/no side/);
  });
});

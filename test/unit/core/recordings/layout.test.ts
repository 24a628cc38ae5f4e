import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inLayoutOrder, layoutKey } from '../../../../src/core/recordings/layout';

const channels = (names: readonly (string | null)[]) =>
  names.map((name) => ({ name, unit: null, values: new Float32Array(1) }));
const ordered = (names: readonly (string | null)[]) => inLayoutOrder(channels(names)).map(({ name }) => name);

describe('the channels of a layout', () => {
  it('come in one order, whatever that of the file', () => {
    expect(ordered(['ch10', 'ch2', 'CH 1'])).toEqual(['CH 1', 'ch2', 'ch10']);
    const name = fc.stringMatching(/^[abAB_ ]{0,2}[0-9]{0,2}( \[g\])?$/);
    const names = fc.uniqueArray(name, { minLength: 1, maxLength: 6, selector: (text) => layoutKey([text]) });
    fc.assert(
      fc.property(
        names.chain((some) => fc.tuple(fc.constant(some), fc.shuffledSubarray(some, { minLength: some.length }))),
        ([some, others]) => {
          expect(ordered(others)).toEqual(ordered(some));
          expect(layoutKey(ordered(others))).toBe(layoutKey(ordered(some)));
        },
      ),
      { seed: 4 },
    );
  });

  it('stay as they are where names are missing or come twice', () => {
    expect(ordered(['b', null, 'a'])).toEqual(['b', null, 'a']);
    expect(ordered(['b', 'a', 'a'])).toEqual(['b', 'a', 'a']);
  });
});

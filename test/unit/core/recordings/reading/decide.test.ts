import { describe, expect, it } from 'vitest';
import { decide } from '../../../../../src/core/recordings/reading/decide';
import { UnreadableError } from '../../../../../src/core/recordings/reader';

const sequence = {
  channels: [
    { name: 'x', unit: 'g', values: Float32Array.of(1, 2) },
    { name: 'y', unit: null, values: Float32Array.of(3, 4) },
  ],
  rate: null,
  label: null,
  name: null,
  notes: [],
};

describe('decisions about a sequence', () => {
  it('chooses, orders and names channels, and sets the rate', () => {
    const decided = decide(sequence, { channels: ['y', 1], names: ['up'], units: [null, 'm/s²'], rate: 50 });
    expect(decided.channels.map(({ name, unit, values }) => [name, unit, values[0]])).toEqual([
      ['up', null, 3],
      ['x', 'm/s²', 1],
    ]);
    expect(decided.rate).toBe(50);
  });

  it.each([3, 'z'])('refuses a channel that is not there: %s', (choice) => {
    expect(() => decide(sequence, { channels: [choice] })).toThrow(UnreadableError);
  });
});

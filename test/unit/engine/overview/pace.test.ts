import { expect, it } from 'vitest';
import { Pace } from '../../../../src/engine/overview/pace';

it('tells how long work takes by the latest pieces, and nothing while it rests', () => {
  let now = 0;
  const pace = new Pace(() => now);
  expect(pace.secondsFor(10)).toBeNull();
  pace.begin();
  expect(pace.secondsFor(10)).toBeNull();
  now += 2000;
  pace.note(4);
  expect(pace.secondsFor(10)).toBe(5);
  for (let i = 0; i < 200; i++) {
    now += 100;
    pace.note(1);
  }
  expect(pace.secondsFor(10)).toBeCloseTo(1, 3);
  pace.rest();
  expect(pace.secondsFor(10)).toBeNull();
  now += 1e9;
  pace.begin();
  now += 100;
  pace.note(1);
  expect(pace.secondsFor(10)).toBeCloseTo(1, 3);
});

import { expect, it } from 'vitest';
import { patient, slownessOf } from '../../../src/dev/patience';

it('takes the worse of a slow processor and a queue for it', () => {
  expect(slownessOf(25, 0, 2)).toBe(1);
  expect(slownessOf(75, 1, 2)).toBe(3);
  expect(slownessOf(25, 8, 2)).toBe(4);
});

it('never shortens a limit, and never lengthens it without end', () => {
  expect(slownessOf(5, 0, 64)).toBe(1);
  expect(slownessOf(10_000, 500, 2)).toBe(6);
  expect(patient(1000)).toBeGreaterThanOrEqual(4000);
  expect(patient(1000)).toBeLessThanOrEqual(24_000);
});

it('measures once: two limits of one length are equal', () => {
  expect(patient(1000)).toBe(patient(1000));
});

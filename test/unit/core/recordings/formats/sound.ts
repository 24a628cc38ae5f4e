import { extname } from 'node:path';
import { expect } from 'vitest';
import { read } from './read';

/** A packed sound holds what the `.wav` of the same name does, which another program unpacked, but for rounding. */
export async function expectUnpacked(path: string, tolerance: number): Promise<void> {
  const [sequence] = (await read(path)) ?? [];
  const [expected] = (await read(path.replace(extname(path), '.wav'))) ?? [];
  expect([sequence?.rate, sequence?.notes]).toEqual([expected?.rate, []]);
  expect(sequence?.channels.map(({ name }) => name)).toEqual(expected?.channels.map(({ name }) => name));
  for (const [i, { values }] of (sequence?.channels ?? []).entries()) {
    const whole = expected?.channels[i]?.values ?? new Float32Array(0);
    expect(whole.length).toBeGreaterThan(1000);
    expect(values.length).toBe(whole.length);
    expect(Math.max(...values.map((value, t) => Math.abs(value - whole[t]!)))).toBeLessThanOrEqual(tolerance);
  }
}

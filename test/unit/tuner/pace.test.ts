import { afterEach, expect, it, vi } from 'vitest';
import { undisturbed } from '../../../src/tuner/pace';

afterEach(() => {
  vi.restoreAllMocks();
});

/** Work that takes so many seconds by the clock, and so many of the processors. */
async function seconds(threads: number, elapsed: number, busy: number): Promise<number> {
  vi.spyOn(performance, 'now')
    .mockReturnValueOnce(0)
    .mockReturnValueOnce(1e3 * elapsed);
  vi.spyOn(process, 'cpuUsage').mockReturnValue({ user: 0.9e6 * busy, system: 0.1e6 * busy });
  const { result, seconds } = await undisturbed(threads, () => Promise.resolve('done'));
  expect(result).toBe('done');
  return seconds;
}

it('takes as long as the clock says where it has the processors to itself', async () => {
  expect(await seconds(1, 2, 2)).toBe(2);
  expect(await seconds(2, 2, 3.5)).toBe(2);
});

it('does not count the time in which others keep the processors busy', async () => {
  expect(await seconds(1, 20, 2)).toBeCloseTo(2.6);
  expect(await seconds(2, 20, 4)).toBeCloseTo(2.6);
});

import { expect, it } from 'vitest';
import { undisturbed } from '../../../src/finetune/pace';

it('does not count the time in which others keep the processor busy', async () => {
  const waited = await undisturbed(1, () => new Promise<string>((resolve) => setTimeout(resolve, 300, 'done')));
  expect(waited.result).toBe('done');
  const worked = await undisturbed(1, async () => {
    const before = process.cpuUsage();
    for (;;) if (process.cpuUsage(before).user > 200_000) break;
    return Promise.resolve();
  });
  expect(worked.seconds).toBeGreaterThan(waited.seconds);
});

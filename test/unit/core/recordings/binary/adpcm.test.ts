import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readBytes, signals } from './fixtures';

/** Where the samples begin, and how many bytes at least their first block must have to hold one. */
function placeOf(bytes: Buffer): number {
  return bytes.indexOf('data') + 8;
}

test.each([
  ['ima.wav', 8],
  ['ima-mono.wav', 4],
  ['ms.wav', 14],
  ['ms-mono.wav', 7],
])('a sound that is cut within a block is the beginning of the whole one: %s', async (file, least) => {
  const bytes = readFileSync(join(signals, file));
  const [whole] = await readBytes('/x.wav', bytes);
  const start = placeOf(bytes);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: start + least, max: bytes.length - 1 }), async (length) => {
      const [cut] = await readBytes('/x.wav', bytes.subarray(0, length));
      const steps = cut!.channels[0]!.values.length;
      expect(steps).toBeGreaterThan(0);
      cut!.channels.forEach(({ values }, c) => {
        const same = whole!.channels[c]!.values.subarray(0, steps);
        expect(values.subarray(0, same.length)).toEqual(same);
      });
    }),
    { seed: 42, numRuns: 60 },
  );
});

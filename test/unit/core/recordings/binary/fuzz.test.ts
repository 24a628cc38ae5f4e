import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { damaged, damages, endsWell as endsWellWithin } from '../damage';
import { fixtures, readBytes, readFile, scratchFolder } from './fixtures';
import type { Sequence } from '../../../../../src/core/recordings/sequence';

const files = readdirSync(fixtures);
const limits = { maximumSamples: 100_000, maximumBytes: 1_000_000 };

const endsWell = (reading: Promise<readonly Sequence[]>) => endsWellWithin(reading, limits.maximumSamples);

const peakBefore = process.resourceUsage().maxRSS;

afterAll(() => {
  const kibibytes = process.resourceUsage().maxRSS - peakBefore;
  expect(kibibytes).toBeLessThan(512 * 1024);
});

test.each(['.npy', '.npz', '.wav'])('any damage to a file ends well: %s', async (extension) => {
  const names = files.filter((file) => file.endsWith(extension));
  const originals = new Map(names.map((file) => [file, readFileSync(join(fixtures, file))]));
  expect(names.length).toBeGreaterThan(5);
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...names), damages, async (name, damage) => {
      await endsWell(readBytes(`/x${extension}`, damaged(originals.get(name)!, damage), limits));
    }),
    { seed: 42, numRuns: 1500 },
  );
});

test('any damage to a record ends well', async () => {
  const folder = scratchFolder();
  const headers = files.filter((file) => file.endsWith('.hea'));
  for (const file of files.filter((name) => name.endsWith('.dat'))) {
    folder.write(file, readFileSync(join(fixtures, file)));
  }
  // Digits, separators and signs do more harm to a text than arbitrary bytes.
  const characters = fc.constantFrom(...Buffer.from('0123456789 ()/x:+-.#\n~'));
  const changes = fc.array(fc.record({ place: fc.nat(150), value: characters }), { maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...headers), damages, changes, async (file, damage, changes) => {
      const bytes = damaged(readFileSync(join(fixtures, file)), {
        ...damage,
        changes: [...changes, ...damage.changes.slice(4)],
      });
      await endsWell(readFile(folder.write('x.hea', bytes), limits));
    }),
    { seed: 42, numRuns: 600 },
  );
});

test('bytes without any sense end well', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('.npy', '.npz', '.wav', '.hea'),
      fc.constantFrom('', '\x93NUMPY\x01\x00', 'PK\x03\x04', 'RIFF\0\0\0\0WAVEfmt ', 'x 1 '),
      fc.uint8Array({ maxLength: 200 }),
      async (extension, start, rest) => {
        await endsWell(readBytes(`/x${extension}`, Buffer.concat([Buffer.from(start, 'latin1'), rest]), limits));
      },
    ),
    { seed: 42, numRuns: 1000 },
  );
});

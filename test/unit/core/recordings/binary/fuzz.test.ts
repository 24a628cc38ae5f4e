import { readdirSync, readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AllocationMeter } from './allocations';
import type { Sequence } from '../../../../../src/core/recordings/sequence';
import { damaged, damages, endsWell as endsWellWithin } from '../damage';
import { fixtures, readBytes, readFile, scratchFolder, signals } from './fixtures';

const files = [fixtures, signals].flatMap((folder) => readdirSync(folder).map((file) => join(folder, file)));
const limits = { maximumSamples: 100_000, maximumBytes: 1_000_000 };

const endsWell = (reading: Promise<readonly Sequence[]>) => endsWellWithin(reading, limits.maximumSamples);

let meter: AllocationMeter;

beforeEach(() => {
  meter = new AllocationMeter();
});

afterEach(() => {
  meter.stop();
  // No reader asks for more than the limits allow, whatever a header promises; 8 bytes are the widest number.
  expect(meter.largest).toBeLessThanOrEqual(Math.max(8 * limits.maximumSamples, limits.maximumBytes));
});

test.each(['.npy', '.npz', '.wav', '.aifc', '.edf', '.bdf'])(
  'any damage to a file ends well: %s',
  async (extension) => {
    const names = files.filter((file) => file.endsWith(extension));
    const originals = new Map(names.map((file) => [file, readFileSync(file)]));
    expect(names.length).toBeGreaterThan(1);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), damages, async (name, damage) => {
        await endsWell(readBytes(`/x${extension}`, damaged(originals.get(name)!, damage), limits));
      }),
      { seed: 42, numRuns: 1500 },
    );
  },
);

test.each([
  ['.hea', ['.dat']],
  ['.vhdr', ['.eeg', '.vmrk']],
])('any damage to a header ends well: %s', async (extension, others) => {
  const folder = scratchFolder();
  const headers = files.filter((file) => file.endsWith(extension));
  for (const file of [...headers, ...files.filter((name) => others.includes(extname(name)))]) {
    folder.write(basename(file), readFileSync(file));
  }
  if (extension === '.hea') {
    const parts = ['r16x2 15', '~ 7', 'r212x2 15', 'd8x2 17'];
    headers.push(folder.write('segments.hea', ['segments/4 2 360 54', ...parts].join('\n')));
  }
  // Digits, separators and signs do more harm to a text than arbitrary bytes.
  const characters = fc.constantFrom(...Buffer.from('0123456789 ()/x:+-.#\n~=[],'));
  const changes = fc.array(fc.record({ place: fc.nat(400), value: characters }), { maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...headers), damages, changes, async (file, damage, changes) => {
      const bytes = damaged(readFileSync(file), {
        ...damage,
        changes: [...changes, ...damage.changes.slice(4)],
      });
      await endsWell(readFile(folder.write(`x${extension}`, bytes), limits));
    }),
    { seed: 42, numRuns: 600 },
  );
});

test('any damage to the samples of a record ends well', async () => {
  const folder = scratchFolder();
  const records = files.filter((file) => /flac\d+\.hea$|d\d+x3\.hea$/.test(file));
  expect(records.length).toBeGreaterThan(7);
  for (const file of records) folder.write(basename(file), readFileSync(file));
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...records), damages, async (file, damage) => {
      const data = file.replace('.hea', '.dat');
      folder.write(basename(data), damaged(readFileSync(data), damage));
      await endsWell(readFile(join(folder.path, basename(file)), limits));
    }),
    { seed: 42, numRuns: 300 },
  );
});

test('bytes without any sense end well', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('.npy', '.npz', '.wav', '.hea', '.aiff', '.edf', '.bdf', '.vhdr'),
      fc.constantFrom(
        '',
        '\x93NUMPY\x01\x00',
        'PK\x03\x04',
        'RIFF\0\0\0\0WAVEfmt ',
        'x 1 ',
        'FORM\0\0\0\0AIFC',
        '0       ',
        '\xffBIOSEMI',
        'Brain Vision Data Exchange Header File\n',
      ),
      fc.uint8Array({ maxLength: 200 }),
      async (extension, start, rest) => {
        await endsWell(readBytes(`/x${extension}`, Buffer.concat([Buffer.from(start, 'latin1'), rest]), limits));
      },
    ),
    { seed: 42, numRuns: 1000 },
  );
});

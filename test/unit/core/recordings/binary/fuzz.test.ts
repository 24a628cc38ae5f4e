import { readdirSync, readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AllocationMeter } from './allocations';
import { UnreadableError } from '../../../../../src/core/recordings/reader';
import { stepsOf, type Sequence } from '../../../../../src/core/recordings/sequence';
import { fixtures, readBytes, readFile, scratchFolder, signals } from './fixtures';

const files = [fixtures, signals].flatMap((folder) => readdirSync(folder).map((file) => join(folder, file)));
const limits = { maximumSamples: 100_000, maximumBytes: 1_000_000 };

let meter: AllocationMeter;

beforeEach(() => {
  meter = new AllocationMeter();
});

afterEach(() => {
  meter.stop();
  // No reader asks for more than the limits allow, whatever a header promises; 8 bytes are the widest number.
  expect(meter.largest).toBeLessThanOrEqual(Math.max(8 * limits.maximumSamples, limits.maximumBytes));
});

/** Changes bytes, most often near the beginning or the end, where headers and directories are; perhaps cuts or lengthens. */
const damages = fc.record({
  changes: fc.array(
    fc.record({ place: fc.oneof(fc.nat(120), fc.integer({ min: -150, max: -1 }), fc.nat(5000)), value: fc.nat(255) }),
    { maxLength: 6 },
  ),
  cut: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { freq: 4 }),
  more: fc.option(fc.uint8Array({ maxLength: 20 }), { freq: 8 }),
});

type Damage = typeof damages extends fc.Arbitrary<infer T> ? T : never;

function damaged(bytes: Buffer, { changes, cut, more }: Damage): Buffer {
  const copy = Buffer.concat([bytes, more ?? Buffer.alloc(0)]);
  for (const { place, value } of changes) {
    const at = place < 0 ? copy.length + place : place;
    if (at >= 0 && at < copy.length) copy[at] = value;
  }
  return cut === null ? copy : copy.subarray(0, Math.floor(cut * copy.length));
}

/** Sequences within the limits, or an UnreadableError. */
async function endsWell(reading: Promise<readonly Sequence[]>): Promise<void> {
  const outcome: unknown = await reading.catch((error: unknown) => error);
  if (outcome instanceof UnreadableError) {
    expect(outcome.message).toMatch(/^\S.*[^.\n]$/);
    return;
  }
  if (!Array.isArray(outcome)) throw outcome;
  const sequences = outcome as readonly Sequence[];
  expect(sequences.length).toBeGreaterThan(0);
  let samples = 0;
  for (const sequence of sequences) {
    expect(sequence.channels.length).toBeGreaterThan(0);
    expect(sequence.channels.every(({ values }) => values.length === stepsOf(sequence))).toBe(true);
    expect(sequence.rate === null || (sequence.rate > 0 && Number.isFinite(sequence.rate))).toBe(true);
    samples += sequence.channels.length * stepsOf(sequence);
  }
  expect(samples).toBeLessThanOrEqual(limits.maximumSamples);
}

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

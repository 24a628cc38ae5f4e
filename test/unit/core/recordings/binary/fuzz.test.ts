import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AllocationMeter } from './allocations';
import { UnreadableError } from '../../../../../src/core/recordings/reader';
import { stepsOf, type Sequence } from '../../../../../src/core/recordings/sequence';
import { fixtures, readBytes, readFile, scratchFolder } from './fixtures';

const files = readdirSync(fixtures);
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

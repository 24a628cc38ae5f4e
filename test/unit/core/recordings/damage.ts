import fc from 'fast-check';
import { expect } from 'vitest';
import { UnreadableError } from '../../../../src/core/recordings/reader';
import { stepsOf, type Sequence } from '../../../../src/core/recordings/sequence';

/** Changes bytes, most often near the beginning or the end, where headers and directories are; perhaps cuts or lengthens. */
export const damages = fc.record({
  changes: fc.array(
    fc.record({ place: fc.oneof(fc.nat(120), fc.integer({ min: -150, max: -1 }), fc.nat(5000)), value: fc.nat(255) }),
    { maxLength: 6 },
  ),
  cut: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { freq: 4 }),
  more: fc.option(fc.uint8Array({ maxLength: 20 }), { freq: 8 }),
});

type Damage = typeof damages extends fc.Arbitrary<infer T> ? T : never;

export function damaged(bytes: Buffer, { changes, cut, more }: Damage): Buffer {
  const copy = Buffer.concat([bytes, more ?? Buffer.alloc(0)]);
  for (const { place, value } of changes) {
    const at = place < 0 ? copy.length + place : place;
    if (at >= 0 && at < copy.length) copy[at] = value;
  }
  return cut === null ? copy : copy.subarray(0, Math.floor(cut * copy.length));
}

/** Sequences within the limits, or an UnreadableError. */
export async function endsWell(reading: Promise<readonly Sequence[] | null>, maximumSamples: number): Promise<void> {
  const sequences = await reading.catch((error: unknown) => {
    if (!(error instanceof UnreadableError)) throw error;
    expect(error.message).toMatch(/^\S.*[^.\n]$/);
    return null;
  });
  // Refused, or passed over by every reader.
  if (sequences === null) return;
  expect(sequences.length).toBeGreaterThan(0);
  let samples = 0;
  for (const sequence of sequences) {
    expect(sequence.channels.length).toBeGreaterThan(0);
    expect(sequence.channels.every(({ values }) => values.length === stepsOf(sequence))).toBe(true);
    expect(sequence.rate === null || (sequence.rate > 0 && Number.isFinite(sequence.rate))).toBe(true);
    samples += sequence.channels.length * stepsOf(sequence);
  }
  expect(samples).toBeLessThanOrEqual(maximumSamples);
}

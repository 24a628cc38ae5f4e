import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultReadOptions, UnreadableError, type Reader } from '../../../../../src/core/recordings/reader';
import { stepsOf } from '../../../../../src/core/recordings/sequence';
import { arffReader } from '../../../../../src/core/recordings/formats/arff/arff';
import { delimitedReader } from '../../../../../src/core/recordings/formats/delimited/delimited';
import { tsReader } from '../../../../../src/core/recordings/formats/ts/ts';
import { ucrReader } from '../../../../../src/core/recordings/formats/ucr/ucr';
import { fixtures, memorySource } from './sources';

const whole: readonly [string, Reader][] = [
  ['quoted.csv', delimitedReader],
  ['comma.csv', delimitedReader],
  ['utf16.tsv', delimitedReader],
  ['irregular.csv', delimitedReader],
  ['savetxt.txt', delimitedReader],
  ['archive.tsv', ucrReader],
  ['made.ts', tsReader],
  ['stamped.ts', tsReader],
  ['multi.arff', arffReader],
  ['uni.arff', arffReader],
];

const patch = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  cut: fc.integer({ min: 0, max: 40 }),
  insert: fc.oneof(
    fc.string({ maxLength: 8 }),
    fc.constantFrom(
      '"',
      '\n',
      ',',
      ';',
      ':',
      '(',
      ')',
      "'",
      '\\',
      '\0',
      '1e999',
      '-',
      '@data\n',
      '{',
      'NaN',
      '9'.repeat(30),
    ),
  ),
});
const damage = fc.record({
  patches: fc.array(patch, { maxLength: 6 }),
  keep: fc.double({ min: 0, max: 1, noNaN: true }),
});

/** Either sequences of one shape, or a reason: nothing else may come of any bytes. */
async function expectReadOrReason(reader: Reader, name: string, bytes: Buffer): Promise<void> {
  const source = memorySource(name, bytes, 257);
  reader.claims(source);
  try {
    const sequences = await reader.read(source, { ...defaultReadOptions, maximumSamples: 1e5 });
    expect(sequences.length).toBeGreaterThan(0);
    for (const sequence of sequences) {
      expect(sequence.channels.length).toBeGreaterThan(0);
      expect(sequence.rate === null || sequence.rate > 0).toBe(true);
      for (const { values } of sequence.channels) {
        expect(values).toHaveLength(stepsOf(sequence));
        expect(values.some((value) => Math.abs(value) === Infinity)).toBe(false);
      }
    }
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
  }
}

describe('damaged text', () => {
  it.each(whole)('of %s gives sequences or a reason', async (name, reader) => {
    const intact = readFileSync(fixtures + name);
    await fc.assert(
      fc.asyncProperty(damage, async ({ patches, keep }) => {
        let bytes = intact.subarray(0, Math.ceil(intact.length * Math.sqrt(keep)));
        for (const { at, cut, insert } of patches) {
          const start = Math.floor(at * bytes.length);
          bytes = Buffer.concat([bytes.subarray(0, start), Buffer.from(insert), bytes.subarray(start + cut)]);
        }
        await expectReadOrReason(reader, name, bytes);
      }),
      { seed: 11, numRuns: 60 },
    );
  });

  it.each([delimitedReader, ucrReader, tsReader, arffReader])('$format: no bytes do anything else', async (reader) => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        await expectReadOrReason(reader, `x${reader.extensions[0]!}`, Buffer.from(bytes));
      }),
      { seed: 12, numRuns: 100 },
    );
  });
});

import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultReadOptions } from '../../../../../src/core/recordings/reader';
import { delimitedReader } from '../../../../../src/core/recordings/formats/delimited/delimited';
import { ucrReader } from '../../../../../src/core/recordings/formats/ucr/ucr';
import { memorySource } from './sources';
import { writtenTable, type Known } from './writtenTables';

async function expectReadBack({ name, text, choices, sequences }: Known): Promise<void> {
  const source = memorySource(name, text, 700);
  const reader = source.extension === '.tsv' && ucrReader.claims(source) ? ucrReader : delimitedReader;
  const got = await reader.read(source, defaultReadOptions);
  const told = choices.join(' ');
  expect(got.length, told).toBe(sequences.length);
  for (const [i, { names, units, rates, label, values }] of sequences.entries()) {
    const { channels, rate, label: gotLabel } = got[i]!;
    expect([channels.map((channel) => channel.name), gotLabel], told).toEqual([names, label]);
    expect(
      channels.map((channel) => channel.unit),
      told,
    ).toEqual(units);
    const fits = rates.some((known) =>
      known === null || rate === null ? known === rate : Math.abs(rate - known) < known * 0.003,
    );
    expect(fits, `rate ${rate} of ${told}`).toBe(true);
    expect(channels.length, told).toBe(values.length);
    for (const [c, series] of values.entries()) {
      const read = channels[c]?.values ?? new Float32Array();
      const same =
        read.length === series.length && read.every((value, at) => Object.is(value, Math.fround(series[at]!)));
      // Comparing arrays of numbers one by one is slow where nothing differs.
      if (!same) expect(Array.from(read), told).toEqual(Array.from(Float32Array.from(series)));
    }
  }
}

describe('tables as devices and programs write them', () => {
  const parts = Array.from({ length: 10 }, (_, part) => part + 21);
  it.each(parts)(
    'are read back whatever their dialect, clock, header and layout (%i)',
    async (seed) => {
      const tables = fc.integer({ min: 1, max: 1e6 }).map((number) => writtenTable(number));
      await fc.assert(
        fc.asyncProperty(tables, async (known) => {
          fc.pre(!known.ambiguous);
          // The runner hears nothing of a test that never leaves the microtasks.
          await setImmediate();
          await expectReadBack(known);
        }),
        { seed, numRuns: 200, endOnFailure: true },
      );
    },
    120_000,
  );
});

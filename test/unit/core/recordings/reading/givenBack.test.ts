import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultReadOptions, UnreadableError, type ReadOptions } from '../../../../../src/core/recordings/reader';
import { delimitedReader } from '../../../../../src/core/recordings/formats/delimited/delimited';
import { decide } from '../../../../../src/core/recordings/reading/decide';
import type { Decisions } from '../../../../../src/core/recordings/reading/decisions';
import { describeReading } from '../../../../../src/core/recordings/reading/describe';
import { decidedSequences } from '../../../../../src/core/recordings/readFile';
import { readerOf } from '../../../../../src/core/recordings/registry';
import type { Sequence } from '../../../../../src/core/recordings/sequence';
import { withSource } from '../../../../../src/core/recordings/source';
import { patient } from '../../../../../src/dev/patience';
import { memorySource } from '../text/sources';
import { writtenTable, type Known } from '../text/writtenTables';

/** All of a sequence but how it came about. */
function heldBy({ channels, rate, label, name }: Sequence) {
  return {
    channels: channels.map((channel) => ({
      ...channel,
      values: createHash('sha1').update(channel.values).digest('hex'),
    })),
    ...{ rate, label, name },
  };
}

async function readDecided({ name, text }: Known, decisions: Decisions): Promise<readonly Sequence[]> {
  const read = await delimitedReader.read(memorySource(name, text), { ...defaultReadOptions, decisions });
  return read.map((sequence) => decide(sequence, decisions));
}

const column = fc.oneof(fc.integer({ min: 1, max: 8 }), fc.constantFrom('time', 'label', 'CH1', 'ECG', 'nowhere'));

const other: fc.Arbitrary<Decisions> = fc.oneof(
  fc.record({ delimiter: fc.constantFrom('comma', 'semicolon', 'tab', 'bar', 'blanks') }),
  fc.record({ decimal: fc.constantFrom('.', ',') }),
  fc.record({ headerLines: fc.integer({ min: 0, max: 12 }) }),
  fc.record({ clock: fc.oneof(column, fc.constant(null)) }),
  fc.record({ clockUnit: fc.constantFrom('s', 'ms', 'us', 'min', 'h', 'days') }),
  fc.record({ label: fc.oneof(column, fc.constant(null)) }),
  fc.record({ series: fc.constantFrom('columns', 'rows') }),
  fc.record({ channels: fc.array(column, { minLength: 1, maxLength: 3 }) }),
);

/** What can be seen of a decision in what was read. */
function expectObeyed(decided: Decisions, sequences: readonly Sequence[], told: string): void {
  const found = sequences[0]?.reading?.found ?? {};
  const roles = sequences[0]?.reading?.columns ?? [];
  const at = (choice: string | number | null | undefined) =>
    typeof choice === 'number' ? choice - 1 : roles.findIndex(({ name }) => name === choice);
  if (decided.delimiter !== undefined) expect(found.delimiter, told).toBe(decided.delimiter);
  if (decided.decimal !== undefined) expect(found.decimal, told).toBe(decided.decimal);
  if (decided.headerLines !== undefined) expect(found.headerLines, told).toBe(decided.headerLines);
  if (decided.clock === null) expect(found.clock, told).toBeNull();
  else if (decided.clock !== undefined) expect(at(found.clock), told).toBeGreaterThanOrEqual(0);
  if (decided.label === null) for (const { label } of sequences) expect(label, told).toBeNull();
  else if (decided.label !== undefined) expect(roles[at(decided.label)]?.role, told).toBe('label');
  if (decided.series !== undefined && found.series !== undefined) expect(found.series, told).toBe(decided.series);
  if (decided.channels !== undefined) {
    for (const { channels } of sequences) expect(channels.length, told).toBe(decided.channels.length);
  }
}

const words: Readonly<Record<string, RegExp>> = {
  ...{ delimiter: /delimiter/, decimal: /decimal sign/, headerLines: /header line/, clock: /clock/ },
  ...{ clockUnit: /clock unit/, label: /label/, series: /series/, channels: /channel/ },
};

describe('decisions about a table', () => {
  it(
    'are obeyed, or refused in a sentence that names them',
    async () => {
      let [obeyed, refused] = [0, 0];
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 1, max: 1e6 }), other, async (seed, decided) => {
          // The runner hears nothing of a test that never leaves the microtasks.
          await setImmediate();
          const known = writtenTable(seed);
          const told = `${seed} ${JSON.stringify(decided)} ${known.choices.join(' ')}`;
          try {
            expectObeyed(decided, await readDecided(known, decided), told);
            obeyed++;
          } catch (error) {
            if (!(error instanceof UnreadableError)) throw error;
            for (const key of Object.keys(decided)) expect(error.message, told).toMatch(words[key] ?? /never/);
            expect(error.message, told).toMatch(/^reading\.json names /);
            refused++;
          }
        }),
        { seed: 7, numRuns: 200, endOnFailure: true },
      );
      expect(Math.min(obeyed, refused)).toBeGreaterThan(30);
    },
    patient(60_000),
  );

  it(
    'that were found lead to the same sequences when they are given back',
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 1, max: 1e6 }), async (seed) => {
          // The runner hears nothing of a test that never leaves the microtasks.
          await setImmediate();
          const known = writtenTable(seed);
          const read = await readDecided(known, {});
          const found = read[0]?.reading?.found ?? {};
          expect(Object.keys(found).length).toBeGreaterThan(2);
          const again = await readDecided(known, found);
          const told = `${seed} ${JSON.stringify(found)} ${known.choices.join(' ')}`;
          expect(again.map(heldBy), told).toEqual(read.map(heldBy));
        }),
        { seed: 8, numRuns: 150, endOnFailure: true },
      );
    },
    patient(60_000),
  );
});

const folder = join(import.meta.dirname, '../../../../../../shared/recordings');
const files = existsSync(folder)
  ? readdirSync(folder).filter((name) => existsSync(join(folder, `${name}.expected.json`)))
  : [];

function readPath(path: string, options: ReadOptions): Promise<readonly Sequence[] | string> {
  return withSource(path, async (source) => {
    const reader = readerOf(source);
    if (reader === null) return 'no reader';
    try {
      return await decidedSequences(reader, source, options);
    } catch (error) {
      if (error instanceof UnreadableError) return error.message;
      throw error;
    }
  });
}

describe.skipIf(files.length === 0)('what is told of files in the manner of devices (../shared/recordings)', () => {
  it.each(files)('%s', async (name) => {
    const path = join(folder, name);
    const read = await readPath(path, defaultReadOptions);
    if (typeof read === 'string') {
      if (read === 'no reader') return;
      const { problem, table, format } = await describeReading(path, defaultReadOptions);
      expect(problem).toBe(read);
      if (format === 'delimited') expect(table?.rows.length).toBeGreaterThan(0);
      return;
    }
    const told = await describeReading(path, defaultReadOptions);
    expect(told.sequenceCount).toBe(read.length);
    const again = await readPath(path, { ...defaultReadOptions, decisions: told.decided });
    expect(typeof again === 'string' ? again : again.map(heldBy)).toEqual(read.map(heldBy));
  });
});

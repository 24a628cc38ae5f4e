import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { UnreadableError } from '../../../../../src/core/recordings/reader';
import { stepsOf } from '../../../../../src/core/recordings/sequence';
import { wfdbHeaderOf } from '../../../../../src/core/recordings/formats/wfdb/sibling';
import { readFile } from './fixtures';

const data = join(import.meta.dirname, '../../../../../../shared/data');
const present = existsSync(join(data, 'workspace'));
if (!present) console.log(`skipped: there are no recordings in ${data}`);

function filesOf(folder: string, extension: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(extension))
    .map((file) => join(folder, file));
}

test.skipIf(!present)('every sound of the workspace', async () => {
  const files = filesOf(join(data, 'workspace'), '.wav');
  expect(files.length).toBeGreaterThan(0);
  for (const file of files) {
    const [sequence, ...others] = await readFile(file);
    expect(others).toEqual([]);
    expect(sequence).toMatchObject({ rate: 16000, notes: [], channels: [{ name: 'audio' }] });
    expect(stepsOf(sequence!)).toBeGreaterThan(1000);
  }
});

test.skipIf(!present)('every array of the workspace', async () => {
  const files = filesOf(join(data, 'workspace'), '.npy');
  expect(files.length).toBeGreaterThan(0);
  for (const file of files) {
    const [sequence] = await readFile(file);
    expect(sequence?.channels).toHaveLength(4);
    expect(sequence?.notes).toEqual([]);
  }
});

test.skipIf(!present)('every record of the workspace, down to the sums and first samples in its header', async () => {
  const files = filesOf(join(data, 'workspace'), '.hea');
  expect(files.length).toBeGreaterThan(0);
  for (const file of files) {
    const [sequence] = await readFile(file);
    expect(sequence?.rate).toBe(360);
    expect(sequence?.notes).toEqual([]);
    expect(stepsOf(sequence!)).toBe(21600);
    const lines = readFileSync(file, 'utf8').split('\n').slice(1);
    sequence?.channels.forEach(({ name, unit, values }, i) => {
      const fields = lines[i]!.trim().split(/\s+/);
      expect([name, unit]).toEqual([fields[8], 'mV']);
      expect(values[0]).toBe(Math.fround((Number(fields[5]) - Number(fields[4])) / Number(fields[2])));
    });
  }
});

test.skipIf(!present)('signal files are told from other files that end in .dat', async () => {
  for (const file of filesOf(join(data, 'workspace'), '.dat')) {
    const header = await wfdbHeaderOf(file);
    expect(header === null).toBe(basename(dirname(file)) === 'plant');
  }
});

test.skipIf(!present)('packs are read or refused', async () => {
  for (const file of ['validation/walking.npz', 'validation/pen.npz']) {
    const outcome: unknown = await readFile(join(data, file)).catch((error: unknown) => error);
    if (!(outcome instanceof UnreadableError)) expect(outcome).toBeInstanceOf(Array);
  }
});

import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Sequence } from '../../../../../src/core/recordings/sequence';
import { fixtures, readFile, signals } from './fixtures';

interface Expected {
  readonly name: string | null;
  readonly label: string | null;
  readonly rate: number | null;
  readonly channels: readonly { name: string | null; unit: string | null; values: (number | null | string)[] }[];
}

function expectedIn(folder: string): [string, Expected[]][] {
  const text = readFileSync(join(folder, 'expected.json'), 'utf8');
  return Object.entries(JSON.parse(text) as Record<string, Expected[]>);
}

function numberOf(value: number | null | string): number {
  if (value === null) return NaN;
  if (typeof value === 'number') return value;
  return value === 'inf' ? Infinity : -Infinity;
}

function described(sequence: Sequence) {
  const { name, label, rate, channels } = sequence;
  return {
    name,
    label,
    rate,
    channels: channels.map(({ name, unit, values }) => ({ name, unit, length: values.length })),
  };
}

function describedOf(wanted: readonly Expected[]) {
  return wanted.map((sequence) => ({
    ...sequence,
    channels: sequence.channels.map(({ name, unit, values }) => ({ name, unit, length: values.length })),
  }));
}

describe('files that NumPy, SciPy and Python wrote', () => {
  test.each(expectedIn(fixtures))('%s', async (file, wanted) => {
    const sequences = await readFile(join(fixtures, file));
    expect(sequences.map(described)).toEqual(describedOf(wanted));
    sequences.forEach((sequence, i) => {
      sequence.channels.forEach(({ values }, c) => {
        expect(values).toEqual(Float32Array.from(wanted[i]!.channels[c]!.values, numberOf));
      });
    });
  });
});

describe('files that libsndfile, FFmpeg and EDFlib wrote, and others after their specifications', () => {
  test.each(expectedIn(signals))('%s', async (file, wanted) => {
    const sequences = await readFile(join(signals, file));
    expect(sequences.map(described)).toEqual(describedOf(wanted));
    sequences.forEach((sequence, i) => {
      sequence.channels.forEach(({ values }, c) => {
        const exact = wanted[i]!.channels[c]!.values.map(numberOf);
        // Scaled in another order, a value may fall to the other side of where single precision rounds.
        const largest = exact.reduce((most, value) => (value > most ? value : most), 0);
        const wrong = exact.flatMap((value, at) => {
          const isMissing = Number.isNaN(value) && Number.isNaN(values[at]!);
          return isMissing || Math.abs(values[at]! - value) <= largest * 1e-6 ? [] : [[at, value, values[at]]];
        });
        expect(wrong).toEqual([]);
      });
    });
  });
});

test('fixtures cover every format', () => {
  const extensions = [fixtures, signals].flatMap((folder) => expectedIn(folder).map(([file]) => extname(file)));
  const counts = Object.fromEntries([...new Set(extensions)].map((one) => [one, extensions.filter((other) => other === one).length])); // prettier-ignore
  expect(counts).toMatchObject({ '.aif': 1, '.aiff': 3, '.bdf': 2, '.edf': 4, '.rec': 1, '.vhdr': 3 });
  expect(counts['.npy']! + counts['.npz']! + counts['.wav']! + counts['.hea']!).toBeGreaterThan(80);
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Sequence } from '../../../../../src/core/recordings/sequence';
import { fixtures, readFile } from './fixtures';

interface Expected {
  readonly name: string | null;
  readonly label: string | null;
  readonly rate: number | null;
  readonly channels: readonly { name: string | null; unit: string | null; values: (number | null | string)[] }[];
}

const expected = JSON.parse(readFileSync(join(fixtures, 'expected.json'), 'utf8')) as Record<string, Expected[]>;

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

describe('files that NumPy, SciPy and Python wrote', () => {
  test.each(Object.entries(expected))('%s', async (file, wanted) => {
    const sequences = await readFile(join(fixtures, file));
    expect(sequences.map(described)).toEqual(
      wanted.map((sequence) => ({
        ...sequence,
        channels: sequence.channels.map(({ name, unit, values }) => ({ name, unit, length: values.length })),
      })),
    );
    sequences.forEach((sequence, i) => {
      sequence.channels.forEach(({ values }, c) => {
        expect(values).toEqual(Float32Array.from(wanted[i]!.channels[c]!.values, numberOf));
      });
    });
  });
});

test('fixtures cover every format', () => {
  const extensions = new Set(Object.keys(expected).map((file) => file.split('.').at(-1)));
  expect([...extensions].sort()).toEqual(['hea', 'npy', 'npz', 'wav']);
  expect(Object.keys(expected).length).toBeGreaterThan(60);
});

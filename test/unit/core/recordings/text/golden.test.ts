import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { defaultReadOptions, type Reader } from '../../../../../src/core/recordings/reader';
import { arffReader } from '../../../../../src/core/recordings/formats/arff/arff';
import { delimitedReader } from '../../../../../src/core/recordings/formats/delimited/delimited';
import { tsReader } from '../../../../../src/core/recordings/formats/ts/ts';
import { ucrReader } from '../../../../../src/core/recordings/formats/ucr/ucr';
import { fixture, fixtures } from './sources';

interface Expected {
  reader: string;
  sequences: {
    names: (string | null)[];
    units: (string | null)[];
    rate: number | null;
    label: string | null;
    values: (number | null)[][];
  }[];
}

const readers: readonly Reader[] = [delimitedReader, ucrReader, tsReader, arffReader];
const golden = JSON.parse(readFileSync(`${fixtures}expected.json`, 'utf8')) as Record<string, Expected>;

describe.each(Object.entries(golden))('%s, written by Python', (name, expected) => {
  it('is claimed by its reader alone', () => {
    const source = fixture(name);
    const claiming = readers.filter((reader) => reader.extensions.includes(source.extension) && reader.claims(source));
    expect(claiming.map((reader) => reader.format)).toEqual([expected.reader]);
  });

  it.each([undefined, 7])('holds what Python wrote, read in pieces of %s bytes', async (pieceLength) => {
    const reader = readers.find((candidate) => candidate.format === expected.reader)!;
    const sequences = await reader.read(fixture(name, pieceLength), defaultReadOptions);
    expect(sequences).toHaveLength(expected.sequences.length);
    for (const [i, sequence] of sequences.entries()) {
      const { names, units, rate, label, values } = expected.sequences[i]!;
      expect(sequence.channels.map((channel) => channel.name)).toEqual(names);
      expect(sequence.channels.map((channel) => channel.unit)).toEqual(units);
      expect([sequence.rate, sequence.label]).toEqual([rate, label]);
      for (const [c, channel] of sequence.channels.entries()) {
        expect(channel.values).toHaveLength(values[c]!.length);
        values[c]!.forEach((value, step) => {
          if (value === null) expect(channel.values[step]).toBeNaN();
          else expect(channel.values[step]).toBeCloseTo(value, 5);
        });
      }
    }
  });
});

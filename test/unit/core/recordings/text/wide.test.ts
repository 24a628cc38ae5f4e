import { describe, expect, it } from 'vitest';
import { delimitedReader } from '../../../../../src/core/recordings/formats/delimited/delimited';
import { tsReader } from '../../../../../src/core/recordings/formats/ts/ts';
import { readText } from './sources';

/** A call takes fewer arguments than this. */
const width = 130_000;
const row = (cell: (at: number) => string, delimiter = ',') =>
  Array.from({ length: width }, (_, i) => cell(i)).join(delimiter);

describe('a text with a great many columns', () => {
  it('is read, also around a row of words, and with one name for all of them', async () => {
    const numbers = (seed: number) => row((i) => `${(i * 7 + seed * seed * 13) % 101}.5`);
    const text = [row(() => 'x'), numbers(1), numbers(2), row(() => 'y'), numbers(4)].join('\n');
    const [sequence] = await readText(delimitedReader, 'wide.csv', text);
    expect(new Set(sequence?.channels.map(({ name }) => name)).size).toBe(width);
  });

  it('is a case of as many dimensions', async () => {
    const text = `@dimensions ${width}\n@classLabel true a\n@data\n${row((i) => `${i % 5},2`, ':')}:a\n`;
    const [sequence] = await readText(tsReader, 'wide.ts', text);
    expect(sequence?.channels).toHaveLength(width);
  });
});

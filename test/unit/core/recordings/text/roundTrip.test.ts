import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultReadOptions } from '../../../../../src/core/recordings/reader';
import { delimitedReader } from '../../../../../src/core/recordings/formats/delimited/delimited';
import { memorySource } from './sources';

const value = fc.oneof(
  { weight: 8, arbitrary: fc.float({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }) },
  { weight: 1, arbitrary: fc.constant(NaN) },
);

const table = fc.record({
  // Rounded to a fraction with a point in it, so that no column counts and no comma parts whole numbers.
  rows: fc
    .integer({ min: 2, max: 6 })
    .chain((width) =>
      fc.array(fc.array(value, { minLength: width, maxLength: width }), { minLength: 4, maxLength: 40 }),
    ),
  delimiter: fc.constantFrom(',', ';', '\t', '|', '  '),
  comma: fc.boolean(),
  header: fc.boolean(),
  quote: fc.boolean(),
  lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
  encoding: fc.constantFrom('utf8', 'mark', 'utf-16le'),
  endsWithLineEnd: fc.boolean(),
  pieceLength: fc.integer({ min: 1, max: 300 }),
});
type Table = typeof table extends fc.Arbitrary<infer T> ? T : never;

function written({ rows, delimiter, comma, header, quote, lineEnd, encoding, endsWithLineEnd }: Table): Buffer {
  const marked = (cell: string) => (quote ? `"${cell}"` : cell);
  const number = (x: number) => {
    if (Number.isNaN(x)) return 'NaN';
    const text = Math.fround(x).toExponential(9);
    return comma && delimiter !== ',' ? text.replace('.', ',') : text;
  };
  const lines = rows.map((row) => row.map((cell) => marked(number(cell))).join(delimiter));
  if (header) lines.unshift(rows[0]!.map((_, i) => marked(`näme${i}`)).join(delimiter));
  const text = lines.join(lineEnd) + (endsWithLineEnd ? lineEnd : '');
  return encoding === 'utf8'
    ? Buffer.from(text)
    : Buffer.from(`\uFEFF${text}`, encoding === 'mark' ? 'utf8' : 'utf-16le');
}

describe('delimited text', () => {
  it('gives back every table that is written to it', async () => {
    await fc.assert(
      fc.asyncProperty(table, async (made) => {
        const width = made.rows[0]!.length;
        const columns = Array.from({ length: width }, (_, c) => made.rows.map((row) => Math.fround(row[c]!) + 0));
        // Columns without any number are left out, and an increasing first one may be a clock: tested on their own.
        fc.pre(columns.every((column) => column.some((x) => !Number.isNaN(x))));
        fc.pre(columns[0]!.some((x, i) => i > 0 && !(x > columns[0]![i - 1]!)));
        const source = memorySource('x.csv', written(made), made.pieceLength);
        const [sequence] = await delimitedReader.read(source, defaultReadOptions);
        expect(sequence!.channels.map((channel) => Array.from(channel.values))).toEqual(columns);
        expect(sequence!.channels.map((channel) => channel.name)).toEqual(
          columns.map((_, i) => (made.header ? `näme${i}` : null)),
        );
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});

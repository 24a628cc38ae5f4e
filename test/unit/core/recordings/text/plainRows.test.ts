import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Delimiter } from '../../../../../src/core/recordings/formats/delimited/delimiter';
import { parseDecimal } from '../../../../../src/core/recordings/formats/delimited/parseDecimal';
import { planOf } from '../../../../../src/core/recordings/formats/delimited/plan';
import { PlainRowReader } from '../../../../../src/core/recordings/formats/delimited/plainRows';
import { RowScanner } from '../../../../../src/core/recordings/formats/delimited/scan';

const plan = planOf({
  encoding: 'utf8',
  start: 'a,b,c\n1.5,2.5,3.5\n2.5,1.5,0.5\n3.25,7.5,1.5\n',
  later: [],
  whole: true,
});
const columns = plan.columns.map((column, at) => ({ ...column, kind: { kind: 'number' } as const, isExact: at === 1 }));

interface Read {
  readonly next: number;
  /** Of a row, `null` for one that is not plain. */
  readonly values: readonly number[] | null;
}

/** A row as the scanner and the parser of single cells read it. */
function readSlowly(bytes: Buffer, at: number, delimiter: Delimiter, decimal: string): Read {
  const scanner = new RowScanner(delimiter);
  const next = scanner.next(bytes, at, bytes.length, false);
  if (next < 0 || scanner.count !== columns.length) return { next, values: null };
  const values = columns.map((_, cell) => {
    const [start, end] = [scanner.starts[cell]!, scanner.ends[cell]!];
    return start === end ? undefined : parseDecimal(bytes, start, end, decimal.charCodeAt(0));
  });
  const isPlain = !values.includes(NaN) && values.some((value) => value !== undefined);
  return { next, values: isPlain ? values.map((value) => value ?? NaN) : null };
}

function check(text: string, delimiter: Delimiter, decimal: '.' | ','): number {
  const bytes = Buffer.from(text);
  const reader = PlainRowReader.of({ ...plan, columns, delimiter, form: { decimal, thousands: '' } });
  if (reader === null) throw new Error('the table has plain rows');
  reader.begin(bytes);
  let plainRows = 0;
  for (let at = 0; at >= 0 && at < bytes.length;) {
    const found = reader.read(at);
    const exact = found === null ? [] : Array.from(found.exact);
    let [missing, row] = [0, 0];
    for (; row < (found?.rows ?? 0); row++) {
      const slow = readSlowly(bytes, at, delimiter, decimal);
      expect(Array.from(found!.values.subarray(3 * row, 3 * row + 3))).toEqual(slow.values?.map(Math.fround));
      expect(exact[row]).toBe(slow.values?.[1]);
      missing += (slow.values ?? []).filter(Number.isNaN).length;
      at = slow.next;
    }
    plainRows += row;
    if (found === null) {
      at = readSlowly(bytes, at, delimiter, decimal).next;
    } else {
      expect(found.next).toBe(at);
      expect(found.missing.reduce((sum, count) => sum + count, 0)).toBe(missing);
    }
  }
  return plainRows;
}

describe('plain rows', () => {
  it('are the rows that the parser of single cells reads, to the bit', () => {
    const number = fc.oneof(
      fc.double({ noDefaultInfinity: true, noNaN: true }).map(String),
      fc.float({ noDefaultInfinity: true, noNaN: true }).map((value) => value.toFixed(6)),
      fc.stringMatching(/^[-+]?\d{0,20}([.,]\d{0,8})?([eE][-+]?\d{0,4})?$/),
    );
    const usual = fc.oneof(
      { weight: 8, arbitrary: fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((x) => x.toFixed(4)) },
      { weight: 1, arbitrary: number },
    );
    const cell = fc.oneof(
      { weight: 40, arbitrary: usual },
      {
        weight: 2,
        arbitrary: fc.constantFrom(
          '',
          ' ',
          'NaN',
          '"1"',
          '"a',
          'x',
          '1 2',
          '\t3',
          '-',
          '.',
          '1.',
          '.5',
          '-0',
          '1e5',
          '\u00e9',
        ),
      },
    );
    const width = fc.oneof(
      { weight: 10, arbitrary: fc.constant(3) },
      { weight: 1, arbitrary: fc.integer({ min: 0, max: 4 }) },
    );
    const row = width.chain((count) => fc.array(cell, { minLength: count, maxLength: count }));
    const delimiter = fc.constantFrom<Delimiter>(',', ';', '\t', '|', 'blanks');
    const end = fc.constantFrom('\n', '\r\n', '\r', ' \n', '\n\n', '\n# c\n');
    let plainRows = 0;
    fc.assert(
      fc.property(
        delimiter,
        fc.constantFrom('.', ','),
        fc.array(fc.tuple(row, end), { maxLength: 12 }),
        (mark, decimal, rows) => {
          const between = mark === 'blanks' ? ' ' : mark;
          plainRows += check(rows.map(([cells, ends]) => cells.join(between) + ends).join(''), mark, decimal);
        },
      ),
      { seed: 6, numRuns: 2000 },
    );
    expect(plainRows).toBeGreaterThan(2000);
  });

  it('are read across the stretches that the module holds', () => {
    const text = Array.from({ length: 20_000 }, (_, i) => `${i}.25,${i % 7},-${i}e-3${' '.repeat(100)}\n`).join('');
    expect(text.length).toBeGreaterThan(2 ** 21);
    expect(check(text, ',', '.')).toBe(20_000);
  });

  it('are not looked for in a table of dates, words or joined cells', () => {
    const of = (more: Partial<typeof plan>) => PlainRowReader.of({ ...plan, columns, ...more });
    expect(of({})).not.toBeNull();
    expect(of({ joined: 1 })).toBeNull();
    expect(of({ delimiter: 'wide' })).toBeNull();
    expect(of({ columns: [{ ...columns[0]!, kind: { kind: 'text' } }] })).toBeNull();
  });
});

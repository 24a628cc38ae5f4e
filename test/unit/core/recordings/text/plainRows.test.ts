import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMoment } from '../../../../../src/core/recordings/clock/moments';
import type { Delimiter } from '../../../../../src/core/recordings/formats/delimited/delimiter';
import { parseDecimal } from '../../../../../src/core/recordings/formats/delimited/parseDecimal';
import { planOf } from '../../../../../src/core/recordings/formats/delimited/plan';
import type { PlannedColumn } from '../../../../../src/core/recordings/formats/delimited/plannedColumns';
import { PlainRowReader } from '../../../../../src/core/recordings/formats/delimited/plainRows';
import { RowScanner } from '../../../../../src/core/recordings/formats/delimited/scan';

const plan = planOf({
  encoding: 'utf8',
  start: 'a,b,c\n1.5,2.5,3.5\n2.5,1.5,0.5\n3.25,7.5,1.5\n',
  later: [],
  whole: true,
});
const columns: readonly PlannedColumn[] = plan.columns.map((column, at) => ({
  ...column,
  kind: { kind: 'number' },
  isExact: at === 1,
}));

type Columns = readonly PlannedColumn[];

interface Read {
  readonly next: number;
  /** Of a row, `null` for one that is not plain. */
  readonly values: readonly number[] | null;
}

/** The value of a cell: `undefined` for an empty one, NaN for one that is not plain. */
function cellAt(bytes: Buffer, start: number, end: number, { kind }: PlannedColumn, decimal: string) {
  if (start === end) return undefined;
  if (kind.kind !== 'moment') return parseDecimal(bytes, start, end, decimal.charCodeAt(0));
  return parseMoment(bytes.toString('latin1', start, end), kind.order)?.seconds ?? NaN;
}

/** A row as the scanner and the parser of single cells read it. */
function readSlowly(bytes: Buffer, at: number, delimiter: Delimiter, decimal: string, columns: Columns): Read {
  const scanner = new RowScanner(delimiter);
  const next = scanner.next(bytes, at, bytes.length, false);
  if (next < 0 || scanner.count !== columns.length) return { next, values: null };
  const values = columns.flatMap((column, cell) =>
    column.kind.kind === 'unread' ? [] : [cellAt(bytes, scanner.starts[cell]!, scanner.ends[cell]!, column, decimal)],
  );
  const isPlain = !values.includes(NaN) && values.some((value) => value !== undefined);
  return { next, values: isPlain ? values.map((value) => value ?? NaN) : null };
}

function check(text: string, delimiter: Delimiter, decimal: '.' | ',', of: Columns = columns): number {
  const bytes = Buffer.from(text);
  const read = of.filter(({ kind }) => kind.kind !== 'unread');
  const [width, exactAt] = [read.length, read.findIndex(({ isExact }) => isExact)];
  const reader = PlainRowReader.of({ ...plan, columns: of, delimiter, form: { decimal, thousands: '' } });
  if (reader === null) throw new Error('the table has plain rows');
  reader.begin(bytes);
  let plainRows = 0;
  for (let at = 0; at >= 0 && at < bytes.length;) {
    const found = reader.read(at);
    const exact = found === null ? [] : Array.from(found.exact);
    let [missing, row] = [0, 0];
    for (; row < (found?.rows ?? 0); row++) {
      const slow = readSlowly(bytes, at, delimiter, decimal, of);
      const values = Array.from(found!.values.subarray(width * row, width * (row + 1)));
      expect(values).toEqual(slow.values?.map(Math.fround));
      expect(exact[row]).toBe(slow.values?.[exactAt]);
      missing += (slow.values ?? []).filter(Number.isNaN).length;
      at = slow.next;
    }
    plainRows += row;
    if (found === null) {
      at = readSlowly(bytes, at, delimiter, decimal, of).next;
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

  it('are the same where columns are not read', () => {
    const cell = fc.oneof(
      { weight: 30, arbitrary: fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((x) => x.toFixed(4)) },
      { weight: 20, arbitrary: fc.stringMatching(/^[\da-f ]{0,40}$/) },
      { weight: 1, arbitrary: fc.constantFrom('', '"1"', '"a', '#', '/x', 'a"b', '\u00e9', '\0') },
    );
    const unread = fc.subarray([0, 1, 2, 3, 4, 5], { minLength: 1, maxLength: 5 });
    const number = fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((x) => x.toFixed(3));
    const row = fc.tuple(
      fc.array(cell, { minLength: 6, maxLength: 6 }),
      fc.array(number, { minLength: 6, maxLength: 6 }),
    );
    const end = fc.constantFrom('\n', '\n', '\r\n', '\r', ' \n', ',1\n', '\n\n');
    const mark = fc.constantFrom<Delimiter>(',', ';', '\t', 'blanks');
    let plainRows = 0;
    fc.assert(
      fc.property(mark, unread, fc.array(fc.tuple(row, end), { maxLength: 12 }), (delimiter, places, rows) => {
        const of = Array.from({ length: 6 }, (_, at): PlannedColumn =>
          places.includes(at) ? { ...columns[0]!, kind: { kind: 'unread' } } : { ...columns[0]!, isExact: false },
        );
        const first = of.findIndex(({ kind }) => kind.kind === 'number');
        of[first] = { ...of[first]!, isExact: true };
        const between = delimiter === 'blanks' ? ' ' : delimiter;
        const lines = rows.map(([[any, numbers], ends]) => {
          return any.map((cell, at) => (places.includes(at) ? cell : numbers[at]!)).join(between) + ends;
        });
        plainRows += check(lines.join(''), delimiter, '.', of);
      }),
      { seed: 7, numRuns: 1500 },
    );
    expect(plainRows).toBeGreaterThan(2000);
  });

  it('are the same where the first cell tells the time', () => {
    const two = (most: number) => fc.integer({ min: 0, max: most }).map((value) => String(value).padStart(2, '0'));
    const date = fc
      .tuple(fc.integer({ min: 1, max: 9999 }), two(13), two(32), fc.constantFrom('-', '-', '-', '/', '.'))
      .map(([year, month, day, mark]) => [String(year).padStart(4, '0'), month, day].join(mark));
    const time = fc.oneof(
      fc.tuple(two(25), two(60)).map((parts) => parts.join(':')),
      fc.tuple(two(25), two(60), two(60)).map((parts) => parts.join(':')),
      fc.tuple(two(24), two(59), two(60), fc.stringMatching(/^\d{1,14}$/)).map(([h, m, s, f]) => `${h}:${m}:${s}.${f}`),
    );
    const zone = fc.constantFrom('', '', 'Z', '+01:00', '-0330', '+02', ' UTC', '+1:00', 'z', '\0');
    const moment = fc
      .tuple(date, fc.constantFrom('T', 'T', ' ', ' ', '  ', '_'), time, zone)
      .map((parts) => parts.join(''));
    const odd = fc.constantFrom('', '2024-01-01', '12:00:00', 'NaN', '"2024-01-01T12:00:00"', '2024');
    const row = fc.tuple(
      fc.oneof({ weight: 20, arbitrary: moment }, { weight: 1, arbitrary: odd }),
      fc.double({ min: -100, max: 100, noNaN: true }).map((x) => x.toFixed(2)),
    );
    const of: Columns = [
      { ...columns[0]!, kind: { kind: 'moment', order: 'day-first', isOpen: false, minutes: false }, isExact: true },
      columns[0]!,
    ];
    let plainRows = 0;
    fc.assert(
      fc.property(fc.constantFrom<Delimiter>(',', ';', '\t', '|'), fc.array(row, { maxLength: 12 }), (mark, rows) => {
        plainRows += check(rows.map((cells) => `${cells.join(mark)}\n`).join(''), mark, '.', of);
      }),
      { seed: 8, numRuns: 3000 },
    );
    expect(plainRows).toBeGreaterThan(2000);
  });

  it('are read across the stretches that the module holds', () => {
    const text = Array.from({ length: 20_000 }, (_, i) => `${i}.25,${i % 7},-${i}e-3${' '.repeat(100)}\n`).join('');
    expect(text.length).toBeGreaterThan(2 ** 21);
    expect(check(text, ',', '.')).toBe(20_000);
  });

  it('are not looked for in a table of words, joined cells, or dates that its delimiter cuts', () => {
    const of = (more: Partial<typeof plan>) => PlainRowReader.of({ ...plan, columns, ...more });
    expect(of({})).not.toBeNull();
    expect(of({ joined: 1 })).toBeNull();
    expect(of({ delimiter: 'wide' })).toBeNull();
    expect(of({ columns: [{ ...columns[0]!, kind: { kind: 'text' } }] })).toBeNull();
    const moment = { kind: 'moment', order: 'day-first', isOpen: false, minutes: false } as const;
    const dated = { columns: [{ ...columns[0]!, kind: moment }] };
    expect(of(dated)).not.toBeNull();
    expect([of({ ...dated, delimiter: 'blanks' }), of({ ...dated, delimiter: ':' })]).toEqual([null, null]);
  });
});

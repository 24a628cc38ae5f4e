import * as fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import type { Cell, Exportable } from '../../../../src/engine/exporting/exportable';
import { csvPieces, jsonPieces } from '../../../../src/engine/exporting/text';

fc.configureGlobal({ seed: 20220101, numRuns: 200 });

function tableOf(rows: readonly (readonly Cell[])[], values: Float32Array | null = null): Exportable {
  return {
    meta: { scope: 'layout' },
    header: rows[0]?.map((_, i) => `c${i}`) ?? ['c0'],
    valueHeader: values === null ? [] : Array.from(values, (_, i) => `v${i}`),
    rows: () => rows.map((cells) => ({ cells, values })),
    arrays: () => [],
  };
}

async function joined(pieces: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const piece of pieces) text += piece;
  return text;
}

const cell = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constant(null),
);

describe('CSV', () => {
  it.each([
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    ' =1',
    '\r=1',
    '\n=1',
    '\uff1d1+1',
    '\u22121',
    '\u0000=1',
    '=cmd|"/c calc"!A1',
  ])('gives a text that a spreadsheet would run an apostrophe: %j', async (text) => {
    const csv = await joined(csvPieces(tableOf([[text, -2]])));
    const [, row] = Papa.parse<string[]>(csv, { newline: '\r\n' }).data;
    expect(row).toEqual([`'${text}`, '-2']);
  });

  it('never starts a cell with a formula, whichever character a spreadsheet splits at', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: fc.constantFrom('=', '+', '-', '@', ';', ',', '"', 'a', '\n', '\t', ' ') }),
        async (text) => {
          const csv = await joined(csvPieces(tableOf([[text, 'end']])));
          for (const delimiter of [',', ';', '\t']) {
            const cells = Papa.parse<string[]>(csv, { delimiter, newline: '\r\n' }).data.flat();
            for (const each of cells) expect(each).not.toMatch(/^\s*[=+\-@]/);
          }
        },
      ),
    );
  });

  it('gives back what was written, but for the apostrophes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 600 }), async (rows) => {
        const csv = await joined(csvPieces(tableOf(rows)));
        const read = Papa.parse<string[]>(csv, { delimiter: ',', newline: '\r\n', skipEmptyLines: true }).data;
        expect(read).toHaveLength(rows.length + 1);
        rows.forEach((row, i) => {
          row.forEach((value, c) => {
            const back = read[i + 1]![c]!;
            if (typeof value === 'number') expect(Number(back)).toBe(value === 0 ? 0 : value);
            else expect([value ?? '', `'${value ?? ''}`]).toContain(back);
          });
        });
      }),
      { numRuns: 30 },
    );
  });

  it('writes numbers beside the cells', async () => {
    expect(await joined(csvPieces(tableOf([['a', null]], Float32Array.of(0.5, -1))))).toBe(
      'c0,c1,v0,v1\r\n"a",,0.5,-1\r\n',
    );
  });
});

describe('JSON', () => {
  it('is one object with what is known of the whole and a row for every row', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell)), async (rows) => {
        const parsed = JSON.parse(await joined(jsonPieces(tableOf(rows)))) as { scope: string; rows: unknown[] };
        expect(parsed.scope).toBe('layout');
        const plain = JSON.parse(JSON.stringify(rows.map(([c0, c1]) => ({ c0, c1 })))) as unknown[];
        expect(parsed.rows).toEqual(plain);
      }),
    );
    const withValues = await joined(jsonPieces(tableOf([['a']], Float32Array.of(0.5))));
    expect(JSON.parse(withValues)).toEqual({ scope: 'layout', rows: [{ c0: 'a', values: [0.5] }] });
  });
});

import { describe, expect, it } from 'vitest';
import { delimitedReader } from '../../../../../src/core/recordings/formats/delimited/delimited';
import { tsReader } from '../../../../../src/core/recordings/formats/ts/ts';
import { ucrReader } from '../../../../../src/core/recordings/formats/ucr/ucr';
import { memorySource, readText } from './sources';

type Cell = (row: number, column: number) => number | string;
const table = (rows: number, columns: number, cell: Cell) =>
  Array.from({ length: rows }, (_, r) => Array.from({ length: columns }, (_, c) => cell(r, c)).join('\t')).join('\n') +
  '\n';
const series: Cell = (r, c) => (c === 0 ? (r % 3) + 1 : Math.sin(c / 8 + r * 2.1).toFixed(4));
const recording: Cell = (r, c) => (100 * (c % 5) + Math.sin(r / 9 + c * 2.1)).toFixed(3);

describe('a .tsv is an archive of series', () => {
  it.each([
    ['with labels that repeat', 'x.tsv', table(30, 60, series)],
    ['with labels that count up, each once', 'x.tsv', table(8, 60, (r, c) => (c === 0 ? r : series(r, c)))],
    ['with NaN at the end', 'x.tsv', table(30, 60, (r, c) => (c > 50 ? 'NaN' : series(r, c)))],
    ['with labels like -1.0', 'x.tsv', table(30, 60, (r, c) => (c === 0 ? (r % 2 ? '-1.0' : '1.0') : series(r, c)))],
    ['of one row longer than the head', 'x.tsv', table(2, 20_000, series)],
    [
      'whose shapes are nearly one',
      'x.tsv',
      table(30, 120, (r, c) => (c === 0 ? r % 2 : (Math.sin(c / 20) + r / 1e4).toFixed(6))),
    ],
    [
      'of noise, by its name',
      'Set_TRAIN.tsv',
      table(30, 20, (r, c) => (c === 0 ? 1 : Math.sin(r * 37.7 + c * 91.3).toFixed(4))),
    ],
  ])('%s', (_, name, text) => {
    expect(ucrReader.claims(memorySource(name, text))).toBe(true);
    expect(delimitedReader.claims(memorySource(name, text))).toBe(false);
  });

  it.each([
    ['with a header', 'label\t' + table(1, 59, (_, c) => `c${c}`) + table(30, 60, series)],
    ['of many channels behind a counter', table(200, 40, (r, c) => (c === 0 ? r : recording(r, c)))],
    ['of many channels behind a flag', table(200, 40, (r, c) => (c === 0 ? Math.floor(r / 50) : recording(r, c)))],
    ['of many channels behind seconds', table(200, 40, (r, c) => (c === 0 ? r / 50 : recording(r, c)))],
    ['of few channels', table(200, 8, (r, c) => (c === 0 ? r % 2 : recording(r, c)))],
    ['of text', table(30, 60, (r, c) => (c === 5 ? 'a' : series(r, c)))],
    ['that is empty', ''],
  ])('but not one %s', (_, text) => {
    expect(ucrReader.claims(memorySource('x.tsv', text))).toBe(false);
    expect(delimitedReader.claims(memorySource('x.tsv', text))).toBe(true);
  });

  it('reads series that end with NaN as shorter ones, and writes labels in one way', async () => {
    const sequences = await readText(ucrReader, 'x.tsv', '1.0000e+00\t1\tNaN\t3\tNaN\tNaN\r\n-1\t1\t2\t3\t4\t5\r\n');
    expect(sequences.map(({ label, channels }) => [label, Array.from(channels[0]!.values)])).toEqual([
      ['1', [1, NaN, 3]],
      ['-1', [1, 2, 3, 4, 5]],
    ]);
  });
});

describe('a .ts', () => {
  it.each([
    '@problemName X\n@data\n1,2',
    '# about\n#\n\n  @TimeStamps false\n',
    '\uFEFF@univariate true\r\n',
    '# about\n'.repeat(10_000) + '@problemName X\n',
  ])('is an archive (example %#)', (text) => {
    expect(tsReader.claims(memorySource('x.ts', text))).toBe(true);
  });

  it.each([
    "import x from 'y';\n",
    '@Component({})\nclass A {}\n',
    '@data\nclass A {}\n'.replace('@data', '@dataSource'),
    '#!/usr/bin/env node\nlet x;\n',
    '// @data\n',
    '<?xml version="1.0"?><TS></TS>',
    '',
    '# only\n# comments\n# here\n',
    `#!/usr/bin/env node\nexport const s = '${'x'.repeat(70_000)}';\n`,
    `${'// line\n'.repeat(10_000)}@data\n`,
  ])('is not (example %#)', (text) => {
    expect(tsReader.claims(memorySource('x.ts', text))).toBe(false);
  });

  it('of video is not', () => {
    expect(tsReader.claims(memorySource('x.ts', Buffer.from([0x47, 0x40, 0, 0x10, 0, 0, 0xb0, 0x0d])))).toBe(false);
  });
});

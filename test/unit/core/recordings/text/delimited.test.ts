import { describe, expect, it } from 'vitest';
import type { Sequence } from '../../../../../src/core/recordings/sequence';
import { delimitedReader } from '../../../../../src/core/recordings/formats/delimited/delimited';
import { memorySource, readText, rowsOf } from './sources';

async function read(text: string | Buffer, name = 'x.csv'): Promise<Sequence> {
  const sequences = await readText(delimitedReader, name, text);
  expect(sequences).toHaveLength(1);
  return sequences[0]!;
}

const lines = (count: number, line: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => line(i)).join('\n');
const wave = (i: number) => Math.sin(i * 1.7).toFixed(3);

describe('a comma in front of three digits in every cell', () => {
  const cell = (i: number) => `${20 + ((i * 5) % 90)},${100 + ((i * 37) % 400)}`;
  const firstOf = async (text: string) => (await read(text)).channels.at(-1)?.values[0];

  it('is a decimal sign, unless commas part the cells', async () => {
    for (const mark of [';', '\t', '|'])
      expect(await firstOf(`a${mark}b\n${lines(40, (i) => `${cell(i)}${mark}${cell(i + 3)}`)}`)).toBeCloseTo(35.211, 3);
    expect(await firstOf(`a,b\n${lines(40, (i) => `"${cell(i)}","${cell(i + 3)}"`)}`)).toBe(35_211);
  });

  it('parts thousands beside decimal points, or numbers below a thousand', async () => {
    expect(await firstOf(`a;b\n${lines(40, (i) => `${wave(i)};${cell(i + 3)}`)}`)).toBe(35_211);
    expect(await firstOf(`b\n${lines(40, (i) => (i % 9 === 7 ? '412' : `"${cell(i + 3)}"`))}`)).toBe(35_211);
  });

  it('is a decimal sign beside thousands without one', async () => {
    const thousands = (i: number) => 1500 + ((i * 397) % 900);
    expect(await firstOf(`a,b\n${lines(40, (i) => `${thousands(i)},"${cell(i + 3)}"`)}`)).toBeCloseTo(35.211, 3);
    // What only rises is a count or a clock, which is grouped nowhere.
    expect(await firstOf(`a,b\n${lines(40, (i) => `${1500 + i},"${cell(i + 3)}"`)}`)).toBe(35_211);
  });

  it('is not decided by a number above the table', async () => {
    const above = 'Serial;X-1042\nVersion;2.1\nChannels;2\nSubject;P07\n';
    const rows = lines(40, (i) => `2021-12-24 03:03:${10 + i};${cell(i + 3)}`);
    expect(await firstOf(`${above}time;b\n${rows}`)).toBeCloseTo(35.211, 3);
  });
});

describe('delimited text', () => {
  it.each([
    [
      '1,2\n3,4\n5,7',
      [
        [1, 3, 5],
        [2, 4, 7],
      ],
    ],
    [
      '1;2\r\n3;4\r\n5;7\r\n',
      [
        [1, 3, 5],
        [2, 4, 7],
      ],
    ],
    [
      '1\t2\r3\t4\r5\t7',
      [
        [1, 3, 5],
        [2, 4, 7],
      ],
    ],
    [
      '1|2\n3|4\n5|7\n\n',
      [
        [1, 3, 5],
        [2, 4, 7],
      ],
    ],
    [
      '  1   2\n  3   4 \n\n  5 \t 7',
      [
        [1, 3, 5],
        [2, 4, 7],
      ],
    ],
    [
      '1,5;-2,5\n3,25;4e-1\n,5;7',
      [
        [1.5, 3.25, 0.5],
        [-2.5, 0.4, 7],
      ],
    ],
    [
      '1,5 2,5\n3,25 4,0\n0,5 7,1',
      [
        [1.5, 3.25, 0.5],
        [2.5, 4, 7.1],
      ],
    ],
    [
      '1, 2, 3.5\n4, 5, 6.5\n1, 1, 1',
      [
        [1, 4, 1],
        [2, 5, 1],
        [3.5, 6.5, 1],
      ],
    ],
    ['value\n3\n1\n2\n', [[3, 1, 2]]],
    [
      '1.0D+01 2.5d0\n2.0D-01 3.5D0\n1.0D0 1.5D0',
      [
        [10, 0.2, 1],
        [2.5, 3.5, 1.5],
      ],
    ],
  ])('reads %j', async (text, expected) => {
    const channels = rowsOf(await read(text));
    expect(channels).toEqual(expected.map((channel) => Array.from(Float32Array.from(channel))));
  });

  it('takes empty cells, NaN, NA, null and ? for missing samples', async () => {
    const { channels } = await read('a,b\n1,5\n,          NaN\nNA,null\n?,\n2,6\n');
    expect(rowsOf({ channels } as Sequence)).toEqual([
      [1, NaN, NaN, NaN, 2],
      [5, NaN, NaN, NaN, 6],
    ]);
  });

  it('takes infinite values and those beyond single precision for missing samples, and says so', async () => {
    const sequence = await read('a,b\n1,5\ninf,1e39\n2,6\n');
    expect(rowsOf(sequence)).toEqual([
      [1, NaN, 2],
      [5, NaN, 6],
    ]);
    expect(sequence.notes).toEqual(['infinite values read as missing in "a", "b"']);
  });

  it('leaves text and empty columns out and names them', async () => {
    const sequence = await read('id text,x,,note,y,\n' + lines(5, (i) => `a${i},${i * i},,"b, c",${-i * i},`));
    expect(sequence.channels.map((channel) => channel.name)).toEqual(['x', 'y']);
    expect(sequence.notes).toContain('text left out: "id text", "note"');
    expect(sequence.notes).toContain('empty columns left out: column 3');
  });

  it('reads few odd cells of a numeric column as missing', async () => {
    const sequence = await read('x,y\n1,1\nOVR,3\n2,2\n4,1');
    expect(rowsOf(sequence)[0]).toEqual([1, NaN, 2, 4]);
    expect(sequence.notes).toEqual(['cells that are not numbers read as missing in "x"']);
  });

  it('finds names and units in the header', async () => {
    const { channels } = await read(
      'acc_x [m/s^2],ecg (mV),acc (left),gyro(deg/s),<b>hot</b>\n' +
        lines(4, (i) => `${wave(i)},2,${i * i},1,${wave(i + 1)}`),
    );
    expect(channels.map(({ name, unit }) => [name, unit])).toEqual([
      ['acc_x', 'm/s^2'],
      ['ecg', 'mV'],
      ['acc (left)', null],
      ['gyro', 'deg/s'],
      ['<b>hot</b>', null],
    ]);
  });

  it('passes over comments, lines above the table and a row of units', async () => {
    const sequence = await read('# made by "x\n% more\n\nDevice 7\n\na,b\nmV,g\n3,1\n# later\n1,2\n4,3\n1,4');
    expect(sequence.channels.map(({ name, unit }) => [name, unit])).toEqual([
      ['a', 'mV'],
      ['b', 'g'],
    ]);
    expect(rowsOf(sequence)).toEqual([
      [3, 1, 4, 1],
      [1, 2, 3, 4],
    ]);
    expect(sequence.notes).toEqual(['1 line above the table passed over']);
  });

  it('reads what R writes: a header without a name for the row names', async () => {
    const sequence = await read('"x" "y z"\n' + lines(6, (i) => `"${i + 1}" ${wave(i)} ${wave(i + 9)}`), 'r.txt');
    expect(sequence.channels.map((channel) => channel.name)).toEqual(['x', 'y z']);
    expect(sequence.channels[0]!.values).toHaveLength(6);
  });

  it('takes a header of counted columns for no names', async () => {
    const sequence = await read(',0,1,2\n' + lines(5, (i) => `${i},${wave(i)},${wave(i + 3)},${wave(2 * i)}`));
    expect(sequence.channels.map((channel) => channel.name)).toEqual([null, null, null]);
    expect(sequence.channels[0]!.values).toHaveLength(5);
  });

  it('tolerates cells that are missing at the end of a row, and a row cut off at the end of the file', async () => {
    const sequence = await read('x,y,z\n3,2,1\n1,4\n2,2,2\n5,6,7\n4');
    expect(rowsOf(sequence)).toEqual([
      [3, 1, 2, 5, 4],
      [2, 4, 2, 6, NaN],
      [1, NaN, 2, 7, NaN],
    ]);
    expect(sequence.notes).toEqual(['2 rows with cells missing at the end']);
  });

  it('reads a garbled row among many as missing', async () => {
    const text = lines(300, (i) => (i === 150 ? '1,2,3,4,5' : `${wave(i)},${wave(i + 1)}`));
    const sequence = await read(text);
    expect(sequence.channels[0]!.values[150]).toBeNaN();
    expect(sequence.notes).toEqual(['1 row with too many cells read as missing']);
  });

  it('reads a wide table without a header as channels in rows, with names if the first column is text', async () => {
    const row = (name: string, factor: number) =>
      [name, ...Array.from({ length: 100 }, (_, i) => factor * Number(wave(i)))].join(',');
    const sequence = await read([row('Fz', 1), row('Cz', 2)].join('\n'));
    expect(sequence.channels.map(({ name, values }) => [name, values.length])).toEqual([
      ['Fz', 100],
      ['Cz', 100],
    ]);
    expect(sequence.notes[0]).toMatch(/^its 2 rows of 101 columns were read as 2 channels/);
  });

  it('reads rows far longer than the part of the file that it judges by', async () => {
    const row = (factor: number) => Array.from({ length: 60_000 }, (_, i) => factor * Number(wave(i))).join(' ');
    const { channels } = await read([row(1), row(2), row(3)].join('\n'), 'x.txt');
    expect(channels.map((channel) => channel.values.length)).toEqual([60_000, 60_000, 60_000]);
    expect(channels[2]!.values[59_999]).toBeCloseTo(3 * Number(wave(59_999)), 4);
  });

  it('does not claim a binary .dat, which is for other readers, but claims a binary .csv', () => {
    const bytes = Buffer.from([1, 0, 2, 0, 250, 255, 3, 0]);
    expect(delimitedReader.claims(memorySource('100.dat', bytes))).toBe(false);
    expect(delimitedReader.claims(memorySource('100.csv', bytes))).toBe(true);
    expect(delimitedReader.claims(memorySource('d00.dat', '1 2\n3 4'))).toBe(true);
  });
});

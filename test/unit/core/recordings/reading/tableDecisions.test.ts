import { describe, expect, it } from 'vitest';
import { UnreadableError } from '../../../../../src/core/recordings/reader';
import { delimitedReader } from '../../../../../src/core/recordings/formats/delimited/delimited';
import { jsonReader } from '../../../../../src/core/recordings/formats/json/json';
import { ucrReader } from '../../../../../src/core/recordings/formats/ucr/ucr';
import { decide } from '../../../../../src/core/recordings/reading/decide';
import type { Decisions } from '../../../../../src/core/recordings/reading/decisions';
import { readText } from '../text/sources';

const wave = (i: number, shift = 0) => Math.sin(i / 3 + shift).toFixed(3);
const rows = (line: (i: number) => string, count = 40) => Array.from({ length: count }, (_, i) => line(i)).join('\n');

async function read(text: string, decisions: Decisions, reader = delimitedReader, name = 'a.csv') {
  const sequences = await readText(reader, name, text, { decisions });
  return sequences.map((sequence) => {
    const { channels, ...others } = decide(sequence, decisions);
    return { ...others, names: channels.map((channel) => channel.name), values: channels.map(({ values }) => values) };
  });
}

const columns = `i,t,x,flag,who\n${rows((i) => `${i},${i * 20},${wave(i)},${i % 2},anna`)}`;

describe('a decision about a table', () => {
  it('parts cells by a delimiter', async () => {
    const text = `a;b;c\n${rows((i) => `${wave(i)},5;${wave(i, 1)},5;1`)}`;
    const [sequence] = await read(text, { delimiter: 'comma', headerLines: 1 });
    expect(sequence?.names.length).toBeGreaterThan(0);
    expect(sequence?.reading?.found.delimiter).toBe('comma');
  });

  it('says what a comma means', async () => {
    const text = `a;b\n${rows((i) => `1,${100 + (i % 7)};2,${200 + (i % 5)}`)}`;
    expect((await read(text, { decimal: '.' }))[0]?.values[0]?.[1]).toBe(1101);
    expect((await read(text, { decimal: ',' }))[0]?.values[0]?.[1]).toBeCloseTo(1.101);
  });

  it('says what a point means', async () => {
    const text = `a;b\n${rows((i) => `1.${100 + (i % 7)};2.${200 + (i % 5)}`)}`;
    expect((await read(text, { decimal: ',' }))[0]?.values[0]?.[1]).toBe(1101);
  });

  it('says where the samples begin', async () => {
    const [sequence] = await read(`a,b\n${rows((i) => `${wave(i)},${wave(i, 1)}`)}`, { headerLines: 4 });
    expect(sequence?.values[0]?.length).toBe(37);
    expect(sequence?.values[0]?.[0]).toBeCloseTo(Number(wave(3)));
  });

  it.each([{ clock: 't' }, { clock: 2 }])('names the clock and its unit: %o', async ({ clock }) => {
    const [sequence] = await read(columns, { clock, clockUnit: 'ms' });
    expect(sequence?.rate).toBe(50);
    expect(sequence?.notes.join()).not.toMatch(/taken for/);
  });

  it('says that there is no clock, and leaves only a rate that is told', async () => {
    const text = `time_s,x\n${rows((i) => `${i / 50},${wave(i)}`)}`;
    expect(await read(text, { clock: null })).toMatchObject([{ rate: null, names: ['x'] }]);
    expect(await read(text, { clock: null, rate: 7 })).toMatchObject([{ rate: 7, names: ['x'] }]);
    const stated = `Sample rate: 10 Hz\n${text}`;
    expect(await read(stated, { clock: null })).toMatchObject([{ rate: 10, names: ['x'] }]);
  });

  it('makes a channel of what was taken for a clock without being called one', async () => {
    const text = rows((i) => `${i / 50},${wave(i)}`);
    expect(await read(text, {})).toMatchObject([{ rate: 50, names: [null] }]);
    expect(await read(text, { clock: null })).toMatchObject([{ rate: null, names: [null, null] }]);
  });

  it('names the label, or says that there is none', async () => {
    expect(await read(columns, { label: 'who' })).toMatchObject([{ label: 'anna' }]);
    // Labels that change are no label of the whole, and no channel.
    expect(await read(columns, { label: 'flag' })).toMatchObject([{ label: null, names: ['x'] }]);
    const text = `class,x\n${rows((i) => `7,${wave(i)}`)}`;
    expect(await read(text, {})).toMatchObject([{ label: '7', names: ['x'] }]);
    expect(await read(text, { label: null })).toMatchObject([{ label: null, names: ['class', 'x'] }]);
  });

  it('makes channels of columns that were left out, in its order and under its names', async () => {
    const [sequence] = await read(columns, { channels: ['flag', 'x', 1], names: ['up', 'x', 'row'] });
    expect(sequence?.names).toEqual(['up', 'x', 'row']);
    expect(sequence?.values.map((values) => values[1])).toEqual([1, Math.fround(Number(wave(1))), 1]);
  });

  it('counts the columns of a table without names', async () => {
    const text = rows((i) => `${i},${i * 20},${wave(i)}`);
    const [sequence] = await read(text, { channels: [3, 2] });
    expect(sequence?.values.map((values) => values[2])).toEqual([Math.fround(Number(wave(2))), 40]);
  });

  it('lays a table on its side, or sets it upright', async () => {
    const text = rows((i) => `${i % 2},${Array.from({ length: 20 }, (_, k) => wave(k, i)).join()}`, 24);
    expect(await read(text, { series: 'rows' })).toHaveLength(24);
    const [sequence] = await read(text, { series: 'columns' });
    expect(sequence?.values[0]?.length).toBe(24);
    const labelled = await read(text, { series: 'rows', label: null });
    expect(labelled[0]).toMatchObject({ label: null });
    expect(labelled[0]?.values[0]?.length).toBe(21);
  });

  it('goes before the archive that a .tsv file looks like', async () => {
    const text = rows((i) => [i % 2, ...Array.from({ length: 20 }, (_, k) => wave(k, i))].join('\t'), 24);
    expect(await read(text, {}, ucrReader, 'a.tsv')).toHaveLength(24);
    expect(await read(text, { series: 'columns' }, ucrReader, 'a.tsv')).toHaveLength(1);
  });

  it('holds for columns of JSON', async () => {
    const text = JSON.stringify(Array.from({ length: 40 }, (_, i) => ({ x: Math.sin(i), at: 1e12 + i * 5, n: i })));
    const [sequence] = await read(text, { clock: 'at', clockUnit: 'us', channels: ['n'] }, jsonReader, 'a.json');
    expect(sequence).toMatchObject({ rate: 200_000, names: ['n'] });
  });

  it.each<readonly [Decisions, string]>([
    [{ clock: 'sec' }, 'reading.json names the clock column "sec", which it does not have'],
    [{ clock: 9 }, 'reading.json names the clock column 9, which it does not have'],
    [{ clock: 'who' }, 'reading.json names the clock column "who", which holds words'],
    [{ clock: 'x' }, 'reading.json names the clock column "x", which does not go forward'],
    [{ clock: null, clockUnit: 'ms' }, 'reading.json names the clock unit "ms", but it has no clock'],
    [{ label: 'class' }, 'reading.json names the label column "class", which it does not have'],
    [{ channels: ['x', 'y'] }, 'reading.json names the channel "y", which it does not have'],
    [{ channels: ['who'] }, 'reading.json names the channel "who", which holds words'],
    [
      { series: 'rows', clock: 't' },
      'reading.json names the clock column "t", but each of its rows is a series of its own',
    ],
    [{ delimiter: 'semicolon' }, 'reading.json names the delimiter "semicolon": read so, it has no numeric column'],
    [{ headerLines: 500 }, 'reading.json names 500 header lines, below which there is nothing'],
    [
      { decimal: ',', delimiter: 'comma' },
      'reading.json names the decimal sign ",", but its numbers are written otherwise',
    ],
  ])('is refused with its own words: %o', async (decisions, reason) => {
    const error: unknown = await read(columns, decisions).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UnreadableError);
    expect(error).toMatchObject({ message: reason });
  });

  it('is refused where dates need no unit', async () => {
    const text = `when,x\n${rows((i) => `2026-01-01 00:00:${String(i).padStart(2, '0')},${wave(i)}`)}`;
    await expect(read(text, { clockUnit: 's' })).rejects.toThrow(
      /the clock unit "s", but its clock "when" holds dates/,
    );
  });
});

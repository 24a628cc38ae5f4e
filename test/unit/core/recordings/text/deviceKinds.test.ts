import { describe, expect, it } from 'vitest';
import { UnreadableError } from '../../../../../src/core/recordings/reader';
import { delimitedReader } from '../../../../../src/core/recordings/formats/delimited/delimited';
import { readText } from './sources';

const wave = (i: number, shift = 0) => Math.sin(i / 3 + shift).toFixed(3);
const rows = (line: (i: number) => string, count = 40) => Array.from({ length: count }, (_, i) => line(i)).join('\n');
const two = (i: number) => String(i).padStart(2, '0');
const series = (row: number, length = 20) => Array.from({ length }, (_, k) => wave(k, row)).join();
const counted = Array.from({ length: 20 }, (_, k) => k).join();

interface Told {
  readonly names: readonly (string | null)[];
  readonly rate: number | null;
  readonly sequences?: number;
  readonly label?: string | null;
}

const kinds: readonly (readonly [string, string, Told])[] = [
  [
    'minutes that were rounded',
    `min\tx\n${rows((i) => `${(i / 6e4).toFixed(6)}\t${wave(i)}`)}`,
    { names: ['x'], rate: 1000 },
  ],
  [
    'parts of a day',
    `Time,x\n${rows((i) => `${(0.375 + i / 86_400).toFixed(8)},${wave(i)}`)}`,
    { names: ['x'], rate: 1 },
  ],
  [
    'points in a time of day',
    `Tid;a\n${rows((i) => `25-01-2024 09.00.${two(i)};${wave(i)}`)}`,
    { names: ['a'], rate: 1 },
  ],
  [
    'dates of JavaScript',
    `date,x\n${rows((i) => `Sat Nov 28 2026 12:00:${two(i)} GMT+0000 (Coordinated Universal Time),${wave(i)}`)}`,
    { names: ['x'], rate: 1 },
  ],
  [
    'stamps since 1970 without a name, beside times of day',
    rows((i) => `${wave(i)}, ${wave(i, 1)}, 12:00:00.${two(i)}0, ${1_600_000_000_000 + i * 10}`),
    { names: [null, null], rate: 100 },
  ],
  [
    'a number sign for a name',
    `#,CH1(mV),CH2(mV)\n${rows((i) => `${i},${wave(i)},${wave(i, 1)}`)}`,
    { names: ['CH1', 'CH2'], rate: null },
  ],
  [
    'a rate in the first cell of a column',
    `Sample rate,HR,Speed\n${rows((i) => `${i === 0 ? 4 : ''},${60 + (i % 9)},${wave(i)}`)}`,
    { names: ['HR', 'Speed'], rate: 4 },
  ],
  [
    'a frame that never moves',
    `Sub Frame,x,y\n${rows((i) => `0,${wave(i)},${wave(i, 1)}`)}`,
    { names: ['x', 'y'], rate: null },
  ],
  [
    'numbers and names of rows beside series with counted names',
    `,subject,y,${counted}\n${rows((i) => `${i},s${i % 5},${i % 3},${series(i)}`, 30)}`,
    { names: [null], rate: null, sequences: 30, label: '0' },
  ],
  [
    'a label of words behind a number in front of series',
    `id,label,${counted}\n${rows((i) => `${i},${i % 2 === 0 ? 'A' : 'B'},${series(i)}`, 30)}`,
    { names: [null], rate: null, sequences: 30, label: 'A' },
  ],
  [
    'names and labels on both sides of counted names',
    `name,${counted},target\n${rows((i) => `rec${i},${series(i)},${i % 2}`, 30)}`,
    { names: [null], rate: null, sequences: 30, label: '0' },
  ],
  [
    'lines above that look like short samples',
    `Serial;X-1042\nChannels;4\nSubject;P07\n\nlabel;left;mid;right\n${rows((i) => `${i < 20 ? 'walk' : 'sit'};${wave(i)};${wave(i, 1)};${wave(i, 2)}`)}`,
    { names: ['left', 'mid', 'right'], rate: null },
  ],
  [
    'a line of words below dates of digits',
    `time x\n${rows((i) => `202102231939${two(i)} ${wave(i)}`, 20)}\nEnd of data`,
    { names: ['x'], rate: 1 },
  ],
  [
    'a line of words below a column of words',
    `class|x|y|\n${rows((i) => `${i < 20 ? 'walk' : 'sit'}|${wave(i)}|${wave(i, 1)}|`)}\nEnd of data\n`,
    { names: ['x', 'y'], rate: null },
  ],
];

describe('tables of a kind that devices write', () => {
  it.each(kinds)('%s', async (_, text, { names, rate, sequences: many = 1, label = null }) => {
    const sequences = await readText(delimitedReader, 'a.csv', text);
    const [first] = sequences;
    expect(sequences.length).toBe(many);
    expect(first?.channels.map(({ name }) => name)).toEqual(names);
    expect(first?.label).toBe(label);
    if (rate === null) expect(first?.rate).toBeNull();
    else expect(first?.rate).toBeCloseTo(rate, 0);
    const steps = many > 1 ? 20 : text.includes('20210223') ? 20 : 40;
    expect(first?.channels[0]?.values.length).toBe(steps);
  });

  it.each([
    ['electrodes by number', rows((i) => `${i + 1}\t${wave(i)}\t${(0.3 + i / 200).toFixed(4)}\tFp${i}`)],
    ['words that are only numbered', rows((i) => `${i}\t${['W', 'N', '1', 'N', '2'][i % 5] ?? ''}`)],
  ])('are refused: %s', async (_, text) => {
    await expect(readText(delimitedReader, 'a.txt', text)).rejects.toThrow(UnreadableError);
  });
});

import { describe, expect, test } from 'vitest';
import { delimitedReader } from '../../../../../src/core/recordings/formats/delimited/delimited';
import type { Decisions } from '../../../../../src/core/recordings/reading/decisions';
import { withDoubts } from '../../../../../src/core/recordings/reading/doubts';
import type { ReadOptions } from '../../../../../src/core/recordings/reader';
import { readBytes, readFile, scratchFolder } from '../binary/fixtures';
import { npyFile, npyHeader, zipFile } from '../binary/write';
import { readText } from '../text/sources';

/** Values that no rule takes for a clock. */
const wave = (i: number, shift = 0) => Math.sin(i / 3 + shift).toFixed(3);
const rows = (line: (i: number) => string, count = 40) => Array.from({ length: count }, (_, i) => line(i)).join('\n');
const two = (i: number) => String(i).padStart(2, '0');

async function doubtsOf(text: string, options: Partial<ReadOptions> = {}): Promise<readonly string[]> {
  const [first] = await readText(delimitedReader, 'x.csv', text, options);
  return first?.doubts ?? [];
}

/** A number such as `21,817`. */
const comma = (i: number, shift = 0) => `${20 + ((i * 5 + shift) % 90)},${100 + ((i * 37 + shift) % 400)}`;

/** Distances in time that are all different, in minutes since midnight. */
const uneven = (i: number) => i * (i + 7);
const time = (minutes: number) => `${two(Math.floor(minutes / 60) % 24)}:${two(minutes % 60)}`;

const doubtful: readonly (readonly [what: string, text: string, doubt: string, settling: readonly Decisions[]])[] = [
  [
    'a clock with fractions that steps by more than a second',
    `t,x\n${rows((i) => `${(i * 16.67).toFixed(2)},${wave(i)}`)}`,
    'The clock "t" names no unit and was taken for seconds, though it steps by 16.67.',
    [{ rate: 60 }, { clockUnit: 'ms' }, { clock: null }],
  ],
  [
    'a count of days',
    `time,x\n${rows((i) => `${(45_000 + i / 1440).toFixed(8)},${wave(i)}`)}`,
    'The clock "time" names no unit and was taken for days, as its stamps and steps fit a count of days.',
    [{ rate: 1 / 60 }, { clockUnit: 'days' }],
  ],
  [
    'a clock that contradicts the rate beside it',
    `Sample rate: 100 Hz\ntime_s,x\n${rows((i) => `${(i / 50).toFixed(2)},${wave(i)}`)}`,
    'Its clock gives 50 Hz, though it states 100 Hz ("Sample rate: 100 Hz").',
    [{ rate: 50 }, { clockUnit: 's' }],
  ],
  [
    'dates that may have the day or the month first',
    `time,x\n${rows((i) => `0${i < 18 ? 2 : 3}/04/2024 ${time(uneven(i))},${wave(i)}`, 24)}`,
    'The dates of "time" may have the day or the month first.',
    [{ rate: 1 }],
  ],
  [
    'a first column that rises evenly though its name does not speak of time',
    `depth,x\n${rows((i) => `${(0.5 + i / 10).toFixed(1)},${wave(i)}`)}`,
    '"depth" was taken for its clock, as it rises in even steps.',
    [{ clock: null }, { clock: 'depth' }],
  ],
  [
    'a last column of few numbers that stay for long',
    `x,y,code\n${rows((i) => `${wave(i)},${wave(i, 1)},${1 + (i >> 4)}`, 48)}`,
    '"code" was kept as a channel, but it may hold labels.',
    [{ label: null }, { channels: ['x', 'y', 'code'] }, { channels: ['x', 'y'] }],
  ],
  [
    'a comma in front of three digits in every cell',
    `x;y\n${rows((i) => `${comma(i)};${comma(i, 3)}`)}`,
    'The comma of "20,100" was taken to be its decimal sign, but may part thousands.',
    [{ decimal: ',' }, { decimal: '.' }],
  ],
  [
    'the same in quotation marks between commas',
    `x,y\n${rows((i) => `"${comma(i)}","${comma(i, 3)}"`)}`,
    'The comma of "20,100" was taken to part thousands, but may be its decimal sign.',
    [{ decimal: ',' }, { decimal: '.' }],
  ],
  [
    'the same beside points that part three digits as well',
    `x\ty\n${rows((i) => `${comma(i)}\t${comma(i, 3).replace(',', '.')}`)}`,
    'The comma of "20,100" was taken to be its decimal sign, but may part thousands.',
    [{ decimal: ',' }, { decimal: '.' }],
  ],
];

describe('a table leaves a doubt', () => {
  test.each(doubtful)('%s', async (_, text, doubt) => {
    expect(await doubtsOf(text)).toEqual([doubt]);
  });

  test.each(
    doubtful.flatMap(([what, text, , settling]) => settling.map((decisions) => [what, decisions, text] as const)),
  )('but not %s once it is decided: %o', async (_, decisions, text) => {
    expect(await doubtsOf(text, { decisions })).toEqual([]);
  });

  test.each(doubtful)('%s, also beside a decision on something else', async (_, text, doubt) => {
    expect(await doubtsOf(text, { decisions: { names: ['a'] } })).toEqual([doubt]);
  });

  const digits = (i: number) => 100 + ((i * 37) % 400);
  test('of a comma that may part cells or stand before decimals', async () => {
    const text = rows((i) => `${20 + ((i * 5) % 9)},${digits(i)}`);
    expect(await doubtsOf(text)).toEqual(['Its cells were parted at ",", but this may be their decimal sign.']);
    expect(await doubtsOf(text, { decisions: { delimiter: 'comma' } })).toEqual([]);
    expect(await doubtsOf(`a,b\n${text}`)).toEqual([]);
    expect(await doubtsOf(rows((i) => `${i * 10},${digits(i)}`))).toEqual([]);
    expect(await doubtsOf(rows((i) => `${20 + ((i * 5) % 9)},${digits(i)},${digits(i + 1)}`))).toEqual([]);
  });

  test.each([
    ['seconds with fractions', `t,x\n${rows((i) => `${(i / 50).toFixed(2)},${wave(i)}`)}`],
    ['a unit in the name', `t_ms,x\n${rows((i) => `${(i * 16.67).toFixed(2)},${wave(i)}`)}`],
    ['a rate that confirms the unit', `Sample rate: 0.5 Hz\nt,x\n${rows((i) => `${i * 2 + 0.5},${wave(i)}`)}`],
    ['a rate that its clock confirms', `Sample rate: 50 Hz\ntime_s,x\n${rows((i) => `${i / 50},${wave(i)}`)}`],
    ['a day above 12', `time,x\n${rows((i) => `${two(i + 1)}/02/2024 ${time(uneven(i))},${wave(i)}`, 16)}`],
    ['dates that step evenly', `time,x\n${rows((i) => `${two(i + 1)}/02/2024,${wave(i)}`, 12)}`],
    ['one day, whichever it is', `time,x\n${rows((i) => `03/04/2024 ${time(uneven(i))},${wave(i)}`)}`],
    ['a clock without a name', rows((i) => `${(i / 50).toFixed(2)},${wave(i)}`)],
    ["LabVIEW's axis of time", `X_Value,x\n${rows((i) => `${(i / 50).toFixed(2)},${wave(i)}`)}`],
    ['labels by their name', `x,y,activity\n${rows((i) => `${wave(i)},${wave(i, 1)},${1 + (i >> 4)}`, 48)}`],
    ['whole numbers that change often', `x,y,count\n${rows((i) => `${wave(i)},${wave(i, 1)},${i % 5}`, 48)}`],
    ['a column of counts among others', `a,b,c\n${rows((i) => `${(i * 7) % 11},${(i * 3) % 13},${i >> 4}`, 48)}`],
    ['a value with a unit', `x,y,valve [%]\n${rows((i) => `${wave(i)},${wave(i, 1)},${10 * (i >> 4)}`, 48)}`],
    ['a comma in front of three digits beside one without', `x;y\n${rows((i) => `${comma(i)};0,${100 + i}`)}`],
    ['a comma in front of three digits below a thousand', `x;y\n${rows((i) => `${i % 7 ? comma(i) : 412};${i % 5}`)}`],
    ['a comma in front of three digits beside points', `x;y\n${rows((i) => `${comma(i)};${wave(i)}`)}`],
    ['a comma in front of three digits twice', `x;y\n${rows((i) => `${comma(i)};${i % 7 ? comma(i) : '1,234,567'}`)}`],
    ['a comma beside numbers without one', `x,y\n${rows((i) => `"${comma(i)}",${1500 + ((i * 397) % 900)}`)}`],
    ['tabs with an empty last cell', rows((i) => `${wave(i)}\t${wave(i, 1)}\t${i % 9 === 0 ? '' : wave(i, 2)}`)],
  ])('but none is left by %s', async (_, text) => {
    expect(await doubtsOf(text)).toEqual([]);
  });
});

const array = (...shape: readonly number[]) => {
  const values = Float32Array.from({ length: shape.reduce((all, length) => all * length, 1) }, (_, i) => Math.sin(i));
  return npyFile(npyHeader('<f4', shape), Buffer.from(values.buffer));
};
const times = (count: number, step: number) =>
  npyFile(npyHeader('<f8', [count]), Buffer.from(Float64Array.from({ length: count }, (_, i) => i * step).buffer));

describe('an array leaves a doubt', () => {
  const doubtsOfArray = async (bytes: Buffer, options: Partial<ReadOptions> = {}) =>
    (await readBytes('x.npy', bytes, options))[0]?.doubts ?? [];
  const doubtsOfArchive = async (members: Readonly<Record<string, Buffer>>, options: Partial<ReadOptions> = {}) => {
    const entries = Object.entries(members).map(([name, data]) => ({ name: `${name}.npy`, data }));
    return (await readBytes('x.npz', zipFile(entries), options)).flatMap(({ doubts = [] }) => doubts);
  };

  test.each([
    ['nearly square', [40, 30], 'It was read as 30 channels of 40 time steps, but it may be 40 channels of 30.'],
    ['square', [32, 32], 'It was read as 32 channels of 32 time steps, but it may be 32 channels of 32.'],
    ['many of them', [3, 30, 40], 'It was read as 30 channels of 40 time steps, but it may be 40 channels of 30.'],
  ])('%s', async (_, shape, doubt) => {
    expect(await doubtsOfArray(array(...shape))).toEqual([doubt]);
    expect(await doubtsOfArray(array(...shape), { arrayAxes: 'time-first' })).toEqual([]);
    expect(await doubtsOfArray(array(...shape), { decisions: { axes: 'channels-first' } })).toEqual([]);
  });

  test.each([[[60, 30]], [[3, 200]], [[100]], [[100, 1]]])('but not of shape %j', async (shape) => {
    expect(await doubtsOfArray(array(...shape))).toEqual([]);
  });

  test('but not where a clock, or names of channels, say which axis is which', async () => {
    expect(await doubtsOfArchive({ x: array(40, 30) })).toHaveLength(1);
    expect(await doubtsOfArchive({ x: array(40, 30), time_s: times(40, 0.1) })).toEqual([]);
    expect(await doubtsOfArchive({ x: array(40, 40), time_s: times(40, 0.1) })).toHaveLength(1);
    const names = npyFile(npyHeader('|S1', [30]), Buffer.from('abcdefghijklmnopqrstuvwxyz0123'));
    expect(await doubtsOfArchive({ x: array(40, 30), channel_names: names })).toEqual([]);
  });

  test('of the unit of its clock', async () => {
    const members = { x: array(40), t: times(40, 16.67) };
    const doubt = 'The clock “t” names no unit and was taken for seconds, though it steps by 16.67.';
    expect(await doubtsOfArchive(members)).toEqual([doubt]);
    expect(await doubtsOfArchive(members, { decisions: { rate: 60 } })).toEqual([]);
    expect(await doubtsOfArchive({ ...members, y: array(40) })).toEqual([doubt]);
  });
});

describe('a record without a rate leaves a doubt', () => {
  const folder = scratchFolder();

  test('unless a rate is decided', async () => {
    folder.write('r.dat', Buffer.alloc(200));
    const file = folder.write('r.hea', 'r 1\nr.dat 16 200\n');
    const doubts = async (options: Partial<ReadOptions> = {}) => (await readFile(file, options))[0]?.doubts ?? [];
    expect(await doubts()).toEqual(['Its header gives no sampling frequency, so 250 Hz is assumed.']);
    expect(await doubts({ decisions: { rate: 360 } })).toEqual([]);
  });
});

test('doubts are added to those that are there', () => {
  const sequence = { channels: [], rate: null, label: null, name: null, notes: [], doubts: ['a'] };
  const doubt = { sentence: 'b', settledBy: ['rate', 'clock'] } as const;
  expect(withDoubts(sequence, [doubt], undefined).doubts).toEqual(['a', 'b']);
  expect(withDoubts(sequence, [doubt], { label: null }).doubts).toEqual(['a', 'b']);
  expect(withDoubts(sequence, [doubt], { clock: null })).toBe(sequence);
});

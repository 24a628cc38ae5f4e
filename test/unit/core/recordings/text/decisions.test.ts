import { describe, expect, it } from 'vitest';
import { UnreadableError } from '../../../../../src/core/recordings/reader';
import { delimitedReader } from '../../../../../src/core/recordings/formats/delimited/delimited';
import { readText } from './sources';

/** Values that no rule takes for a clock. */
const wave = (i: number, shift = 0) => Math.sin(i / 3 + shift).toFixed(3);
const rows = (line: (i: number) => string, count = 40) => Array.from({ length: count }, (_, i) => line(i)).join('\n');
const two = (i: number) => String(i).padStart(2, '0');

interface Told {
  readonly names: readonly (string | null)[];
  readonly units?: readonly (string | null)[];
  readonly rate?: number | null;
  readonly label?: string | null;
  readonly sequences?: number;
  readonly note?: RegExp;
}

const cases: readonly (readonly [string, string, Told])[] = [
  [
    'points for thousands beside a column of decimal commas',
    `a;b\n${rows((i) => `1${i % 7}.1${two((i * 7) % 40)};${wave(i).replace('.', ',')}`)}`,
    { names: ['a', 'b'], note: /thousands/ },
  ],
  ['names that are numbers', `time,1,2\n${rows((i) => `${i / 50},${wave(i)},${wave(i, 1)}`)}`, { names: ['1', '2'] }],
  [
    'a row of one word between names and units',
    `S,S,S\nTimestamp,X,Y\nCAL,CAL,CAL\nms,g,mV\n${rows((i) => `${i * 20},${wave(i)},${wave(i, 1)}`)}`,
    { names: ['S X', 'S Y'], units: ['g', 'mV'], rate: 50 },
  ],
  [
    'a name that is a word of states',
    `time,open\n${rows((i) => `${i / 50},${i % 5 < 2 ? 'yes' : 'no'}`)}`,
    { names: ['open'], rate: 50 },
  ],
  [
    'facts with colons above samples',
    `title:r1,rate:128,subject:3\n${rows((i) => [0, 1, 2].map((k) => wave(i, k)).join())}`,
    { names: [null, null, null] },
  ],
  [
    'a fact in the last comment',
    `%Sample Rate = 250.0 Hz\n${rows((i) => [0, 1, 2, 3, 4].map((k) => wave(i, k)).join(' '))}`,
    { names: [null, null, null, null, null], rate: 250 },
  ],
  ['years', `Year,a\n${rows((i) => `${1900 + i},${wave(i)}`)}`, { names: ['a'] }],
  [
    'people one after the other',
    `subject,time,hr\n${rows((i) => `p${i < 20 ? 1 : 2},${(i % 20) / 50},${wave(i)}`)}`,
    { names: ['hr'], rate: 50, sequences: 2 },
  ],
  ['a semicolon at line ends beside commas', rows((i) => `${wave(i)},${wave(i, 1)};`), { names: [null, null] }],
  [
    'points for thousands',
    `a;b\n${rows((i) => `1.${two((i * 7) % 40)}4,5;${i * i}`)}`,
    { names: ['a', 'b'], note: /thousands/ },
  ],
  ['apostrophes for thousands', `a;b\n${rows((i) => `1'2${two((i * 7) % 40)}.5;${wave(i)}`)}`, { names: ['a', 'b'] }],
  ['a name of the delimiter', `sep=;\nt_ms;a\n${rows((i) => `${i * 8};${wave(i)}`)}`, { names: ['a'], rate: 125 }],
  [
    'names over names',
    `left,,right,\nx,y,x,y\n${rows((i) => [0, 1, 2, 3].map((k) => wave(i, k)).join())}`,
    { names: ['left x', 'left y', 'right x', 'right y'] },
  ],
  [
    'units below names',
    `time,force\ns,N\n${rows((i) => `${i / 50},${wave(i)}`)}`,
    { names: ['force'], units: ['N'], rate: 50 },
  ],
  [
    'a rate above',
    `at 30 Hz\nx,y\n${rows((i) => `${wave(i)},${wave(i, 1)}`)}`,
    { names: ['x', 'y'], rate: 30, note: /30 Hz/ },
  ],
  [
    'an interval above',
    `Sample Interval;0.004 s\nx;y\n${rows((i) => `${wave(i)};${wave(i, 1)}`)}`,
    { names: ['x', 'y'], rate: 250 },
  ],
  [
    'an epoch of hours, minutes, seconds',
    `Epoch (hh:mm:ss) 00:00:10\nEpoch Period (hh:mm:ss) 00:00:10\nx,y\n${rows((i) => `${wave(i)},${wave(i, 1)}`)}`,
    { names: ['x', 'y'], rate: 0.1 },
  ],
  [
    'a start and a rate',
    `1600000000.00, 1600000000.00\n32.00, 32.00\n${rows((i) => `${wave(i)},${wave(i, 1)}`)}`,
    { names: [null, null], rate: 32 },
  ],
  [
    'month first, by a day above 12',
    `time,a\n${rows((i) => `1/25/2024 9:00:${two(i)} AM,${wave(i)}`)}`,
    { names: ['a'], rate: 1 },
  ],
  [
    'day first, by steps that are even',
    `time;a\n${rows((i) => `${two(i + 1)}/02/2024;${wave(i)}`, 12)}`,
    { names: ['a'], rate: 1.15741e-5 },
  ],
  [
    'times of day across midnight',
    `time,a\n${rows((i) => `${i < 20 ? `23:59:${40 + i}` : `00:00:${two(i - 20)}`},${wave(i)}`)}`,
    { names: ['a'], rate: 1, note: /midnight/ },
  ],
  [
    'the end of summer time',
    `time;a\n${rows((i) => `31.10.2021 0${[1, 2, 2, 3][i >> 2]!}:${two((i % 4) * 15)};${wave(i)}`, 16)}`,
    { names: ['a'], rate: 0.00111111, note: /summer time/ },
  ],
  [
    'newest first',
    `timestamp,a\n${rows((i) => `${1_600_000_000 - i},${wave(i)}`)}`,
    { names: ['a'], rate: 1, note: /backwards/ },
  ],
  [
    'stamps that several samples share',
    `time_s,a\n${rows((i) => `${(0.02 * Math.floor(i / 5)).toFixed(2)},${wave(i)}`)}`,
    { names: ['a'], rate: 250 },
  ],
  [
    'days of a spreadsheet',
    `time,a\n${rows((i) => `${(45_000 + i / 1440).toFixed(8)},${wave(i)}`)}`,
    { names: ['a'], rate: 0.0166667 },
  ],
  [
    'parts of a date',
    `year,month,day,hour,a\n${rows((i) => `2020,1,${1 + (i >> 4)},${i % 16},${wave(i)}`, 16)}`,
    { names: ['a'], rate: 0.000277778 },
  ],
  ['a constant label', `x,activity\n${rows((i) => `${wave(i)},walking`)}`, { names: ['x'], label: 'walking' }],
  [
    'labels that change',
    `x,activity\n${rows((i) => `${wave(i)},${i < 20 ? 'walk' : 'sit'}`)}`,
    { names: ['x'], label: null, note: /"activity" \("walk", "sit"\)/ },
  ],
  ['a counter that starts over', `seq,x\n${rows((i) => `${i % 16},${wave(i)}`)}`, { names: ['x'], note: /"seq"/ }],
  ['flags of status', `x,valid\n${rows((i) => `${wave(i)},1`)}`, { names: ['x'], note: /"valid"/ }],
  ['equal names', `x,x\n${rows((i) => `${wave(i)},${wave(i, 1)}`)}`, { names: ['x', 'x 2'] }],
  ['a number for missing', `x\n${rows((i) => (i % 9 === 4 ? '-9999' : wave(i)))}`, { names: ['x'], note: /-9999/ }],
  ['units in cells', `t,x\n${rows((i) => `${i / 10} s,${wave(i)} mV`)}`, { names: ['x'], units: ['mV'], rate: 10 }],
  [
    'long form',
    `time,sensor,value\n${rows((i) => `${i / 10},a,${wave(i)}\n${i / 10},b,${wave(i, 1)}`)}`,
    { names: ['a', 'b'], rate: 10, note: /sensor/ },
  ],
  [
    'long form, one signal after the other',
    `time,sensor,value\n${['a', 'b'].map((key, k) => rows((i) => `${i / 10},${key},${wave(i, k)}`)).join('\n')}`,
    { names: ['a', 'b'], rate: 10 },
  ],
  [
    'blocks under one header',
    `time,x\n${rows((i) => `${i / 10},${wave(i)}`)}\n\ntime,x\n${rows((i) => `${i / 10},${wave(i)}`)}`,
    { names: ['x'], rate: 10, sequences: 2 },
  ],
  [
    'people one after the other',
    `subject,time,x\n${[1, 2, 3].map((one) => rows((i) => `${one},${i / 10},${wave(i, one)}`)).join('\n')}`,
    { names: ['x'], rate: 10, sequences: 3 },
  ],
  [
    'series in rows, label last',
    rows((r) => `${rows((i) => wave(i, r), 30).replaceAll('\n', ',')},${r % 2}`, 20),
    { names: [null], sequences: 20, label: '0' },
  ],
  ['names in each line', rows((i) => `AX: ${wave(i)}, AY: ${wave(i, 1)}`), { names: ['AX', 'AY'] }],
  [
    'a time and an arrow in each line',
    rows((i) => `09:00:${two(i)}.000 -> ${wave(i)},${wave(i, 1)}`),
    { names: [null, null], rate: 1 },
  ],
  [
    'vectors in cells',
    `t,v\n${rows((i) => `${i / 10},"[${wave(i)}, ${wave(i, 1)}]"`)}`,
    { names: ['v 1', 'v 2'], rate: 10 },
  ],
  [
    'lines below the table',
    `t;x\n${rows((i) => `${(i / 10).toFixed(2).replace('.', ',')};${wave(i).replace('.', ',')}`)}\n\n;Mean: 0,1\nEnd;`,
    { names: ['x'], rate: 10, note: /2 lines below/ },
  ],
];

describe('a decision on a table', () => {
  it.each(cases)('%s', async (_, text, { names, units, rate, label, sequences, note }) => {
    const read = await readText(delimitedReader, 'x.csv', text);
    const [first] = read;
    expect(read).toHaveLength(sequences ?? 1);
    expect(first!.channels.map((channel) => channel.name)).toEqual(names);
    if (units !== undefined) expect(first!.channels.map((channel) => channel.unit)).toEqual(units);
    if (rate !== undefined) expect(first!.rate).toBe(rate);
    if (label !== undefined) expect(first!.label).toBe(label);
    if (note !== undefined) expect(first!.notes.join('\n')).toMatch(note);
  });

  it.each([
    ['annotations', rows((i) => `${i}.0\t${i}.8\tword${i % 3}`), /annotations/],
    ['events', `onset\tduration\ttrial_type\n${rows((i) => `${i * 2}\t1\tgo`)}`, /annotations/],
    [
      'statistics',
      `,a,b\n${['count', 'mean', 'std', 'min', 'max'].map((name, i) => `${name},${i},${wave(i)}`).join('\n')}`,
      /statistics \("count", "mean", "std"\)/,
    ],
    [
      'electrodes',
      `name x y\n${['Fp1', 'Fz', 'Cz', 'Oz', 'T7'].map((name, i) => `${name} ${wave(i)} ${wave(i, 1)}`).join('\n')}`,
      /"Fp1", "Fz", "Cz"/,
    ],
    [
      'people',
      `subject,age,height\n${rows((i) => `S${two(i)},${20 + ((i * 7) % 31)},${160 + ((i * 5) % 37)}`)}`,
      /"S00"/,
    ],
    ['numbered names', rows((i) => `${i + 1} mean()-${i}`), /a thing with a name/],
    [
      'an object of Praat',
      `File type = "ooTextFile"\nObject class = "TextGrid"\n\n${rows((i) => `${i / 10}\n"w${i}"`)}`,
      /Praat/,
    ],
    [
      'a log',
      rows((i) => `2021-01-01 10:00:${two(i)} INFO server: request ${i * 7} took ${(i * i) % 90} ms`),
      /messages/,
    ],
  ])('refuses %s', async (_, text, reason) => {
    const error = await readText(delimitedReader, 'x.txt', text).then(
      () => undefined,
      (caught: unknown) => caught,
    );
    expect(error).toBeInstanceOf(UnreadableError);
    expect((error as UnreadableError).message).toMatch(reason);
  });
});

import { describe, expect, it } from 'vitest';
import type { Sequence } from '../../../../../src/core/recordings/sequence';
import { clockName } from '../../../../../src/core/recordings/clock/names';
import { isMoment, parseMoment } from '../../../../../src/core/recordings/clock/moments';
import { delimitedReader } from '../../../../../src/core/recordings/formats/delimited/delimited';
import { resample } from '../../../../../src/core/recordings/resample';
import { readText, rowsOf } from './sources';

/** Values that no rule takes for a clock. */
const wave = (i: number) => Math.round(1000 * Math.sin(i * 1.7)) / 1000;

async function read(header: string, stamps: readonly (number | string)[], value = wave): Promise<Sequence> {
  const body = stamps.map((stamp, i) => `${stamp};${value(i)};${value(i + 5)}`).join('\n');
  return (await readText(delimitedReader, 'x.csv', header === '' ? body : `${header};x;y\n${body}`))[0]!;
}

const times = (count: number, at: (i: number) => number) => Array.from({ length: count }, (_, i) => at(i));

describe('the name of a clock', () => {
  it.each<[string, string | null, number | null]>([
    ['t', null, null],
    ['t_ms', null, 1e-3],
    ['Time', 's', 1],
    ['Timestamp', 'ns', 1e-9],
    ['time_s', null, 1],
    ['seconds_elapsed', null, 1],
    ['elapsedTime', null, null],
    ['UNIX timestamp', 'ms', 1e-3],
    ['timeUs', null, 1e-6],
    ['ms', null, 1e-3],
    ['Zeit', 'min', 60],
  ])('is %j [%s]', (name, unit, secondsPerUnit) => {
    expect(clockName(name, unit)).toEqual({ secondsPerUnit });
  });

  it.each<[string, string | null]>([
    ['reaction time', null],
    ['t', '°C'],
    ['temp', null],
    ['s', null],
    ['constructor', null],
    ['x', 's'],
    ['', null],
  ])('is not %j [%s]', (name, unit) => {
    expect(clockName(name, unit)).toBeNull();
  });
});

describe('a date', () => {
  it.each<[string, number]>([
    ['1970-01-02', 86400],
    ['1970-01-01T00:01:02.5Z', 62.5],
    ['1970-01-01 01:00:00,25+01:00', 0.25],
    ['1970/01/01 00:00:03', 3],
    ['02.01.1970 00:00:01', 86401],
    ['23:59:59.125', 86399.125],
  ])('%s is %d s', (text, seconds) => {
    expect(parseMoment(text, 'day-first')?.seconds).toBe(seconds);
  });

  it.each(['2024-13-01', '32/13/2024', 'Monday', '1.5', '-3', '1.2.3'])('%s is none', (text) => {
    expect(parseMoment(text, 'day-first')).toBeUndefined();
  });

  it.each([
    '2024-05',
    '2024M05',
    '2024Q2',
    '2024 May',
    'May 2024',
    '2024:05:01 10:00',
    '2 days 03:04:05',
    '5. May 2024',
  ])('%s is known by its beginning', (text) => {
    expect(parseMoment(text, 'day-first')).toBeDefined();
  });

  it.each(['2024-05-06T07:08:09.125Z', '2024-05-06 07:08:09', '2024-05-06 24:00:00', '6.5.2024', '07:08'])(
    '%s is told from other text as it is read',
    (text) => {
      expect(isMoment(text)).toBe(true);
    },
  );

  it.each(['2024-05-32T07:08:09Z', '2024-13-06 07:08:09', '2024-05-06T25:08:09', '2024-05-06T07:08:09,1;2'])(
    '%s is told from moments',
    (text) => {
      expect(isMoment(text)).toBe(false);
      expect(parseMoment(text, 'day-first')).toBeUndefined();
    },
  );
});

describe('the clock of a table', () => {
  it.each<[string, string, (number | string)[], number | null]>([
    ['milliseconds by name', 't_ms', times(20, (i) => i * 8), 125],
    ['seconds by name', 'time [s]', times(20, (i) => 7 + i), 1],
    ['no unit, fractions', 'time', times(20, (i) => i / 64), 64],
    ['no unit, whole numbers', 'time', times(20, (i) => i * 10), null],
    ['seconds since 1970', 'timestamp', times(20, (i) => 1_700_000_000 + i / 4), 4],
    ['milliseconds since 1970', 'timestamp', times(20, (i) => 1_700_000_000_000 + i * 20), 50],
    ['nanoseconds since 1970', 'time', times(20, (i) => 1_700_000_000 * 1e9 + i * 1e7), 100],
    ['dates', 'date', times(20, (i) => i).map((i) => `2024-01-01T00:00:${String(i).padStart(2, '0')}Z`), 1],
    ['milliseconds rounded from 360 Hz', 't_ms', times(500, (i) => Math.round((i * 1000) / 360)), 360],
    ['the first column without a name', '', times(20, (i) => 3 + i * 0.02), 50],
    ['a counter of the rows', 'frame', times(20, (i) => i), null],
  ])('%s', async (_, header, stamps, rate) => {
    const sequence = await read(header, stamps);
    expect(sequence.channels).toHaveLength(2);
    // Stamps rounded to milliseconds tell the rate to about one part in a thousand.
    if (rate === null) expect(sequence.rate).toBeNull();
    else expect(sequence.rate! / rate).toBeCloseTo(1, 3);
    expect(rowsOf(sequence)[0]).toEqual(Array.from(Float32Array.from(stamps, (_stamp, i) => wave(i))));
  });

  it.each<[string, string, number[]]>([
    ['grows unevenly', '', times(30, (i) => Math.exp(i / 3))],
    ['is noise called t', 't', times(30, wave)],
    ['rises but has a name and a unit of its own', 'level [m]', times(30, (i) => i / 10)],
    ['rises unevenly and has a name', 'x', times(30, (i) => i + 0.4 * wave(i))],
  ])('is none if the first column %s', async (_, header, stamps) => {
    const sequence = await read(header, stamps);
    expect([sequence.channels.length, sequence.rate]).toEqual([3, null]);
  });

  it('resamples an irregular clock and says so', async () => {
    const jitter = (i: number) => i * 10 + 6 * wave(i);
    const sequence = await read('t_ms', times(200, jitter), (i) => 2 * jitter(i));
    const [x] = rowsOf(sequence);
    const step = 1000 / sequence.rate!;
    // A straight line over time stays one.
    x!.forEach((value, k) => {
      expect(value).toBeCloseTo(2 * (jitter(0) + k * step), 1);
    });
    expect(sequence.notes).toHaveLength(1);
    expect(sequence.notes[0]).toMatch(/^its clock is irregular \(steps of .* ms to .* ms\): resampled to steps of /);
  });

  it('sorts late rows in and leaves out repeated ones', async () => {
    const order = times(200, (i) => i);
    [order[50], order[51]] = [51, 50];
    const stamps = [...order.slice(0, 120), ...order.slice(100, 200)];
    const sequence = await read('time_s', stamps, (i) => stamps[i] ?? 0);
    expect(rowsOf(sequence)[0]).toEqual(times(200, (i) => i));
    expect(sequence.notes).toEqual([
      '20 rows with a repeated time stamp left out',
      '1 row sorted in by their time stamps',
    ]);
    expect(sequence.rate).toBe(1);
  });

  it.each([
    ['starts over', [...times(40, (i) => i * 0.5), ...times(40, (i) => i * 0.5)], 'its clock starts over'],
    ['mixes up many rows', times(80, (i) => (i < 40 ? i : i - 20.25)), 'its clock starts over'],
    [
      'is coarser than its samples and uneven',
      times(80, (i) => 100 * Math.floor(i / 20) ** 2),
      'its clock is too coarse',
    ],
  ])('takes samples in file order if the clock %s', async (_, stamps, note) => {
    const sequence = await read('time_s', stamps);
    expect(rowsOf(sequence)[0]).toEqual(Array.from(Float32Array.from(stamps, (_stamp, i) => wave(i))));
    expect(sequence.notes[0]).toContain(note);
  });

  it('reads a clock that is coarse but even without resampling', async () => {
    const sequence = await read(
      'time_s',
      times(400, (i) => Math.floor(i / 50)),
    );
    expect(sequence.channels[0]!.values).toHaveLength(400);
    expect(sequence.rate).toBe(50);
  });

  it('turns a clock that runs backwards', async () => {
    const sequence = await read(
      'time_s',
      times(30, (i) => 30 - i),
    );
    expect(rowsOf(sequence)[0]).toEqual(Array.from(Float32Array.from(times(30, (i) => wave(29 - i)))));
    expect(sequence.notes[0]).toContain('backwards');
  });

  it('closes gaps far longer than any recording leaves, and fills short ones', async () => {
    const set = await read(
      'time_s',
      times(50, (i) => (i < 10 ? i : 1_700_000_000 + i)),
    );
    expect(set.channels[0]!.values).toHaveLength(50);
    expect(set.notes).toEqual([
      '1 gap of its clock closed (the longest: 1700000001 s)'.replace('1700000001', '1700000000'),
    ]);
    const paused = await read(
      'time_s',
      times(50, (i) => (i < 10 ? i : 100 + i)),
    );
    expect(paused.channels[0]!.values).toHaveLength(150);
  });

  it('leaves out rows without a time stamp', async () => {
    const sequence = await read(
      'time_s',
      times(40, (i) => i).map((i) => (i === 39 ? '' : i)),
    );
    expect(sequence.channels[0]!.values).toHaveLength(39);
    expect(sequence.notes).toEqual(['1 row without a time stamp left out']);
  });

  it('uses one of several clocks and none of them as a channel', async () => {
    const body = times(20, (i) => i).map(
      (i) => `2024-01-01;00:00:${String(i).padStart(2, '0')};${i * 1000};${wave(i)}`,
    );
    const [sequence] = await readText(delimitedReader, 'x.csv', `date;time;t_ms;x\n${body.join('\n')}`);
    expect(sequence!.channels.map((channel) => channel.name)).toEqual(['x']);
    expect(sequence!.rate).toBe(1);
  });
});

describe('resample', () => {
  it('interpolates linearly, and keeps gaps as long as they were', () => {
    const times = Float64Array.of(0, 1, 3, 4, 5);
    expect(Array.from(resample(times, Float32Array.of(0, 2, 6, 8, 10), 0.5, 11))).toEqual([
      0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
    ]);
    const gap = resample(times, Float32Array.of(0, 2, NaN, 8, 10), 1, 6);
    expect(Array.from(gap)).toEqual([0, 2, 2, NaN, 8, 10]);
  });
});

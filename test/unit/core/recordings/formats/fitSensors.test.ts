import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { fixturesOf, plain, read, readAs } from './read';
import { FitWriter, little } from './writeFit';

const folder = fixturesOf('fit');
const sensors = readFileSync(join(folder, 'sensors.fit'));
const seconds = 1_083_492_000;
const rows = [...Array(40).keys()];
const timestamp = [253, 4, 0x86] as const;

/** What the SDK of the format's maker tells of `sensors.fit`. */
const told = JSON.parse(readFileSync(join(folder, 'sensors.json'), 'utf8')) as Record<string, Record<string, number[]>>;

describe('sensors in FIT files', () => {
  test.each([
    ['accelerometer_data', 25, 'g', ['calibratedAccelX', 'calibratedAccelY', 'calibratedAccelZ']],
    ['gyroscope_data', 10, 'counts', ['gyroX', 'gyroY', 'gyroZ']],
    ['barometer_data', 2, 'Pa', ['baroPres']],
    ['hr', 2, 'bpm', ['filteredBpm']],
    ['hrv', null, 's', ['time']],
  ] as const)("are read as Garmin's own SDK reads %s", async (name, rate, unit, fields) => {
    const sequences = (await read(join(folder, 'sensors.fit'))) ?? [];
    const sequence = sequences.find((one) => one.name === name);
    expect(sequence?.rate).toBe(rate);
    expect(sequence?.channels.map((channel) => channel.unit)).toEqual(fields.map(() => unit));
    expect(sequence?.channels.map(({ values }) => Array.from(values))).toEqual(
      fields.map((field) => told[name]?.[field]?.map(Math.fround)),
    );
    const { milliseconds } = told[name] ?? {};
    if (milliseconds === undefined || rate === null) return;
    const steps = milliseconds.slice(1).map((stamp, at) => stamp - milliseconds[at]!);
    expect(new Set(steps)).toEqual(new Set([1000 / rate]));
  });

  it('stand behind the messages of records, and say what was left out', async () => {
    const sequences = (await read(join(folder, 'sensors.fit'))) ?? [];
    const names = [null, 'accelerometer_data', 'gyroscope_data', 'barometer_data', 'hr', 'hrv'];
    expect(sequences.map(({ name }) => name)).toEqual(names);
    expect(sequences[0]?.channels.map((channel) => channel.name)).toEqual(['heart_rate']);
    expect(sequences[1]?.notes).toContain(
      'fields left out that are there in more detail: “accel_x”, “accel_y”, “accel_z”',
    );
    expect(sequences[5]?.notes).toContain('it has one sample for each heart beat');
  });

  it('are the recording where there are no records, with axes that are missing', async () => {
    const lists = [timestamp, [0, 2, 0x84], [1, 8, 0x84], [2, 8, 0x84], [3, 8, 0x84]] as const;
    const writer = new FitWriter().define(0, 165, lists);
    const four = (value: (i: number) => number) => [0, 1, 2, 3].flatMap((i) => little(value(i), 2));
    for (const second of rows.slice(0, 10)) {
      const y = (i: number) => (second === 3 ? 0xffff : 200 + i);
      writer.data(
        0,
        little(seconds + second, 4),
        little(500, 2),
        four((i) => 250 * i),
        four((i) => second * 4 + i),
        four(y),
      );
    }
    const [sequence, ...more] = plain(await readAs('x.fit', writer.file())) ?? [];
    expect([more.length, sequence?.name, sequence?.rate]).toEqual([0, 'accelerometer_data', 4]);
    expect(sequence?.channels.map(({ name, unit }) => [name, unit])).toEqual([
      ['accel_x', 'counts'],
      ['accel_y', 'counts'],
    ]);
    expect(sequence?.channels[0]?.values).toEqual(rows.map((i) => i));
    expect(sequence?.channels[1]?.values.slice(11, 17)).toEqual([203, NaN, NaN, NaN, NaN, 200]);
  });

  it('have as many samples as the longest of their lists tells', async () => {
    const writer = new FitWriter().define(0, 132, [
      [6, 4, 2],
      [9, 16, 0x86],
    ]);
    const count = (second: number) => [0, 1, 2].flatMap((i) => little(5000 + 1024 * (3 * second + i), 4));
    for (const second of rows.slice(0, 10))
      writer.data(0, 100, 101, 102 + (second % 2), 0xff, count(second), little(0xffff_ffff, 4));
    const [sequence] = plain(await readAs('x.fit', writer.file())) ?? [];
    expect([sequence?.rate, sequence?.channels[0]?.values.length]).toEqual([1, 30]);
  });

  it('are counted with all other samples', () =>
    expect(readAs('x.fit', sensors, { maximumSamples: 400 })).rejects.toThrow(
      'it has more than the 400 samples allowed',
    ));
});

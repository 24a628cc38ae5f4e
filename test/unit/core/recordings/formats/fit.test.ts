import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { damaged, damages, endsWell } from '../damage';
import { fixturesOf, plain, read, readAs } from './read';
import { FitWriter, little, withCheckSum } from './writeFit';

const folder = fixturesOf('fit');
const ride = readFileSync(join(folder, 'ride.fit'));
const sensors = readFileSync(join(folder, 'sensors.fit'));
const [record, description] = [20, 206];
const seconds = 1_083_492_000;
const rows = [...Array(40).keys()];

const heart = [253, 4, 0x86] as const;

/** A message of one byte for each second. */
function simple(type: number, values: readonly number[], number = 3): FitWriter {
  const writer = new FitWriter().define(0, record, [heart, [number, 1, type]]);
  for (const [i, value] of values.entries()) writer.data(0, little(seconds + i, 4), value);
  return writer;
}

async function channelsOf(file: Buffer) {
  const [sequence] = plain(await readAs('x.fit', file)) ?? [];
  return sequence?.channels.map(({ name, unit, values }) => [name, unit, values]);
}

describe('FIT files', () => {
  it('hold what GPSBabel wrote', async () => {
    const [sequence, ...more] = (await read(join(folder, 'ride.fit'))) ?? [];
    const told = readFileSync(join(folder, 'ride.csv'), 'utf8').trim().split(/\r?\n/).slice(1);
    const cells = told.map((line) => line.split(',').map(Number));
    expect([more, sequence?.rate, sequence?.notes]).toEqual([[], 1, []]);
    expect(sequence?.channels.map(({ name, unit }) => [name, unit])).toEqual([
      ['position_lat', 'deg'],
      ['position_long', 'deg'],
      ['distance', 'm'],
      ['altitude', 'm'],
      ['speed', 'm/s'],
    ]);
    const columns: [channel: number, cell: number, digits: number][] = [
      [0, 1, 5],
      [1, 2, 5],
      [3, 3, 1],
      [4, 4, 1],
    ];
    for (const [channel, cell, digits] of columns) {
      const { values = [] } = sequence?.channels[channel] ?? {};
      expect(values).toHaveLength(cells.length);
      values.forEach((value, row) => {
        expect(value).toBeCloseTo(cells[row]?.[cell] ?? NaN, digits);
      });
    }
  });

  it('count their times in five bits', async () => {
    const writer = new FitWriter()
      .define(0, 21, [heart])
      .data(0, little(seconds, 4))
      .define(1, record, [[3, 1, 2]]);
    for (const i of rows) writer.compressed(1, seconds + 5 * i, 100 + (i % 9));
    const [sequence] = (await readAs('x.fit', writer.file())) ?? [];
    expect(sequence?.rate).toBeCloseTo(0.2, 9);
    expect(Array.from(sequence?.channels[0]?.values ?? [])).toEqual(rows.map((i) => 100 + (i % 9)));
  });

  test.each([
    ['sint8', 1, [0x7f], [0xff], -1],
    ['uint16, big-endian', 0x84, [0xff, 0xff], [1, 2], 258],
    ['sint16, big-endian', 0x83, [0x7f, 0xff], [0xff, 0xfe], -2],
    ['uint32, big-endian', 0x86, [255, 255, 255, 255], [0, 0, 1, 0], 256],
    ['sint32, big-endian', 0x85, [0x7f, 255, 255, 255], [255, 255, 255, 0], -256],
    ['float32, big-endian', 0x88, [255, 255, 255, 255], [0x3f, 0xc0, 0, 0], 1.5],
    ['float64, big-endian', 0x89, Array<number>(8).fill(255), [0x40, 4, 0, 0, 0, 0, 0, 0], 2.5],
    ['uint8z', 0x0a, [0], [7], 7],
    ['uint16z, big-endian', 0x8b, [0, 0], [1, 0], 256],
    ['uint32z, big-endian', 0x8c, [0, 0, 0, 0], [0, 0, 0, 9], 9],
    ['sint64, big-endian', 0x8e, [0x7f, ...Array<number>(7).fill(255)], Array<number>(8).fill(255), -1],
    ['uint64, big-endian', 0x8f, Array<number>(8).fill(255), [0, 0, 0, 0, 0, 0, 1, 0], 256],
  ] as const)('have numbers of type %s, and missing ones', async (_, type, missing, bytes, value) => {
    const writer = new FitWriter().define(0, record, [heart, [200, bytes.length, type]], { bigEndian: true });
    for (const i of rows) writer.data(0, little(seconds + i, 4).reverse(), [...(i % 4 === 1 ? missing : bytes)]);
    expect(await channelsOf(writer.file())).toEqual([
      ['field 200', null, rows.map((i) => (i % 4 === 1 ? NaN : value))],
    ]);
  });

  it('have fields that are lists, and texts that are no channels', async () => {
    const writer = new FitWriter().define(0, record, [heart, [17, 2, 2], [201, 4, 7]]);
    for (const i of rows) writer.data(0, little(seconds + i, 4), 16 + i, 32, [65, 66, 67, 0]);
    expect(await channelsOf(writer.file())).toEqual([
      ['speed_1s[0]', 'm/s', rows.map((i) => Math.fround(1 + i / 16))],
      ['speed_1s[1]', 'm/s', rows.map(() => 2)],
    ]);
  });

  it("have developers' fields", async () => {
    const name = [...Buffer.from('SmO2\0\0\0\0')];
    const writer = new FitWriter()
      .define(0, description, [
        ...([
          [0, 1, 2],
          [1, 1, 2],
          [2, 1, 2],
        ] as const),
        ...([
          [3, 8, 7],
          [6, 1, 2],
          [7, 1, 1],
          [8, 2, 7],
        ] as const),
      ])
      .data(0, 0, 5, 0x84, name, 10, 0xfe, [...Buffer.from('%\0')])
      .define(1, record, [heart, [3, 1, 2]], {
        developer: [
          [5, 2, 0],
          [6, 2, 0],
        ],
      });
    for (const i of rows) writer.data(1, little(seconds + i, 4), 90 + (i % 5), little(600 + i, 2), [1, 1]);
    expect(await channelsOf(writer.file())).toEqual([
      ['heart_rate', 'bpm', rows.map((i) => 90 + (i % 5))],
      ['SmO2', '%', rows.map((i) => Math.fround((600 + i) / 10 + 2))],
    ]);
  });

  it('tell some quantities twice', async () => {
    const writer = new FitWriter().define(0, record, [heart, [6, 2, 0x84], [73, 4, 0x86], [2, 2, 0x84]]);
    for (const i of rows)
      writer.data(0, little(seconds + i, 4), little(1000, 2), little(1000 + i, 4), little(2500 + i, 2));
    const [sequence] = (await readAs('x.fit', writer.file())) ?? [];
    expect(sequence?.channels.map((channel) => channel.name)).toEqual(['enhanced_speed', 'altitude']);
    expect(sequence?.channels[1]?.values[10]).toBe(2);
    expect(sequence?.notes).toContain('fields left out that are there in more detail: “speed”');
  });

  it('may change what they tell while they run', async () => {
    const writer = simple(
      2,
      rows.map((i) => 100 + (i % 3)),
    );
    writer.define(0, record, [[4, 1, 2], heart]);
    for (const i of rows) writer.data(0, 70 + (i % 2), little(seconds + 40 + i, 4));
    expect(await channelsOf(writer.file())).toEqual([
      ['heart_rate', 'bpm', [...rows.map((i) => 100 + (i % 3)), ...rows.map(() => NaN)]],
      ['cadence', 'rpm', [...rows.map(() => NaN), ...rows.map((i) => 70 + (i % 2))]],
    ]);
  });

  it('may follow each other in one file', async () => {
    const file = simple(
      2,
      rows.map((i) => 60 + (i % 4)),
    ).file();
    expect(await readAs('x.fit', Buffer.concat([file, file]))).toHaveLength(2);
  });
});

describe('a FIT file is refused, because', () => {
  it('it is none', () =>
    expect(readAs('x.fit', 'a,b\n1,2\n')).rejects.toThrow('it does not begin like a FIT file of a sports watch'));
  it('it is cut off', () => expect(readAs('x.fit', ride.subarray(0, 900))).rejects.toThrow(/^it is truncated/));
  it('a bit of it is wrong', async () => {
    const bytes = Buffer.from(ride);
    bytes[1000]! ^= 4;
    await expect(readAs('x.fit', bytes)).rejects.toThrow('it is damaged: its check sum does not fit');
  });
  it('it was not finished', async () => {
    const bytes = Buffer.from(ride);
    bytes.writeUInt32LE(0, 4);
    await expect(readAs('x.fit', bytes)).rejects.toThrow('it was not finished: its header tells no length');
  });
  it('something else follows', () =>
    expect(readAs('x.fit', Buffer.concat([ride, Buffer.alloc(30)]))).rejects.toThrow(
      'it is damaged: what follows its messages is no FIT file',
    ));
  it('a message is not defined', () =>
    expect(readAs('x.fit', new FitWriter().data(3, 1).file())).rejects.toThrow(
      'it is damaged: one of its messages is not defined',
    ));
  it('a message is too long', () =>
    expect(readAs('x.fit', new FitWriter().define(0, record, [heart]).data(0, 1).file())).rejects.toThrow(
      'it is damaged: one of its messages goes on beyond its end',
    ));
  it('it holds no samples', () =>
    expect(
      readAs(
        'x.fit',
        new FitWriter()
          .define(0, 0, [[0, 1, 0]])
          .data(0, 4)
          .file(),
      ),
    ).rejects.toThrow('it holds no samples: it has no messages of the kind "record" or of a sensor'));
  it('it holds too much', () =>
    expect(readAs('x.fit', ride, { maximumSamples: 100 })).rejects.toThrow('it has more than the 100 samples allowed'));
});

it('any damage ends well', async () => {
  const texts = simple(2, rows).file();
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(ride, texts, sensors), damages, fc.boolean(), async (bytes, damage, repair) => {
      const file = damaged(bytes, damage);
      // Most damage ends at the check sum; with one that fits, it reaches the messages.
      const given = repair && file.length > 20 ? withCheckSum(file) : file;
      await endsWell(readAs('x.fit', given, { maximumSamples: 100_000 }), 100_000);
    }),
    { seed: 42, numRuns: 500 },
  );
});

import { describe, expect, test } from 'vitest';
import { readBytes, reasonFor } from './fixtures';
import { npyFile, npyHeader } from './write';

const numbers = (count: number) => Buffer.from(Float32Array.from({ length: count }, (_, i) => i).buffer);

describe('elements of several numbers', () => {
  const columns = async (bytes: Buffer, options = {}) => {
    const sequences = await readBytes('/x.npy', bytes, options);
    return sequences.map(({ rate, notes, channels }) => ({
      rate,
      notes,
      channels: channels.map(({ name, values }) => [name, ...values]),
    }));
  };
  const header = (descr: string, ...shape: number[]) =>
    `{'descr': ${descr}, 'fortran_order': False, 'shape': (${shape.join(',')},)}`;

  test('complex numbers are two channels', async () => {
    expect(await columns(npyFile(npyHeader('<c8', [2]), numbers(4)))).toEqual([
      { rate: null, notes: [], channels: [['real', 0, 2], ['imaginary', 1, 3]] }, // prettier-ignore
    ]);
    expect((await columns(npyFile(npyHeader('<c8', [2, 3]), numbers(12))))[0]?.channels).toEqual([
      ['real 1', 0, 2, 4],
      ['imaginary 1', 1, 3, 5],
      ['real 2', 6, 8, 10],
      ['imaginary 2', 7, 9, 11],
    ]);
    expect((await columns(npyFile(npyHeader('<c8', [2, 2], true), numbers(8))))[0]?.channels).toEqual([
      ['real 1', 0, 2],
      ['imaginary 1', 1, 3],
      ['real 2', 4, 6],
      ['imaginary 2', 5, 7],
    ]);
  });

  test('records: fields are channels, arrays and inner records are taken apart, text is left out', async () => {
    const descr = `[('a', '<f4'), ('', '|V4'), ('v', '<f4', (2,)), ('who', '|S4'), ('in', [('b', '>i2'), ('c', '?')]), (('long', 'd'), '|u1')]`;
    const record = (first: number) => {
      const bytes = Buffer.alloc(24);
      bytes.writeFloatLE(first, 0);
      bytes.writeFloatLE(first + 1, 8);
      bytes.writeFloatLE(first + 2, 12);
      bytes.write('hana', 16);
      bytes.writeInt16BE(-first, 20);
      bytes[22] = 1;
      bytes[23] = 9;
      return bytes;
    };
    expect(await columns(npyFile(header(descr, 2), Buffer.concat([record(1), record(10)])))).toEqual([
      {
        rate: null,
        notes: ['its field “who” was left out, because it holds text'],
        channels: [['a', 1, 10], ['v[0]', 2, 11], ['v[1]', 3, 12], ['in.b', -1, -10], ['in.c', 1, 1], ['d', 9, 9]], // prettier-ignore
      },
    ]);
  });

  test('a field of times is the clock, in single steps of its unit', async () => {
    const descr = `[('time_ms', '<f4'), ('x', '<f4')]`;
    const bytes = Buffer.from(Float32Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? 2 * i : i)).buffer);
    expect(await columns(npyFile(header(descr, 4, 5), bytes))).toMatchObject(
      [0, 1, 2, 3].map(() => ({ rate: 250, channels: [{ length: 6 }] })),
    );
  });

  test('dates are a clock too, whatever their field is called', async () => {
    const bytes = Buffer.alloc(64);
    for (let i = 0; i < 4; i++) {
      bytes.writeBigInt64LE(1_700_000_000_000_000_000n + BigInt(i) * 20_000_000n, 16 * i);
      bytes.writeDoubleLE(i, 16 * i + 8);
    }
    expect(await columns(npyFile(header(`[('when', '<M8[ns]'), ('x', '<f8')]`, 4), bytes))).toEqual([
      { rate: 50, notes: [], channels: [['x', 0, 1, 2, 3]] },
    ]);
  });

  test('a field that is called like a clock but does not run like one is a channel', async () => {
    const bytes = Buffer.from(Float32Array.of(3, 0, 3, 1, 3, 2).buffer);
    expect(await columns(npyFile(header(`[('t', '<f4'), ('x', '<f4')]`, 3), bytes))).toEqual([
      { rate: null, notes: [], channels: [['x', 0, 1, 2], ['t', 3, 3, 3]] }, // prettier-ignore
    ]);
  });

  test('a field that counts the records is left out', async () => {
    const bytes = Buffer.from(Float32Array.of(7, 5, 8, 3, 9, 4).buffer);
    expect(await columns(npyFile(header(`[('index', '<f4'), ('x', '<f4')]`, 3), bytes))).toEqual([
      { rate: null, notes: ['a field that counts the records left out'], channels: [['x', 5, 3, 4]] },
    ]);
    expect((await columns(npyFile(header(`[('index', '<f4')]`, 6), bytes)))[0]?.channels).toHaveLength(1);
  });

  test.each([
    [`[('a', '|S4')]`, [2], /^it holds records of several fields, none of which is a number$/],
    [`[('a', '|O')]`, [2], /^it holds pickled Python objects/],
    [`[('t', '<f4')]`, [2], 'it holds nothing but times'],
    [`[('a', '<f4')]`, [2, 1, 2, 2], /4 axes; at most two/],
    [`['a']`, [2], 'its header describes damaged records'],
    [`[(3, '<f4')]`, [2], 'its header describes damaged records'],
    [`[('a', '<f4', (99999,))]`, [2], 'its records have more than 4096 fields'],
    [`[('a', '<f4', ('b',))]`, [2], 'its records have more than 4096 fields'],
    [`[('a', '<f4', (3000,)), ('b', '<f4', (3000,))]`, [2], 'its records have more than 4096 fields'],
    [`${"[('a', ".repeat(20)}'<f4'${')]'.repeat(20)}`, [2], /damaged/],
    [`[('a', '<f4')]`, [2 ** 40], /truncated/],
  ])('%.60s of %j is refused', async (descr, shape, reason) => {
    expect(await reasonFor(readBytes('/x.npy', npyFile(header(descr, ...shape), numbers(8))))).toMatch(reason);
  });
});

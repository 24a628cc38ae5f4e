import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fixtures, readBytes, readFile, reasonFor, scratchFolder } from './fixtures';
import { npyFile, npyHeader } from './write';

const numbers = (count: number) => Buffer.from(Float32Array.from({ length: count }, (_, i) => i).buffer);

function reasonOfBytes(bytes: Buffer, options = {}): Promise<string> {
  return reasonFor(readBytes('/x.npy', bytes, options));
}

describe('types that are no samples', () => {
  test.each([
    ['object.npy', 'it holds pickled Python objects, and nothing is ever unpickled'],
    ['longdouble.npy', 'it holds extended-precision numbers, whose layout differs between machines'],
    ['text.npy', 'it holds text'],
    ['bytes.npy', 'it holds text'],
    ['dates.npy', 'it holds dates'],
    ['void.npy', 'it holds raw bytes or records'],
    ['single.npy', 'it holds a single number'],
    ['four-axes.npy', 'it has 4 axes; at most three are understood'],
    ['empty.npy', 'it holds no samples'],
  ])('%s', async (file, reason) => {
    expect(await reasonFor(readFile(join(fixtures, 'refused', file)))).toBe(reason);
  });

  test.each(['<g', '|S0x', '<f3', '<i16', 'i', '', '<<f4', '<q'])('unknown type %j', async (descr) => {
    expect(await reasonOfBytes(npyFile(npyHeader(descr, [2]), numbers(4)))).toMatch(/^it(s elements are| holds)/);
  });
});

test('axes of length 1 are passed over where there are too many', async () => {
  const [sequence, ...others] = await readBytes('/x.npy', npyFile(npyHeader('<f4', [1, 1, 10, 2]), numbers(20)));
  expect(others).toEqual([]);
  expect(sequence?.channels.map(({ values }) => values[1])).toEqual([2, 3]);
});

describe('headers that promise too much are refused before memory is taken', () => {
  test.each([
    [[2 ** 40], /truncated: its header promises 1099511627776 samples/],
    [[2 ** 30, 2 ** 30, 2 ** 30], /truncated/],
    [['9'.repeat(400)], /far too large/],
    [[0, '9'.repeat(30)], /far too large/],
    [[-5], /negative/],
    [[-1, -20], /negative/],
    [[21], /truncated: its header promises 21 samples/],
  ])('shape %j', async (shape, reason) => {
    expect(await reasonOfBytes(npyFile(npyHeader('<f4', shape), numbers(20)))).toMatch(reason);
  });

  test('a sparse file that really is that large', async () => {
    const path = scratchFolder().write('sparse.npy', npyFile(npyHeader('|i1', [2 ** 33])));
    truncateSync(path, 2 ** 33 + 4096);
    const memory = process.memoryUsage().rss;
    expect(await reasonFor(readFile(path))).toMatch(/more than the limit of 1073741824/);
    expect(await reasonFor(readFile(path, { maximumBytes: 2 ** 40 }))).toMatch(
      /8589934592 samples, more than the limit/,
    );
    expect(process.memoryUsage().rss - memory).toBeLessThan(2 ** 27);
  });

  test('the limits of the options', async () => {
    const file = npyFile(npyHeader('<f4', [20]), numbers(20));
    expect(await reasonOfBytes(file, { maximumSamples: 19 })).toBe('it holds 20 samples, more than the limit of 19');
    expect(await reasonOfBytes(file, { maximumBytes: file.length - 1 })).toMatch(/bytes, more than the limit/);
    expect(await readBytes('/x.npy', file, { maximumSamples: 20, maximumBytes: file.length })).toHaveLength(1);
  });

  test('very many very short sequences', async () => {
    const file = npyFile(npyHeader('|i1', [2 ** 19, 1, 2]), Buffer.alloc(2 ** 20));
    expect(await reasonOfBytes(file)).toMatch(/1048576 channels|524288 channels/);
  });
});

describe('damage', () => {
  const good = npyFile(npyHeader('<f4', [20]), numbers(20));

  test.each([
    ['nothing', Buffer.alloc(0), 'it is empty'],
    ['other bytes', Buffer.from('GIF89a and so on'), 'it does not begin like a NumPy file'],
    ['magic alone', good.subarray(0, 6), 'it is truncated: its header is not complete'],
    ['half a header', good.subarray(0, 40), 'it is truncated: its header is not complete'],
    ['version 9', Buffer.concat([good.subarray(0, 6), Buffer.from([9, 0]), good.subarray(8)]), /version 9/],
    ['a header of 4 GiB', Buffer.from('\x93NUMPY\x02\x00\xff\xff\xff\xff{', 'latin1'), /longer than 65536 bytes/],
    ['half of the data', good.subarray(0, good.length - 1), /truncated: its header promises 20 samples in 80 bytes/],
  ])('%s', async (_, bytes, reason) => {
    expect(await reasonOfBytes(bytes)).toMatch(reason);
  });

  test.each([
    "{'descr': '<f4', 'fortran_order': False, 'shape': (20)}",
    "{'descr': '<f4', 'fortran_order': False, 'shape': 20}",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (20.0,)}",
    "{'descr': '<f4', 'fortran_order': False, 'shape': ((20,),)}",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (2 0,)}",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (20,,)}",
    "{'descr': '<f4', 'fortran_order': 0, 'shape': (20,)}",
    "{'descr': '<f4', 'fortran_order': False}",
    "{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (20,)}",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (20,), 'more': 1}",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (20,)} or exit()",
    "{'descr': __import__('os').getcwd(), 'fortran_order': False, 'shape': (20,)}",
    "{'descr': '<f4, 'fortran_order': False, 'shape': (20,)}",
    "{'descr': '\\x3cf4', 'fortran_order': False, 'shape': (20,)}",
    "['descr', '<f4']",
    '('.repeat(60000),
    '',
  ])('header %.80s', async (header) => {
    const version = header.length > 60000 ? 2 : 1;
    expect(await reasonOfBytes(npyFile(header, numbers(20), version))).toMatch(/^its header/);
  });
});

test('headers as other writers lay them out', async () => {
  const headers = [
    `{"shape":(20L,),"fortran_order":False,"descr":"<f4"}`,
    `  { 'descr' : u'<f4' ,\n'fortran_order': True, 'shape' : [20] , }   \n`,
    npyHeader('f4', [20]),
    npyHeader('=f4', [20]),
  ];
  for (const header of headers) {
    const [sequence] = await readBytes('/x.npy', npyFile(header, numbers(20)));
    expect(sequence?.channels[0]?.values).toEqual(Float32Array.from({ length: 20 }, (_, i) => i));
  }
});

describe('the order of axes', () => {
  const wide = npyFile(npyHeader('<f4', [2, 3]), numbers(6));
  const tall = npyFile(npyHeader('<f4', [3, 2]), numbers(6));
  const square = npyFile(npyHeader('<f4', [2, 2]), numbers(4));
  const many = npyFile(npyHeader('<f4', [2, 2, 3]), numbers(12));
  const lists = async (bytes: Buffer, arrayAxes: 'auto' | 'time-first' | 'channels-first') =>
    (await readBytes('/x.npy', bytes, { arrayAxes })).map(({ channels }) => channels.map(({ values }) => [...values]));

  test('the longer axis is time, the first if they are equal', async () => {
    expect(await lists(wide, 'auto')).toEqual([[[0, 1, 2], [3, 4, 5]]]); // prettier-ignore
    expect(await lists(tall, 'auto')).toEqual([[[0, 2, 4], [1, 3, 5]]]); // prettier-ignore
    expect(await lists(square, 'auto')).toEqual([[[0, 2], [1, 3]]]); // prettier-ignore
    expect(await lists(many, 'auto')).toEqual([[[0, 1, 2], [3, 4, 5]], [[6, 7, 8], [9, 10, 11]]]); // prettier-ignore
  });

  test('the setting comes first', async () => {
    expect(await lists(wide, 'time-first')).toEqual([[[0, 3], [1, 4], [2, 5]]]); // prettier-ignore
    expect(await lists(tall, 'channels-first')).toEqual([[[0, 1], [2, 3], [4, 5]]]); // prettier-ignore
    expect(await lists(square, 'channels-first')).toEqual([[[0, 1], [2, 3]]]); // prettier-ignore
    expect(await lists(many, 'time-first')).toEqual([[[0, 3], [1, 4], [2, 5]], [[6, 9], [7, 10], [8, 11]]]); // prettier-ignore
  });

  test('a guess is noted', async () => {
    expect((await readBytes('/x.npy', wide))[0]?.notes[0]).toMatch(
      /^the longer axis was taken for time: 2 channels of 3/,
    );
    expect((await readBytes('/x.npy', tall))[0]?.notes).toEqual([]);
    expect((await readBytes('/x.npy', wide, { arrayAxes: 'channels-first' }))[0]?.notes).toEqual([]);
  });
});

test('bytes after the array are noted', async () => {
  const file = Buffer.concat([npyFile(npyHeader('<f4', [20]), numbers(20)), Buffer.from('abc')]);
  expect((await readBytes('/x.npy', file))[0]?.notes).toEqual(['3 bytes after the array were left out']);
});

test('reading stops when it is cancelled', async () => {
  const abort = new AbortController();
  const reason = new Error('enough');
  abort.abort(reason);
  const file = npyFile(npyHeader('<f4', [20]), numbers(20));
  await expect(readBytes('/x.npy', file, { signal: abort.signal })).rejects.toBe(reason);
});

test('a file that is cut while it is read', async () => {
  const path = scratchFolder().write('cut.npy', npyFile(npyHeader('<f4', [2 ** 20]), numbers(2 ** 20)));
  const reading = readFile(path);
  writeFileSync(path, 'x');
  const outcome = await reading.then(
    (sequences) => sequences.length,
    (error: unknown) => (error instanceof Error ? error.name : error),
  );
  expect([1, 'UnreadableError']).toContain(outcome);
});

import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fixtures, readBytes, readFile, reasonFor } from './fixtures';
import { npyFile, npyHeader, zipFile } from './write';

const array = (...shape: number[]) => {
  const count = shape.reduce((product, length) => product * length, 1);
  return npyFile(npyHeader('<f4', shape), Buffer.from(Float32Array.from({ length: count }, (_, i) => i).buffer));
};

function reasonOfBytes(bytes: Buffer, options = {}): Promise<string> {
  return reasonFor(readBytes('/x.npz', bytes, options));
}

test('members that cannot be used are named, and the others are read', async () => {
  const [sequence] = await readFile(join(fixtures, 'mixed.npz'));
  expect(sequence?.notes).toEqual([
    '“packed” was left out, because it is packed by method 12, which is not supported',
    '“readme.txt” was left out, because it does not begin like a NumPy file',
    '“folder/” was left out, because it does not begin like a NumPy file',
    '“objects” was left out, because it holds pickled Python objects, and nothing is ever unpickled',
    '“cut” was left out, because it is truncated: its header promises 30 samples in 120 bytes, but it has 243 bytes',
  ]);
});

describe('labels', () => {
  const labelled = (label: string, data: Buffer, name = 'X') =>
    readBytes(
      '/x.npz',
      zipFile([
        { name: `${name}.npy`, data },
        { name: `${label}.npy`, data: array(3) },
      ]),
    );

  test.each(['y', 'Y', 'label', 'labels', 'target', 'targets'])('of each sequence, in %s', async (label) => {
    const sequences = await labelled(label, array(3, 20, 2));
    expect(sequences.map(({ name, label }) => [name, label])).toEqual([['X[0]', '0'], ['X[1]', '1'], ['X[2]', '2']]); // prettier-ignore
  });

  test('make rows sequences, which is noted', async () => {
    const sequences = await labelled('y', array(3, 16));
    expect(sequences.map(({ label }) => label)).toEqual(['0', '1', '2']);
    expect(sequences[0]?.notes).toEqual(['each row was taken for a sequence, because “y” has a label for each']);
  });

  test('do not make sequences of rows that are too short to be any', async () => {
    const sequences = await labelled('y', array(3, 15));
    expect(sequences.map(({ name, label }) => [name, label])).toEqual([['X', null], ['y', null]]); // prettier-ignore
  });

  test('of another length are a sequence like any other', async () => {
    expect((await labelled('y', array(4, 20, 2))).map(({ name }) => name)).toEqual([
      'X[0]',
      'X[1]',
      'X[2]',
      'X[3]',
      'y',
    ]);
  });

  test('of another part are a sequence like any other', async () => {
    const sequences = await labelled('y_test', array(3, 20, 2), 'X_train');
    expect(sequences.map(({ name, label }) => [name, label]).at(-1)).toEqual(['y_test', null]);
    expect(sequences[0]?.label).toBeNull();
  });

  test('a single one is that of a single sequence', async () => {
    const header = `{'descr': '<U4', 'fortran_order': False, 'shape': (), }`;
    const text = npyFile(header, Buffer.from('walk'.split('').join('\0\0\0') + '\0\0\0'));
    const file = zipFile([{ name: 'a.npy', data: array(30, 2) }, { name: 'label.npy', data: text }]); // prettier-ignore
    expect((await readBytes('/x.npz', file)).map(({ name, label }) => [name, label])).toEqual([['a', 'walk']]);
  });

  test('of impossible characters are replaced', async () => {
    const data = npyFile(npyHeader('<U1', [1]), Buffer.from([0xff, 0xff, 0xff, 0xff]));
    const file = zipFile([
      { name: 'a.npy', data: array(1, 20, 2) },
      { name: 'y.npy', data },
    ]);
    expect((await readBytes('/x.npz', file))[0]?.label).toBe('\ufffd');
  });
});

describe('the sampling rate', () => {
  const rated = (name: string, values: number[]) => {
    const data = npyFile(npyHeader('<f8', [values.length]), Buffer.from(Float64Array.from(values).buffer));
    return readBytes(
      '/x.npz',
      zipFile([
        { name: 'a.npy', data: array(30) },
        { name: `${name}.npy`, data },
      ]),
    );
  };

  test.each(['rate', 'fs', 'FS', 'sampling_rate', 'sfreq'])('is in %s', async (name) => {
    expect((await rated(name, [62.5])).map(({ name, rate }) => [name, rate])).toEqual([['a', 62.5]]);
  });

  test.each([0, -1, NaN, Infinity])('is not %d', async (value) => {
    const [sequence] = await rated('fs', [value]);
    expect(sequence?.rate).toBeNull();
    expect(sequence?.notes).toEqual([`“fs” was left out, because ${value} is no sampling rate`]);
  });

  test('is a single number', async () => {
    expect((await rated('fs', [1, 2])).map(({ name, rate }) => [name, rate])).toEqual([['a', null], ['fs', null]]); // prettier-ignore
  });
});

describe('zip files that lie', () => {
  const data = array(30);
  const packed = { name: 'a.npy', data, deflate: true };

  test.each([
    ['empty', zipFile([]), 'it holds no array that can be read'],
    ['more bytes', zipFile([{ ...packed, promised: { size: data.length - 4 } }]), /unpacks to more bytes/],
    ['fewer bytes', zipFile([{ ...packed, promised: { size: data.length + 4 } }]), /unpacks to fewer bytes/],
    ['checksum', zipFile([{ ...packed, promised: { crc: 7 } }]), /checksum does not match/],
    [
      'checksum of a stored member',
      zipFile([{ name: 'a.npy', data, promised: { crc: 7 } }]),
      /checksum does not match/,
    ],
    ['encrypted', zipFile([{ ...packed, promised: { flags: 1 } }]), /it is encrypted/],
    ['method', zipFile([{ ...packed, promised: { method: 14 } }]), /packed by method 14/],
    ['impossible ratio', zipFile([{ ...packed, promised: { size: 2 ** 31 } }]), /promises 2147483648 bytes, more than/],
    [
      'not deflated',
      zipFile([{ name: 'a.npy', data: Buffer.alloc(99, 7), promised: { method: 8 } }]),
      /damaged zip file/,
    ],
    ['not a zip file', Buffer.from('PK but no more'), /damaged zip file/],
    ['truncated', zipFile([packed]).subarray(0, -30), /damaged zip file/],
    ['no file', Buffer.alloc(0), 'it is empty'],
  ])('%s', async (_, bytes, reason) => {
    expect(await reasonOfBytes(bytes)).toMatch(reason);
  });

  test('a member that unpacks to more than it promises, behind a header that does not', async () => {
    const honest = npyFile(npyHeader('<f4', [30]), Buffer.alloc(2 ** 22));
    const bomb = { name: 'a.npy', data: honest, deflate: true, promised: { size: honest.length - 2 ** 22 + 120 } };
    expect(await reasonOfBytes(zipFile([bomb]))).toMatch(/unpacks to more bytes than the zip file promises/);
  });

  test('a header that promises 2^40 samples', async () => {
    const huge = npyFile(npyHeader('<f4', [2 ** 40]));
    expect(await reasonOfBytes(zipFile([{ name: 'a.npy', data: huge }]))).toMatch(
      /truncated: its header promises 1099511627776/,
    );
  });

  test('limits hold for all members together', async () => {
    const file = zipFile(['a', 'b', 'c'].map((name) => ({ name: `${name}.npy`, data: array(1000), deflate: true })));
    expect(await readBytes('/x.npz', file, { maximumSamples: 3000 })).toHaveLength(3);
    expect(await reasonOfBytes(file, { maximumSamples: 2999 })).toMatch(/3000 samples, more than the limit/);
    const zeros = zipFile([
      { name: 'a.npy', data: npyFile(npyHeader('<f8', [2 ** 16]), Buffer.alloc(2 ** 19)), deflate: true },
    ]);
    expect(await reasonOfBytes(zeros, { maximumBytes: 2 ** 18 })).toMatch(/unpacks to \d+ bytes, more than the limit/);
  });

  test('many members that cannot be used', async () => {
    const file = zipFile(Array.from({ length: 50 }, (_, i) => ({ name: `${i}\n<b>.txt`, data: Buffer.from('x') })));
    const reason = await reasonOfBytes(file);
    expect(reason).toMatch(
      /^it holds no array that can be read; “0 <b>.txt” was left out, .*; 42 more members were left out$/,
    );
  });
});

test('reading stops when it is cancelled while a member is unpacked', async () => {
  const abort = new AbortController();
  const reason = new Error('enough');
  const data = npyFile(npyHeader('<f4', [2 ** 20]), Buffer.alloc(2 ** 22));
  const reading = readBytes('/x.npz', zipFile([{ name: 'a.npy', data, deflate: true }]), { signal: abort.signal });
  abort.abort(reason);
  await expect(reading).rejects.toBe(reason);
});

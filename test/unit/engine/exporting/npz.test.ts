import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bytesOf, doubles, integers, texts, type NamedArray } from '../../../../src/engine/exporting/npy';
import { npzStream } from '../../../../src/engine/exporting/npz';
import { readFile } from '../../../../src/core/recordings/readFile';
import { defaultReadOptions } from '../../../../src/core/recordings/reader';
import { hasNumpy, readNpz } from './python';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kindred-npz-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function written(...arrays: NamedArray[]): Promise<string> {
  const path = join(folder, 'a.npz');
  await pipeline(npzStream(arrays), createWriteStream(path));
  return path;
}

const matrix = Float32Array.from({ length: 60 }, (_, i) => Math.sin(i));
const matrixArray: NamedArray = {
  name: 'matrix',
  type: '<f4',
  shape: [20, 3],
  data: () => [bytesOf(matrix.subarray(0, 30)), bytesOf(matrix.subarray(30))],
};

describe.skipIf(!hasNumpy)('an .npz that NumPy reads', () => {
  it('holds numbers of every type and shape', async () => {
    const read = readNpz(
      await written(matrixArray, doubles('d', [0.1, 1e300]), integers('i', [-1, 2]), integers('none', [])),
    );
    expect(read['matrix']).toMatchObject({ dtype: '<f4', shape: [20, 3] });
    expect((read['matrix']!.values as number[][]).flat()).toEqual([...matrix]);
    expect(read['d']).toEqual({ dtype: '<f8', shape: [2], values: [0.1, 1e300] });
    expect(read['i']).toEqual({ dtype: '<i4', shape: [2], values: [-1, 2] });
    expect(read['none']).toEqual({ dtype: '<i4', shape: [0], values: [] });
  });

  it('holds texts of every script, and none where there is none', async () => {
    const all = ['é', '日本語', '\u{1f600}x', '', '<script>', 'a\ud800b'];
    const read = readNpz(
      await written(texts('t', [...all, null]), texts('empty', []), texts('long', ['x'.repeat(9000)])),
    );
    expect(read['t']!.values).toEqual([...all.slice(0, -1), 'a\ufffdb', '']);
    expect(read['empty']).toEqual({ dtype: '<U1', shape: [0], values: [] });
    expect(read['long']!.dtype).toBe('<U4096');
  });
});

describe('an .npz', () => {
  it('is read by our own reader as well', async () => {
    const content = await readFile(await written(matrixArray), defaultReadOptions, 16);
    expect(content?.sequences[0]?.channels.map(({ values }) => values[0])).toEqual([...matrix.subarray(0, 3)]);
  });

  it('fails when an array cannot be made', async () => {
    const broken: NamedArray = {
      name: 'broken',
      type: '<f4',
      shape: [3],
      data: function* () {
        yield new Uint8Array(4);
        throw new Error('no more');
      },
    };
    await expect(buffer(npzStream([broken]))).rejects.toThrow('no more');
    expect(() => npzStream([{ ...broken, type: 'object' }])).toThrow(RangeError);
  });
});

import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach } from 'vitest';
import { npyFile, npyHeader, zipFile } from '../../recordings/binary/write';

const folders: string[] = [];

afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

/** A folder that is removed after the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kindred-packs-'));
  folders.push(folder);
  return folder;
}

export interface StoredArray {
  readonly shape: readonly number[];
  readonly values: Int16Array | Int32Array | Float32Array;
}

const types = { Int16Array: '<i2', Int32Array: '<i4', Float32Array: '<f4' };

function npy({ shape, values }: StoredArray): Buffer {
  const type = types[values.constructor.name as keyof typeof types];
  const data = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  return npyFile(npyHeader(type, shape), data);
}

export interface PackFiles {
  arrays: Record<string, StoredArray>;
  json: Record<string, unknown>;
}

/** Two channels and six sequences of two labels in three parts; lengths 2, 3, 4, 2, 3, 4. */
export function smallPack(): PackFiles {
  const lengths = [2, 3, 4, 2, 3, 4];
  const offsets = Int32Array.of(0, 2, 5, 9, 11, 14, 18);
  const column = (...codes: number[]) => ({ shape: [codes.length], values: Int32Array.from(codes) });
  return {
    arrays: {
      values: { shape: [18, 2], values: Int16Array.from({ length: 36 }, (_, i) => i) },
      offsets: { shape: [lengths.length + 1], values: offsets },
      scale: { shape: [6, 2], values: Float32Array.from({ length: 12 }, (_, i) => (i % 2 === 0 ? 0.5 : 2)) },
      bias: { shape: [6, 2], values: Float32Array.from({ length: 12 }, (_, i) => i) },
      label: column(0, 0, 0, 1, 1, 1),
      part: column(0, 1, 2, 0, 1, 2),
    },
    json: {
      name: 'small',
      domain: 'test',
      channels: ['x', 'y'],
      columns: { label: 2, part: 3 },
      column_values: { label: ['anna', 'ben'], part: ['0', '1', '2'] },
    },
  };
}

/** Writes `PATH.npz` and `PATH.json`. @returns the path of the former */
export async function writePack(path: string, { arrays, json }: PackFiles): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  const entries = Object.entries(arrays).map(([name, array]) => ({
    name: `${name}.npy`,
    data: npy(array),
    deflate: true,
  }));
  await writeFile(`${path}.npz`, zipFile(entries));
  await writeFile(`${path}.json`, JSON.stringify(json));
  return `${path}.npz`;
}

/** A pack of labelled series of one channel, on the scale of 1/100. */
export function packOfSeries(
  series: readonly (readonly number[])[],
  columns: Readonly<Record<string, readonly number[]>>,
  json: Readonly<Record<string, unknown>> = {},
): PackFiles {
  const ends = series.map(() => 0);
  series.forEach((values, n) => (ends[n] = (ends[n - 1] ?? 0) + values.length));
  const values = Int16Array.from(series.flat(), (value) => Math.round(value * 100));
  const perSequence = (value: number) => ({
    shape: [series.length, 1],
    values: new Float32Array(series.length).fill(value),
  });
  const codes = Object.entries(columns).map(([name, of]) => [
    name,
    { shape: [of.length], values: Int32Array.from(of) },
  ]);
  return {
    arrays: {
      values: { shape: [values.length, 1], values },
      offsets: { shape: [series.length + 1], values: Int32Array.of(0, ...ends) },
      scale: perSequence(0.01),
      bias: perSequence(0),
      ...(Object.fromEntries(codes) as Record<string, StoredArray>),
    },
    json: {
      channels: ['value'],
      columns: Object.fromEntries(Object.entries(columns).map(([name, of]) => [name, new Set(of).size])),
      ...json,
    },
  };
}

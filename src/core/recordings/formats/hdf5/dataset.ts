import type { Dataset } from 'h5wasm';
import { UnreadableError } from '../../reader';
import { numberCodec, type Codec, type NumberType } from '../pcm/codecs';
import { quoted } from '../pcm/text';
import { attempt, attemptShortly, type Hdf5File } from './library';

/** Why a data set's elements are no use as samples, or how they are decoded. */
export function codecOfDataset({ metadata }: Dataset): Codec | string {
  const { type, size, signed } = metadata;
  const kind = kinds[type];
  const letter = kind === 'integer' || kind === 'enumeration' ? (signed ? 'i' : 'u') : 'f';
  const number = `${letter}${size}`;
  // The library hands numbers out in the order of bytes of WebAssembly, whatever that of the file.
  if (kind !== undefined && numberTypes.has(number)) return numberCodec(number as NumberType, true);
  return refusals[type] ?? `its elements of ${size} bytes are of an unknown type`;
}

/** Whether a data set's type is one of whole numbers. */
export function isWholeDataset({ metadata }: Dataset): boolean {
  const kind = kinds[metadata.type];
  return kind === 'integer' || kind === 'enumeration';
}

const kinds: Readonly<Record<number, string>> = { 0: 'integer', 1: 'float', 8: 'enumeration' };
const numberTypes: ReadonlySet<string> = new Set('i1 i2 i4 i8 u1 u2 u4 u8 f2 f4 f8'.split(' '));
const refusals: Readonly<Record<number, string>> = {
  2: 'it holds dates',
  3: 'it holds text',
  4: 'it holds raw bits',
  5: 'it holds raw bytes',
  6: 'it holds records of several fields',
  7: 'it holds references',
  9: 'it holds sequences of different lengths in one data set',
  10: 'its elements are arrays',
};

/** Filters that the library has, by their numbers in the HDF5 registry: deflate, shuffle, checksum, n-bit, scale and offset. */
const knownFilters: ReadonlySet<number> = new Set([1, 2, 3, 5, 6]);
const filterNames: Readonly<Record<number, string>> = {
  4: 'SZIP',
  307: 'bzip2',
  32000: 'LZF',
  32001: 'Blosc',
  32004: 'LZ4',
  32008: 'bitshuffle',
  32013: 'ZFP',
  32015: 'Zstandard',
  32026: 'Blosc2',
};

/** Why a data set cannot be unpacked, or `null`. */
export function filterRefusal(dataset: Dataset): string | null {
  const unknown = attemptShortly(() => dataset.filters).find(({ id }) => !knownFilters.has(id));
  if (unknown === undefined) return null;
  return `it is packed by ${filterNames[unknown.id] ?? quoted(unknown.name)}, which is not read: save it with gzip`;
}

/** A block of an array: where it begins and how long it is along each axis. */
export interface Slab {
  readonly offset: readonly number[];
  readonly count: readonly number[];
}

/**
 * Cuts an array into blocks that follow each other in memory, of at most `most` elements each.
 * @param step along the first axis, blocks are cut at multiples of this where they can be
 */
export function* slabsOf(shape: readonly number[], most: number, step = 1): Generator<Slab, void> {
  const [length = 1, ...rest] = shape;
  const inner = rest.reduce((product, axis) => product * axis, 1);
  if (inner > most) {
    for (let i = 0; i < length; i++) {
      for (const { offset, count } of slabsOf(rest, most)) yield { offset: [i, ...offset], count: [1, ...count] };
    }
    return;
  }
  const rows = Math.max(1, Math.floor(most / Math.max(1, inner)));
  const whole = rows >= step ? rows - (rows % step) : rows;
  for (let i = 0; i < length; i += whole) {
    const count = Math.min(whole, length - i);
    yield shape.length === 0
      ? { offset: [], count: [] }
      : { offset: [i, ...rest.map(() => 0)], count: [count, ...rest] };
  }
}

const usualBlockBytes = 2 ** 20;
/** A data set is unpacked in rows of its chunks; one that is packed in larger chunks is unpacked more than once. */
const mostBlockBytes = 2 ** 26;

/** The bytes of a data set, in pieces, as they are stored. */
export async function* datasetPieces(
  { module }: Hdf5File,
  dataset: Dataset,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array, void> {
  const { size, shape, chunks } = dataset.metadata;
  if (shape === null) return;
  const row = shape.slice(1).reduce((product, length) => product * length, size);
  const step = chunks?.[0] ?? 1;
  const bytes = Math.min(mostBlockBytes, Math.max(usualBlockBytes, step * row));
  for (const { offset, count } of slabsOf(shape, Math.floor(bytes / size), step)) {
    signal?.throwIfAborted();
    yield await Promise.resolve(attempt(() => readSlab(module, dataset, offset, count)));
  }
}

function readSlab(
  module: Hdf5File['module'],
  { file_id, path, metadata }: Dataset,
  offset: readonly number[],
  count: readonly number[],
): Uint8Array {
  const bytes = count.reduce((product, length) => product * length, metadata.size);
  const address = module._malloc(bytes);
  if (address === 0) throw new UnreadableError('it does not fit into the memory that is free');
  try {
    const strides = count.map(() => 1n);
    const status = module.get_dataset_data(
      file_id,
      path,
      count.map(BigInt),
      offset.map(BigInt),
      strides,
      BigInt(address),
    );
    if (status < 0) throw new UnreadableError('it is damaged: its samples cannot be unpacked');
    return module.HEAPU8.slice(address, address + bytes);
  } finally {
    module._free(address);
  }
}

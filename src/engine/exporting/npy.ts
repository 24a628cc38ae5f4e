import { largest } from '../../core/recordings/extremes';

/**
 * Arrays in the format of NumPy, version 1.0 (2.0 where the header is long), little-endian and in C order:
 * https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 */

export interface NamedArray {
  readonly name: string;
  /** `<f4`, `<f8`, `<i4`, or `<U12` for texts of up to 12 characters. */
  readonly type: string;
  readonly shape: readonly number[];
  /** The bytes of all entries in order. */
  readonly data: () => AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

/** The header of an `.npy` file. */
export function npyHeader({ type, shape }: Pick<NamedArray, 'type' | 'shape'>): Uint8Array {
  const dimensions = `${shape.join(', ')}${shape.length === 1 ? ',' : ''}`;
  const description = `{'descr': '${type}', 'fortran_order': False, 'shape': (${dimensions}), }`;
  // The data begin on a multiple of 64 bytes, and the header ends in a line feed.
  const prefix = 10;
  const length = Math.ceil((prefix + description.length + 1) / 64) * 64 - prefix;
  const bytes = Buffer.alloc(prefix + length);
  bytes.write('\x93NUMPY\x01\x00', 'latin1');
  bytes.writeUInt16LE(length, 8);
  bytes.write(`${description.padEnd(length - 1)}\n`, prefix, 'latin1');
  return bytes;
}

/** How many bytes an array has without its header. */
export function byteLength({ type, shape }: Pick<NamedArray, 'type' | 'shape'>): number {
  const [, kind, size] = /^<([fiU])(\d+)$/.exec(type) ?? [];
  if (kind === undefined) throw new RangeError(`${type} is no type of an array`);
  return shape.reduce((product, length) => product * length, Number(size) * (kind === 'U' ? 4 : 1));
}

/** A one-dimensional array of float64. */
export function doubles(name: string, values: readonly number[]): NamedArray {
  return { name, type: '<f8', shape: [values.length], data: () => [bytesOf(Float64Array.from(values))] };
}

/** A one-dimensional array of int32. */
export function integers(name: string, values: readonly number[]): NamedArray {
  return { name, type: '<i4', shape: [values.length], data: () => [bytesOf(Int32Array.from(values))] };
}

/** Longer texts would make every entry of their array as long. */
const longestText = 4096;

/** A one-dimensional array of texts; `null` becomes the empty text. Characters beyond the 4,096th are cut. */
export function texts(name: string, values: readonly (string | null)[]): NamedArray {
  const characters = values.map((text) => Array.from(text ?? '').slice(0, longestText));
  const longest = largest(
    characters.map(({ length }) => length),
    1,
  );
  return {
    name,
    type: `<U${longest}`,
    shape: [values.length],
    data: function* () {
      for (const text of characters) {
        const codes = new Uint32Array(longest);
        text.forEach((character, i) => (codes[i] = scalarValueOf(character)));
        yield bytesOf(codes);
      }
    },
  };
}

/** Half of a surrogate pair is no character. */
function scalarValueOf(character: string): number {
  const code = character.codePointAt(0) ?? 0xfffd;
  return code >= 0xd800 && code <= 0xdfff ? 0xfffd : code;
}

/** The bytes of a typed array as they lie in memory: every platform that Kindred runs on is little-endian. */
export function bytesOf(values: Float32Array | Float64Array | Int32Array | Uint32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

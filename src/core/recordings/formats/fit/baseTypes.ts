/** A type of numbers in a FIT file. */
export interface BaseType {
  readonly bytes: number;
  /** The number at a place; NaN where the file says that there is none. */
  readonly read: (view: DataView, at: number, littleEndian: boolean) => number;
}

type Read = BaseType['read'];

function type(bytes: number, invalid: number, read: Read): BaseType {
  return {
    bytes,
    read: (view, at, littleEndian) => {
      const value = read(view, at, littleEndian);
      return value === invalid ? NaN : value;
    },
  };
}

const uint8: Read = (view, at) => view.getUint8(at);
const uint16: Read = (view, at, littleEndian) => view.getUint16(at, littleEndian);
const uint32: Read = (view, at, littleEndian) => view.getUint32(at, littleEndian);
const uint64: Read = (view, at, littleEndian) => Number(view.getBigUint64(at, littleEndian));

/** The types by their number, without the bit that says that the order of bytes matters; text (7) is none. */
const types: ReadonlyMap<number, BaseType> = new Map([
  [0, type(1, 0xff, uint8)],
  [1, type(1, 0x7f, (view, at) => view.getInt8(at))],
  [2, type(1, 0xff, uint8)],
  [3, type(2, 0x7fff, (view, at, littleEndian) => view.getInt16(at, littleEndian))],
  [4, type(2, 0xffff, uint16)],
  [5, type(4, 0x7fff_ffff, (view, at, littleEndian) => view.getInt32(at, littleEndian))],
  [6, type(4, 0xffff_ffff, uint32)],
  // All bits of an invalid one are set, which is NaN already.
  [8, type(4, NaN, (view, at, littleEndian) => view.getFloat32(at, littleEndian))],
  [9, type(8, NaN, (view, at, littleEndian) => view.getFloat64(at, littleEndian))],
  [10, type(1, 0, uint8)],
  [11, type(2, 0, uint16)],
  [12, type(4, 0, uint32)],
  [13, type(1, 0xff, uint8)],
  [14, type(8, 2 ** 63, (view, at, littleEndian) => Number(view.getBigInt64(at, littleEndian)))],
  [15, type(8, 2 ** 64, uint64)],
  [16, type(8, 0, uint64)],
]);

/** The type of this number, or `undefined` for text and for what is unknown. */
export function baseType(number: number): BaseType | undefined {
  return types.get(number & 0x1f);
}

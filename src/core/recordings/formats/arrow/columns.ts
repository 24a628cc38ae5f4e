import { Type, type DataType } from '@uwdata/flechette';
import type { Cell } from '../columns/column';

/** A column whose cells can be read. */
export interface ReadableType {
  /** 0 for single values, 1 for lists of them, 2 for lists of lists. */
  readonly depth: number;
  /** The unit of its values, where the type tells it. */
  readonly unit: string | null;
  /** Makes a value of the library a cell. */
  readonly cellOf: (value: unknown) => Cell;
}

const lists: ReadonlySet<number> = new Set([
  Type.List,
  Type.LargeList,
  Type.FixedSizeList,
  Type.ListView,
  Type.LargeListView,
]);

/** What is a number, a truth value or a text as the library hands it out. */
const values: ReadonlySet<number> = new Set([
  ...[Type.Null, Type.Bool, Type.Int, Type.Float, Type.Decimal],
  ...[Type.Utf8, Type.LargeUtf8, Type.Utf8View],
]);

export function isList({ typeId }: DataType): boolean {
  return lists.has(typeId);
}

/** How the cells of a column are read; `null` for records and what else is no value. */
export function readableType(type: DataType): ReadableType | null {
  if (!isList(type)) return plainType(type);
  const [child] = 'children' in type ? type.children : [];
  const inside = child === undefined ? null : readableType(child.type);
  return inside === null || inside.depth > 1 ? null : { ...inside, depth: inside.depth + 1 };
}

function plainType(type: DataType): ReadableType | null {
  const plain = (cellOf: ReadableType['cellOf'], unit: string | null = null) => ({ depth: 0, unit, cellOf });
  if (type.typeId === Type.Dictionary) return plainType(type.dictionary);
  if (type.typeId === Type.Timestamp || type.typeId === Type.Date) {
    return plain((value) => (typeof value === 'number' ? { seconds: value / 1000 } : null));
  }
  if (type.typeId === Type.Time || type.typeId === Type.Duration) {
    const perSecond = 1000 ** type.unit;
    return plain((value) => (value == null ? null : Number(value) / perSecond), 's');
  }
  return values.has(type.typeId) ? plain(valueOf) : null;
}

function valueOf(value: unknown): Cell {
  const isValue =
    typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean' || typeof value === 'string';
  return isValue ? value : null;
}

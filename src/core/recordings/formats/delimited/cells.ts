import { isMoment, longestMoment } from '../../clock/moments';
import { largest } from '../../extremes';
import { isMissing, isOfSigns, numberIn, type NumberForm } from '../text/numbers';

/** What a cell looks like on its own. */
export type CellKind = 'number' | 'missing' | 'moment' | 'flag' | 'measure' | 'vector' | 'text';

export function kindOf(cell: string, form: NumberForm): CellKind {
  if (cell.length > longestMoment && !/^\s*[[({<\d]/.test(cell)) return 'text';
  if (isPlainNumber(cell, form)) return 'number';
  const isWordless = isOfSigns(cell);
  if (!isWordless && isMissing(cell)) return 'missing';
  if (numberIn(cell, form) !== undefined) return 'number';
  if (!isWordless && flagOf(cell) !== null) return 'flag';
  if (isMoment(cell)) return 'moment';
  // Vectors have blanks or brackets, measures have units.
  if (isWordless) return 'text';
  if (vectorOf(cell, form) !== null) return 'vector';
  return measureOf(cell, form) === null ? 'text' : 'measure';
}

/** Most numbers are plain, which is known at little cost; a sign that may part thousands needs a closer look. */
function isPlainNumber(cell: string, { decimal, thousands }: NumberForm): boolean {
  if (thousands !== '') return wholeNumber.test(cell);
  return (decimal === ',' ? withEither : withPoint).test(cell);
}

const wholeNumber = /^[-+]?\d+$/;
const withPoint = /^[-+]?(?:\d+\.?\d*|\.\d+)$/;
const withEither = /^[-+]?(?:\d+[.,]?\d*|[.,]\d+)$/;

/** Whether cells of a kind are values of a signal or a clock. */
export function isValue(kind: CellKind): boolean {
  return kind !== 'text' && kind !== 'missing';
}

const flags: ReadonlyMap<string, number> = new Map(
  Object.entries({
    ...{ true: 1, false: 0, yes: 1, no: 0, on: 1, off: 0, open: 1, closed: 0, high: 1, low: 0, ja: 1, nein: 0 },
    ...{ wahr: 1, falsch: 0, vrai: 1, faux: 0, oui: 1, non: 0, ein: 1, aus: 0, auf: 1, zu: 0, active: 1, inactive: 0 },
  }),
);

const longestFlag = largest([...flags.keys()].map(({ length }) => length));

/** 1 for true, yes, on and the like, 0 for their opposites. */
export function flagOf(cell: string): number | null {
  const word = cell.trim();
  return word.length > longestFlag || /^\d/.test(word) ? null : (flags.get(word.toLowerCase()) ?? null);
}

/** A number with a unit behind it, or the sign of a currency in front. */
export interface Measure {
  readonly value: number;
  readonly unit: string;
}

const behind =
  /^([-+\u2212]?[\d.,'\u00A0\u202F]*\d(?:[eE][-+]?\d+)?) {0,3}([\p{L}°µμΩ%‰/][\p{L}°µμΩ%‰/²³^.·*()-]{0,11}(?:\^?-?\d\)?)?)$/u;
const before = /^([$€£¥])\s*([-+\u2212]?[\d.,' ]*\d)$/;

export function measureOf(cell: string, form: NumberForm): Measure | null {
  const text = cell.trim();
  if (text.length > 40) return null;
  const parts = behind.exec(text);
  const [number, unit] = parts ? [parts[1], parts[2]] : (before.exec(text)?.slice(1).reverse() ?? []);
  if (number === undefined || unit === undefined || /^[eE]\d|^x/.test(unit)) return null;
  const value = numberIn(number, form);
  return value === undefined || Number.isNaN(value) ? null : { value, unit };
}

/** The numbers of a cell such as `[0.1, -0.2]`, `(1 2 3)` or `1 2 3`, at least two; gaps are NaN. */
export function vectorOf(cell: string, form: NumberForm): number[] | null {
  const text = cell.trim();
  const inner = /^(?:array|tensor)?\s*[[({<]+(.*?)[\])}>]+$/s.exec(text)?.[1];
  const body = (inner ?? text).trim();
  if (inner === undefined && !/^[-+\d.][^,]*[\s;|][-+\d.]/.test(body)) return null;
  const parts = body.split(
    /[;|]/.test(body) ? /\s*[;|]\s*/ : body.includes(',') && inner !== undefined ? /\s*,\s*/ : /\s+/,
  );
  if (parts.length < 2) return null;
  const numbers = parts.map((part) => numberIn(part, form));
  return numbers.includes(undefined) ? null : (numbers as number[]);
}

/** The number in a cell of hexadecimal digits without a mark. */
export function hexOf(cell: string): number | null {
  const text = cell.trim();
  return /^[\da-f]{1,12}$/i.test(text) ? Number.parseInt(text, 16) : null;
}

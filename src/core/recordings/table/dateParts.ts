import { entry } from '../entry';
import type { TableColumn } from './column';
import { stretchesOf } from './stretches';

type Part = 'year' | 'month' | 'day' | 'doy' | 'hour' | 'minute' | 'second' | 'fraction';

const names: readonly (readonly [RegExp, Part])[] = [
  [/^(year|yyyy|yy|yr|jahr|année|annee|año|ano)$/i, 'year'],
  [/^(month|mon|mo|monat|mois|mes)$/i, 'month'],
  [/^(day|dd|dy|tag|jour|dia|día|dom)$/i, 'day'],
  [/^(doy|day of year|yday|jday|julian day)$/i, 'doy'],
  [/^(hour|hours|hr|hh|h|stunde|std|heure|hora)$/i, 'hour'],
  [/^(minute|minutes|min|mn|mi)$/i, 'minute'],
  [/^(second|seconds|sec|ss|sek|sekunde)$/i, 'second'],
  [/^(millisecond|milliseconds|ms|msec|millis)$/i, 'fraction'],
];

const ranges: Readonly<Record<Part, readonly [number, number]>> = {
  year: [0, 2200],
  month: [1, 12],
  day: [1, 31],
  doy: [1, 366],
  hour: [0, 24],
  minute: [0, 59],
  second: [0, 60],
  fraction: [0, 999.999],
};

/** A date that is spread over several columns, put together. */
export interface ComposedDate {
  readonly columns: readonly number[];
  /** Seconds since 1970, or since midnight where no date is among the parts. */
  readonly seconds: Float64Array;
  readonly period: number;
}

/** Finds columns named year, month, day, hour ... and puts them together; `null` unless at least two belong together. */
export function composedDate(columns: readonly TableColumn[], rows: number): ComposedDate | null {
  const found = new Map<Part, number>();
  for (const [at, column] of columns.entries()) {
    const part = partOf(column, found);
    if (part !== null && !found.has(part)) found.set(part, at);
  }
  const isDate = found.has('year') && (found.has('month') || found.has('doy'));
  const isTime = found.has('hour') && found.has('minute');
  if (!isDate && !isTime) return null;
  const value = (part: Part, row: number, otherwise: number) => {
    const at = found.get(part);
    return at === undefined ? otherwise : entry(columns, at).values[row]!;
  };
  const seconds = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    const time =
      value('hour', row, 0) * 3600 +
      value('minute', row, 0) * 60 +
      value('second', row, 0) +
      value('fraction', row, 0) / 1000;
    seconds[row] = time + (isDate ? dateOf((part, otherwise) => value(part, row, otherwise)) : 0);
  }
  return { columns: [...found.values()], seconds, period: isDate ? Infinity : 86_400 };
}

function dateOf(value: (part: Part, otherwise: number) => number): number {
  const year = value('year', 1970);
  const full = year < 70 ? year + 2000 : year < 100 ? year + 1900 : year;
  return Date.UTC(full, value('month', 1) - 1, value('day', 1) + value('doy', 1) - 1) / 1000;
}

/** Whether a column's name is that of a part of a date. */
export function isDatePart(name: string): boolean {
  const word = plain(name);
  return /^mm$/i.test(word) || names.some(([pattern]) => pattern.test(word));
}

function plain(name: string): string {
  return name.replace(/[_#\s]+/g, ' ').trim();
}

/** NOAA's buoys call months and minutes both mm: the first of the two is the month, if a year stands before it. */
function partOf({ name, kind, values }: TableColumn, found: ReadonlyMap<Part, number>): Part | null {
  if (name === null || kind !== 'number') return null;
  const word = plain(name);
  const part = /^mm$/i.test(word)
    ? found.has('year') && !found.has('month')
      ? 'month'
      : 'minute'
    : (names.find(([pattern]) => pattern.test(word))?.[1] ?? null);
  if (part === null) return null;
  const [low, high] = ranges[part];
  const isPart = values.every((value) => value >= low && value <= high);
  const isWhole = part === 'second' || part === 'fraction' || stretchesOf(values, 1).whole;
  return isPart && isWhole ? part : null;
}

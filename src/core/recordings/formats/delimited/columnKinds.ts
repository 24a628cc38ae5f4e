import { parseDigits, parseMoment, type DateOrder } from '../../clock/moments';
import { clockName, isTimeUnit, mentionsTime } from '../../clock/names';
import { runsExactly } from '../../clock/evidence';
import { isMissing, numberIn, type NumberForm } from '../text/numbers';
import { hexOf, kindOf, measureOf, vectorOf, type CellKind } from './cells';

/** What all cells of a column are, and what it takes to read them; those that nobody asked for are not read. */
export type ColumnKind =
  | { readonly kind: 'number' | 'flag' | 'hex' | 'text' | 'empty' | 'digits' | 'unread' }
  | { readonly kind: 'measure'; readonly unit: string }
  | { readonly kind: 'vector'; readonly size: number }
  | { readonly kind: 'moment'; readonly order: DateOrder; readonly isOpen: boolean; readonly minutes: boolean };

/** The kind of most cells that are not missing. */
export function columnKindOf(cells: readonly string[], form: NumberForm): ColumnKind {
  const counts = new Map<CellKind, number>();
  let known = 0;
  for (const cell of cells) {
    const kind = kindOf(cell, form);
    if (kind === 'missing') continue;
    known++;
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  if (known === 0) return { kind: 'empty' };
  const share = (kind: CellKind) => (counts.get(kind) ?? 0) / known;
  if (share('moment') > 0.5) return momentKind(cells);
  const hex = isHex(cells, known, share('number'));
  if (hex) return { kind: 'hex' };
  if (share('number') > 0.5) return { kind: 'number' };
  if (share('flag') > 0.9) return { kind: 'flag' };
  if (share('vector') > 0.5) return vectorKind(cells, form);
  if (share('measure') + share('number') > 0.5) {
    const unit = unitOf(cells, form);
    if (unit !== null) return { kind: 'measure', unit };
  }
  return { kind: 'text' };
}

/** Hexadecimal digits in every cell, of which too many have letters among them for numbers with an exponent or a unit. */
function isHex(cells: readonly string[], known: number, numbers: number): boolean {
  if (numbers === 1) return false;
  let [hex, letters] = [0, 0];
  const firsts = new Set<boolean>();
  for (const cell of cells) {
    if (isMissing(cell)) continue;
    if (hexOf(cell) === null) return false;
    hex++;
    firsts.add(/^\d/.test(cell.trim()));
    if (/[a-f]/i.test(cell)) letters++;
  }
  const isWord = cells.every((cell) => !/\d/.test(cell));
  return hex === known && letters * 20 > hex && !isWord && (firsts.size > 1 || letters < hex);
}

/** The unit behind the numbers, if it is the same in nearly all cells. */
function unitOf(cells: readonly string[], form: NumberForm): string | null {
  const counts = new Map<string, number>();
  let all = 0;
  for (const cell of cells) {
    const unit = measureOf(cell, form)?.unit;
    if (unit === undefined) continue;
    all++;
    counts.set(unit, (counts.get(unit) ?? 0) + 1);
  }
  for (const [unit, count] of counts) if (count > all * 0.95) return unit;
  return null;
}

const longestVector = 2 ** 16;

function vectorKind(cells: readonly string[], form: NumberForm): ColumnKind {
  const sizes = new Map<number, number>();
  for (const cell of cells) {
    const size = vectorOf(cell, form)?.length;
    if (size !== undefined) sizes.set(size, (sizes.get(size) ?? 0) + 1);
  }
  const [size, count] = [...sizes].reduce((most, next) => (next[1] > most[1] ? next : most), [0, 0]);
  const all = [...sizes.values()].reduce((sum, next) => sum + next, 0);
  return count * 2 > all && size <= longestVector ? { kind: 'vector', size } : { kind: 'text' };
}

function momentKind(cells: readonly string[]): ColumnKind {
  return { kind: 'moment', ...orderOf(cells), minutes: countsMinutes(cells) };
}

/** Whether `12:34` counts minutes and seconds: only then can its first part be above 24. */
function countsMinutes(cells: readonly string[]): boolean {
  return cells.some((cell) => Number(/^\s*(\d{1,4}):\d{2}\s*$/.exec(cell)?.[1] ?? 0) > 24);
}

/**
 * Day or month first, by a part above 12, else by which of the two makes the more even clock; it is open where they are as
 * even but not alike.
 */
function orderOf(cells: readonly string[]): { readonly order: DateOrder; readonly isOpen: boolean } {
  const sure = (order: DateOrder) => ({ order, isOpen: false });
  let open = 0;
  for (const cell of cells) {
    const parts = /(?:^|\s)(\d{1,2})[-/.](\d{1,2})[-/.](?:\d{4}|\d{2})(?!\d)/.exec(cell);
    if (parts === null) continue;
    if (Number(parts[1]) > 12) return sure('day-first');
    if (Number(parts[2]) > 12) return sure('month-first');
    open++;
  }
  if (open === 0) return sure('day-first');
  const [day, month] = [stepsBetween(cells, 'day-first'), stepsBetween(cells, 'month-first')];
  if (unevenness(day) !== unevenness(month))
    return sure(unevenness(day) < unevenness(month) ? 'day-first' : 'month-first');
  const order = cells.some((cell) => /\d\s*[ap]\.?m/i.test(cell)) ? 'month-first' : 'day-first';
  return { order, isOpen: day.some((step, i) => step !== month[i]) };
}

/** Milliseconds between the moments of neighbouring rows. */
function stepsBetween(cells: readonly string[], order: DateOrder): readonly number[] {
  const stamps = Float64Array.from(cells.flatMap((cell) => parseMoment(cell, order)?.seconds ?? []));
  return Array.from(stamps.subarray(1), (stamp, i) => Math.round((stamp - stamps[i]!) * 1000));
}

/** How many different steps there are between the moments of neighbouring rows, those backwards counted twice. */
function unevenness(steps: readonly number[]): number {
  const back = steps.filter((step) => step < 0).length;
  return new Set(steps).size + Math.min(back, steps.length + 1 - back);
}

/** Dates of digits alone (20240125, 20240125090000) are numbers to look at; a name of time tells them, or their steps. */
export function isDigits(cells: readonly string[], name: string | null): boolean {
  let [found, known, long] = [0, 0, 0];
  for (const cell of cells) {
    if (isMissing(cell)) continue;
    known++;
    if (parseDigits(cell) !== undefined) found++;
    if (cell.trim().length >= 12) long++;
  }
  const named = name !== null && (mentionsTime(name) || clockName(name, null) !== null);
  // A line below the samples may hold words.
  return known > 0 && found * 10 >= known * 9 && (named || long === known);
}

/** Whether a column of numbers may be a clock or a counter, so that it is worth keeping in double precision. */
export function mayRun(cells: readonly string[], form: NumberForm, name: string | null, unit: string | null): boolean {
  if (name !== null && (clockName(name, unit) !== null || mentionsTime(name))) return true;
  if (unit !== null && isTimeUnit(unit)) return true;
  const numbers = Float64Array.from(cells.map((cell) => numberIn(cell, form) ?? NaN));
  if (runsExactly(numbers)) return true;
  let [forward, back] = [0, 0];
  for (let i = 1; i < numbers.length; i++) {
    if (numbers[i]! > numbers[i - 1]!) forward++;
    else if (numbers[i]! < numbers[i - 1]!) back++;
  }
  return Math.min(forward, back) * 10 <= numbers.length;
}

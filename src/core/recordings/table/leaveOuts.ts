import { entry } from '../entry';
import { isCounterName } from '../clock/names';
import { listed, type TableColumn } from './column';
import { stretchesOf } from './stretches';

/** Columns that are no signal though they hold numbers. */
export interface LeaveOuts {
  readonly columns: ReadonlySet<number>;
  readonly notes: readonly string[];
}

const flagName =
  /^(is )?(status( ?(code|flag|bits?))?|flags?|valid(ity)?|state ?flags?|quality ?flags?|error( ?code)?s?|err|crc ?\d*|check ?sums?|parity|lost( ?packets?)?|dropped)$/i;
const counterName =
  /\b(index|idx|counter|count(er)? ?(no|nr)|seq|n ?seq|sequence|packet|frame|row|line|record|sample)( ?(number|num|no|nr|index|idx|counter|id|count))?$/i;

/** Counters, also those that start over (0 to 255), row numbers and flags of status. */
export function leaveOutsOf(columns: readonly TableColumn[], others: ReadonlySet<number>): LeaveOuts {
  const counters: number[] = [];
  const flags: number[] = [];
  for (const [at, column] of columns.entries()) {
    if (others.has(at) || column.kind !== 'number') continue;
    if (isCounter(column, at, columns.length)) counters.push(at);
    else if (isFlag(column)) flags.push(at);
  }
  const notes: string[] = [];
  const [counter] = counters;
  if (counters.length === 1 && counter !== undefined && entry(columns, counter).name === null)
    notes.push('a column that counts the rows left out');
  else if (counters.length > 0) notes.push(`columns that count left out: ${listed(columns, counters)}`);
  if (flags.length > 0) notes.push(`flags of status left out: ${listed(columns, flags)}`);
  return { columns: new Set([...counters, ...flags]), notes };
}

function plain(name: string): string {
  return name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/[_\-.:/#]+/g, ' ')
    .trim();
}

function isFlag({ name, unit, values }: TableColumn): boolean {
  if (name === null || unit !== null || !flagName.test(plain(name))) return false;
  const { whole, values: different } = stretchesOf(values, 16);
  return whole && different.length <= 16;
}

function isCounter({ name, unit, values, exact }: TableColumn, at: number, width: number): boolean {
  if (width < 2 || unit !== null) return false;
  if (name === null) return at === 0 && counts(exact ?? values, 1) > 0.98;
  if (isCounterName(plain(name)) || counterName.test(plain(name)))
    return counts(exact ?? values, 0) > 0.9 || stretchesOf(values, 1).runs === 1;
  // A first column that holds 0, 1, 2 ... counts whatever its name is.
  return at === 0 && values.length >= 8 && (values[0] === 0 || values[0] === 1) && counts(exact ?? values, 1) === 1;
}

/**
 * The share of steps that count: by 1 (or, where `least` is 0, by what most steps are, or by nothing), or back to the
 * smallest value from near the largest. 0 for what is not whole, or does not move.
 */
function counts(values: Float32Array | Float64Array, least: 0 | 1): number {
  if (values.length < 3) return 0;
  // Newest first.
  if (values[0]! > values[values.length - 1]! && values[0]! - values[1]! === 1)
    return counts(values.slice().reverse(), least);
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    if (!Number.isInteger(value)) return 0;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (!(high > low)) return 0;
  // Single precision holds whole numbers up to 2^24 only; larger ones still step by 0 or 2.
  const ones = values instanceof Float32Array && high >= 2 ** 24 ? 2 : 1;
  const usual = least === 1 ? ones : usualStep(values);
  let [good, moved] = [0, 0];
  for (let i = 1; i < values.length; i++) {
    const step = values[i]! - values[i - 1]!;
    const wraps = values[i]! <= low + Math.abs(usual) && values[i - 1]! >= high - Math.abs(usual) * 2;
    const isStep = step > 0 && step <= Math.max(ones, usual);
    if (isStep || wraps || (least === 0 && step === 0)) good++;
    if (step !== 0) moved++;
  }
  return moved === 0 ? 0 : good / (values.length - 1);
}

function usualStep(values: Float32Array | Float64Array): number {
  const steps = new Map<number, number>();
  for (let i = 1; i < Math.min(values.length, 4096); i++) {
    const step = values[i]! - values[i - 1]!;
    if (step > 0) steps.set(step, (steps.get(step) ?? 0) + 1);
  }
  let [usual, most] = [1, 0];
  for (const [step, times] of steps) if (times > most) [usual, most] = [step, times];
  return usual;
}

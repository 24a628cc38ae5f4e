import { entry } from '../entry';
import { isTimeUnit, clockName, mentionsTime, secondsPer, unitWithin } from '../clock/names';
import { countsRows, directionsOf, runsEvenly, runsExactly, runsLikeClock, stepsOfStamps } from '../clock/evidence';
import { unitOf } from '../clock/unit';
import type { ChannelChoice, Decisions } from '../reading/decisions';
import type { Doubt } from '../reading/doubts';
import { RefusedDecision, shownChoice, shownDecision } from '../reading/refused';
import { unrollPeriod, unrollSummerTime } from '../clock/unroll';
import { listed, shownName, type Table, type TableColumn } from './column';
import { composedDate } from './dateParts';
import { decidedColumn } from './decided';

/** Which columns of a table tell the time and so are no channels. */
export interface ClockChoice {
  readonly columns: ReadonlySet<number>;
  /** The stamps to use, one per row, or `null` if the table has no clock. */
  readonly stamps: Float64Array | null;
  /** The unit of the stamps if the file tells it. */
  readonly secondsPerUnit: number | null;
  /** The column that tells the time, or the first of those that do together. */
  readonly clock: number | null;
  /** Whether that column alone tells it, in numbers of some unit. */
  readonly isCount: boolean;
  readonly notes: readonly string[];
  /** How the clock is called in a message; empty without one. */
  readonly shown: string;
  readonly doubts: readonly Doubt[];
}

interface Candidate {
  readonly columns: readonly number[];
  readonly stamps: Float64Array;
  readonly secondsPerUnit: number | null;
  readonly notes: readonly string[];
  /** Why it was taken for a clock though it is not called one. */
  readonly guess?: string;
  /** Whether that may be wrong. */
  readonly isDoubtful?: boolean;
}

/**
 * Chooses the clock among the columns that are named as one or hold dates and run like one; else a first column (or, in
 * a table without names, any) that increases evenly. Of several it takes the one whose unit is known and whose steps are
 * the most even. All that tell the time, and copies of the clock, are set aside.
 * @param decided goes before all that; without a clock, what is called one is still set aside
 * @param isPart whether the table is part of one that was judged as a whole: what cannot be carried out is passed over
 * @throws RefusedDecision for a column that is not there, or is no clock
 */
export function chooseClock(table: Table, decided: Decisions = {}, isPart = false): ClockChoice {
  const { columns } = table;
  const idle = columns.flatMap(({ kind }, at) => (kind === 'moment' ? [at] : []));
  const found = candidatesOf(table);
  const candidates = decided.clock === null ? found.filter(({ guess }) => guess === undefined) : found;
  const chosen = chosenClock(table, candidates, idle, decided, isPart);
  const set = new Set([...idle, ...candidates.flatMap((candidate) => candidate.columns), ...(chosen?.columns ?? [])]);
  if (chosen !== undefined) for (const at of copiesOf(chosen, columns)) set.add(at);
  const others = [...set].filter((at) => chosen?.columns.includes(at) !== true).sort((a, b) => a - b);
  const notes = [...(chosen?.notes ?? [])];
  const doubts = orderDoubts(columns, chosen?.columns ?? []);
  if (chosen?.guess !== undefined && decided.clock === undefined) {
    if (chosen.isDoubtful !== true) notes.push(chosen.guess);
    else doubts.push({ sentence: `${chosen.guess}, as it rises in even steps.`, settledBy: ['clock'] });
  }
  if (others.length > 0) notes.push(`other columns that tell the time left out: ${listed(columns, others)}`);
  return {
    columns: set,
    stamps: chosen?.stamps ?? null,
    secondsPerUnit: decidedUnit(table, chosen, decided, isPart) ?? chosen?.secondsPerUnit ?? null,
    clock: chosen?.columns[0] ?? null,
    isCount: isCount(table, chosen),
    notes,
    shown: listed(columns, chosen?.columns ?? []),
    doubts,
  };
}

function chosenClock(
  table: Table,
  candidates: readonly Candidate[],
  idle: readonly number[],
  { clock }: Decisions,
  isPart: boolean,
): Candidate | undefined {
  if (clock === undefined) return best(candidates) ?? unnamedClock(table, new Set(idle));
  if (clock === null) return undefined;
  const at = decidedColumn(table, clock, 'clock column');
  return candidates.find(({ columns }) => columns.includes(at)) ?? decidedClock(table, at, clock, isPart);
}

function decidedClock({ columns }: Table, at: number, choice: ChannelChoice, isPart: boolean): Candidate | undefined {
  const column = columns[at];
  if (column === undefined || column.kind === 'text')
    throw new RefusedDecision(`the clock column ${shownChoice(choice)}, which holds words`);
  const { name, unit, values, moment } = column;
  const stamps = column.exact?.slice() ?? Float64Array.from(values);
  const notes = moment === null || moment.zoned ? [] : unrolled(stamps, moment.period).notes;
  if (!runsLikeClock(stamps)) {
    if (isPart) return undefined;
    throw new RefusedDecision(`the clock column ${shownChoice(choice)}, which does not go forward`);
  }
  return { columns: [at], stamps, secondsPerUnit: moment === null ? namedUnit(name, unit) : 1, notes };
}

/** The unit of a clock that its name, or the unit beside it, tells. */
function namedUnit(name: string | null, unit: string | null): number | null {
  if (unit !== null || name === null) return secondsPer(unit ?? '');
  const within = mentionsTime(name) ? unitWithin(name) : null;
  return clockName(name, unit)?.secondsPerUnit ?? within ?? secondsPer(name);
}

function isCount({ columns }: Table, chosen: Candidate | undefined): boolean {
  const [at, ...others] = chosen?.columns ?? [];
  return at !== undefined && others.length === 0 && columns[at]?.kind === 'number';
}

/** @throws RefusedDecision where a unit is decided, but there is no clock that counts */
function decidedUnit(table: Table, chosen: Candidate | undefined, decided: Decisions, isPart: boolean): number | null {
  if (decided.clockUnit === undefined) return null;
  const [at] = chosen?.columns ?? [];
  const column = at === undefined ? undefined : table.columns[at];
  if (isCount(table, chosen)) return secondsPer(decided.clockUnit);
  if (isPart) return null;
  const why =
    column === undefined || at === undefined
      ? 'but it has no clock'
      : `but its clock ${shownName(column, at)} holds dates or times of day`;
  throw new RefusedDecision(`${shownDecision('clockUnit', decided)}, ${why}`);
}

function orderDoubts(columns: readonly TableColumn[], places: readonly number[]): Doubt[] {
  return places
    .filter((at) => columns[at]?.moment?.openOrder === true)
    .map((at) => ({
      sentence: `The dates of ${listed(columns, [at])} may have the day or the month first.`,
      settledBy: ['rate'],
    }));
}

function candidatesOf({ columns, rows }: Table): Candidate[] {
  const candidates: Candidate[] = [];
  const taken = new Set<number>();
  const pair = dateAndTime(columns);
  if (pair !== null) {
    candidates.push(pair);
    for (const at of pair.columns) taken.add(at);
  }
  const composed = composedDate(columns, rows);
  if (composed !== null) {
    const { notes } = unrollPeriod(composed.seconds, composed.period);
    const note = `its clock was put together from ${listed(columns, composed.columns)}`;
    candidates.push({
      columns: composed.columns,
      stamps: composed.seconds,
      secondsPerUnit: 1,
      notes: [note, ...notes],
    });
    for (const at of composed.columns) taken.add(at);
  }
  for (const [at, column] of columns.entries()) {
    const candidate = taken.has(at) ? null : candidateOf(column, at);
    if (candidate !== null) candidates.push(candidate);
  }
  return candidates.filter(({ stamps }) => runsLikeClock(stamps));
}

/** A column of dates and one of times of day, which only together tell the time. */
function dateAndTime(columns: readonly TableColumn[]): Candidate | null {
  const date = columns.findIndex((column) => column.moment?.kind === 'date');
  const time = columns.findIndex((column) => column.moment?.kind === 'time');
  const [days, times] = [columns[date]?.exact, columns[time]?.exact];
  if (!days || !times) return null;
  const stamps = days.map((day, row) => day + times[row]!);
  const { notes } = unrollSummerTime(stamps);
  return { columns: [date, time], stamps, secondsPerUnit: 1, notes };
}

function candidateOf(column: TableColumn, at: number): Candidate | null {
  const { name, unit, exact, moment } = column;
  if (exact === null) return null;
  if (moment !== null) {
    const stamps = exact.slice();
    const { notes } = moment.zoned ? { notes: [] } : unrolled(stamps, moment.period);
    return { columns: [at], stamps, secondsPerUnit: 1, notes };
  }
  if (column.kind !== 'number') return null;
  if (name === null) return epochs(column, exact, at);
  const clock = clockName(name, unit);
  if (clock !== null) return { columns: [at], stamps: exact, secondsPerUnit: clock.secondsPerUnit, notes: [] };
  if (unit !== null && !isTimeUnit(unit)) return null;
  if (!mentionsTime(name) || !(runsEvenly(exact) || neverFalls(exact) || runsExactly(exact.slice().reverse())))
    return null;
  const secondsPerUnit = unit === null ? unitWithin(name) : secondsPer(unit);
  return { columns: [at], stamps: exact, secondsPerUnit, notes: [], guess: guessOf(column, at) };
}

/** A column without a name that counts from 1970. */
function epochs(column: TableColumn, stamps: Float64Array, at: number): Candidate | null {
  const { secondsPerUnit, note } = unitOf(stamps);
  if (secondsPerUnit === null || note !== null || !neverFalls(stamps)) return null;
  return { columns: [at], stamps, secondsPerUnit, notes: [], guess: guessOf(column, at) };
}

function guessOf(column: TableColumn, at: number): string {
  return `${shownName(column, at)} was taken for its clock`;
}

function unrolled(stamps: Float64Array, period: number): { readonly notes: readonly string[] } {
  return Number.isFinite(period) ? unrollPeriod(stamps, period) : unrollSummerTime(stamps);
}

function neverFalls(stamps: Float64Array): boolean {
  const { count, positive, negative } = directionsOf(stamps);
  return negative === 0 && positive > count / 20;
}

function best(candidates: readonly Candidate[]): Candidate | undefined {
  let chosen: Candidate | undefined;
  let most = -Infinity;
  for (const candidate of candidates) {
    const score = candidates.length === 1 ? 0 : worthOf(candidate);
    if (score > most) [chosen, most] = [candidate, score];
  }
  return chosen;
}

/** A known unit counts most, then stamps that differ, then even steps. */
function worthOf({ stamps, secondsPerUnit }: Candidate): number {
  const { count, positive, median } = stepsOfStamps(stamps);
  let even = 0;
  for (let i = 1; i < stamps.length; i++) if (Math.abs(stamps[i]! - stamps[i - 1]! - median) <= median * 0.05) even++;
  const isKnown = secondsPerUnit !== null || unitOf(stamps).secondsPerUnit !== null;
  return (isKnown ? 4 : 0) + (2 * positive) / Math.max(1, count) + even / Math.max(1, count);
}

function unnamedClock({ columns, named }: Table, others: ReadonlySet<number>): Candidate | undefined {
  if (columns.length < 2) return undefined;
  for (const [at, column] of columns.entries()) {
    const { name, unit, exact, kind } = column;
    if (others.has(at) || kind !== 'number' || exact === null) continue;
    if (at > 0 && (named || name !== null)) break;
    if ((countsRows(exact) && unitOf(exact).secondsPerUnit === null) || (unit !== null && !isTimeUnit(unit))) continue;
    // A signal with a name of its own may rise for a while; only a perfectly even one is surely no signal.
    const runs = at === 0 && name === null ? runsEvenly(exact) : runsExactly(exact);
    if (!runs && !runsExactly(exact.slice().reverse())) continue;
    const secondsPerUnit = secondsPer(unit ?? name ?? '');
    // LabVIEW calls its axis of time `X_Value`; other names that do not speak of time leave a doubt.
    const isDoubtful = name !== null && secondsPerUnit === null && !/^x_value$/i.test(name);
    return { columns: [at], stamps: exact, secondsPerUnit, notes: [], guess: guessOf(column, at), isDoubtful };
  }
  return undefined;
}

/** Columns that repeat the clock, as programs write that give each signal its own. */
function copiesOf({ columns: own, stamps }: Candidate, columns: readonly TableColumn[]): number[] {
  const names = new Set(own.map((at) => entry(columns, at).name));
  return columns.flatMap(({ name, values, kind }, at) => {
    if (own.includes(at) || kind !== 'number') return [];
    if (name !== null && !names.has(name) && !mentionsTime(name)) return [];
    return values.every((value, row) => value === Math.fround(stamps[row]!)) ? [at] : [];
  });
}

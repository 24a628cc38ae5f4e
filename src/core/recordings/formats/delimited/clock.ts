import { clockName, isCounterName, isTimeUnit } from '../../clock/names';
import { countsRows, runsEvenly, runsLikeClock, stepsOfStamps } from '../../clock/evidence';
import type { ColumnName } from './header';
import type { NumberColumn, StampColumn } from './table';

/** Which columns of a table tell the time and so are no channels. */
export interface ClockChoice {
  readonly columns: ReadonlySet<number>;
  /** The stamps to use, one per row, or `null` if the table has no clock. */
  readonly stamps: Float64Array | null;
  /** The unit of the stamps if the file tells it. */
  readonly secondsPerUnit: number | null;
  readonly notes: readonly string[];
}

/**
 * Chooses the clock: a column named as one that runs like one, a dated one or one with a unit before others; else a first
 * column of dates, or one that increases evenly. Columns that only count the rows are set aside too.
 */
export function chooseClock(
  names: readonly ColumnName[],
  columns: readonly NumberColumn[],
  stampColumns: readonly StampColumn[],
): ClockChoice {
  const counters = columns.flatMap((column, i) => (isCounter(names[i], column, i) ? [i] : []));
  const candidates = stampColumns.flatMap((stamps) => candidateOf(stamps, names[stamps.column]) ?? []);
  const chosen = candidates.find((candidate) => candidate.secondsPerUnit !== null) ?? candidates[0];
  const first = stampColumns.find((stamps) => stamps.column === 0 && !counters.includes(0));
  const clock = chosen ?? (first && columns.length > 1 ? unnamedClock(first, names[0]) : undefined);
  const others = candidates.length > 1 ? [`${candidates.length} columns tell the time: one of them was used`] : [];
  return {
    columns: new Set([
      ...counters,
      ...candidates.map((candidate) => candidate.column),
      ...(clock ? [clock.column] : []),
    ]),
    stamps: clock?.stamps ?? null,
    secondsPerUnit: clock?.secondsPerUnit ?? null,
    notes: [
      ...(clock?.notes ?? []),
      ...others,
      ...(counters.length > 0 ? ['a column that counts the rows left out'] : []),
    ],
  };
}

interface Candidate {
  readonly column: number;
  readonly stamps: Float64Array;
  readonly secondsPerUnit: number | null;
  readonly notes: readonly string[];
}

function candidateOf({ column, stamps, dates }: StampColumn, named: ColumnName | undefined): Candidate | null {
  const clock = named?.name == null ? null : clockName(named.name, named.unit);
  if (clock === null || !runsLikeClock(stamps)) return null;
  return { column, stamps, secondsPerUnit: dates * 2 > stamps.length ? 1 : clock.secondsPerUnit, notes: [] };
}

function unnamedClock({ column, stamps, dates }: StampColumn, named: ColumnName | undefined): Candidate | undefined {
  if (dates * 2 > stamps.length) {
    return runsLikeClock(stamps) ? { column, stamps, secondsPerUnit: 1, notes: [] } : undefined;
  }
  if (named?.unit != null && !isTimeUnit(named.unit)) return undefined;
  // A signal with a name of its own may rise for a while; only a perfectly even one is surely no signal.
  if (!(named?.name == null ? runsEvenly(stamps) : runsExactly(stamps))) return undefined;
  return { column, stamps, secondsPerUnit: null, notes: ['its first column was taken for a clock'] };
}

function runsExactly(stamps: Float64Array): boolean {
  const { count, positive, median } = stepsOfStamps(stamps);
  if (stamps.length < 4 || count + 1 < stamps.length || positive < count) return false;
  const step = (stamps.at(-1)! - stamps[0]!) / count;
  return (
    Math.abs(step - median) < median * 0.01 &&
    stamps.every((stamp, i) => Math.abs(stamp - stamps[0]! - i * step) < step / 10)
  );
}

function isCounter(named: ColumnName | undefined, { values, numbers }: NumberColumn, column: number): boolean {
  const isNamed = named?.name != null;
  if (isNamed ? !isCounterName(named.name) || named.unit !== null : column !== 0) return false;
  // Single precision holds whole numbers up to 2^24 only; larger ones still step by 0 or 2.
  return numbers === values.length && countsRows(Float64Array.from(values.subarray(0, 2 ** 20)));
}

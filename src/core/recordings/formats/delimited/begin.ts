import { entry } from '../../entry';
import type { NumberForm } from '../text/numbers';
import type { ColumnKind } from './columnKinds';
import type { Row } from './delimiter';
import { numberedRun, withoutEmptyEnd } from './header';
import { holds } from './holds';
import { judgedColumns } from './plannedColumns';
import { countedHeader, startAndRate, type Above } from './starts';
import { smallest } from '../../extremes';

/** Where the header ends and the samples begin, with rows of numbers between them that are none; -1 for no samples. */
export interface Begin {
  readonly headerEnd: number;
  readonly begin: number;
  readonly above: Above | null;
}

export function beginOf(rows: readonly Row[], kinds: readonly ColumnKind[], form: NumberForm): Begin {
  const first = firstSamples(rows, kinds, form);
  const above = first < 0 ? null : (startAndRate(rows, first, form) ?? countedHeader(rows, first));
  return { headerEnd: first, begin: first + (above?.rows ?? 0), above };
}

/** The same for samples that begin where a user says. */
export function givenBegin(rows: readonly Row[], begin: number, kinds: readonly ColumnKind[], form: NumberForm): Begin {
  if (kinds.every(({ kind }) => kind === 'text' || kind === 'empty')) return { headerEnd: -1, begin, above: null };
  const above = begin < 2 ? null : startAndRate(rows, begin - 2, form);
  const counted = begin < 1 || above !== null ? null : countedHeader(rows, begin - 1);
  const lead = above ?? counted;
  return { headerEnd: begin - (lead?.rows ?? 0), begin, above: lead };
}

/** The first row of samples: it fits the columns, and so do most of those behind it. */
function firstSamples(rows: readonly Row[], kinds: readonly ColumnKind[], form: NumberForm): number {
  const values = kinds.flatMap(({ kind }, at) =>
    kind === 'text' || kind === 'empty' || at >= judgedColumns ? [] : [at],
  );
  if (values.length === 0) return -1;
  const isFit = ({ cells }: Row) => {
    const odd = values.filter((at) => !holds(cells[at] ?? '', entry(kinds, at), form)).length;
    const known = values.some((at) => (cells[at] ?? '').trim() !== '');
    const isWide = withoutEmptyEnd(cells).length > Math.max(kinds.length, 1) && kinds.length > 1;
    const isNarrow = cells.length < kinds.length / 2 && kinds.length > 2;
    return known && !isWide && !isNarrow && !isNumberedHeader(cells, form) && odd <= Math.floor(values.length / 10);
  };
  // Most tables begin in their first lines, so that few rows need be looked at.
  const known: boolean[] = [];
  const fits = (row: number) => (known[row] ??= isFit(entry(rows, row)));
  const most = (from: number, end: number, share: number) => {
    const some = rows.slice(from, end).filter((_, i) => fits(from + i)).length;
    return some >= (Math.min(end, rows.length) - from) * share;
  };
  return rows.findIndex(({ cells }, row) => {
    if (!fits(row) || !most(row, row + 10, 0.7) || !most(row + 1, row + 4, 0.5)) return false;
    // Lines above may look like samples that lack cells.
    const next = rows.slice(row + 1, row + 6).filter((_, i) => fits(row + 1 + i));
    return (
      cells.length >=
      smallest(
        next.map(({ cells }) => cells.length),
        kinds.length,
      )
    );
  });
}

/** Names and then many numbers that rise by the same step, as stand above a series in each row. */
function isNumberedHeader(cells: readonly string[], form: NumberForm): boolean {
  const run = numberedRun(cells, form);
  return run !== null && run.length >= 15 && run.length < cells.length;
}

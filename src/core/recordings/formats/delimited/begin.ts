import { entry } from '../../entry';
import { numberIn, type NumberForm } from '../text/numbers';
import type { ColumnKind } from './columnKinds';
import type { Row } from './delimiter';
import { areNumbered, withoutEmptyEnd } from './header';
import { holds } from './holds';
import { judgedColumns } from './plannedColumns';
import { countedHeader, startAndRate, type Above } from './starts';

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
  const fits = rows.map(({ cells }) => {
    const odd = values.filter((at) => !holds(cells[at] ?? '', entry(kinds, at), form)).length;
    const known = values.some((at) => (cells[at] ?? '').trim() !== '');
    const isWide = withoutEmptyEnd(cells).length > Math.max(kinds.length, 1) && kinds.length > 1;
    const isNarrow = cells.length < kinds.length / 2 && kinds.length > 2;
    return known && !isWide && !isNarrow && !isNumberedHeader(cells, form) && odd <= Math.floor(values.length / 10);
  });
  return fits.findIndex((fit, row) => {
    const next = fits.slice(row, row + 10);
    // Lines above may look like samples that lack cells.
    const least = Math.min(...rows.slice(row + 1, row + 6).map(({ cells }) => cells.length), kinds.length);
    return fit && entry(rows, row).cells.length >= least && next.filter((one) => one).length >= next.length * 0.7;
  });
}

/** Names and then many numbers that rise by the same step, as stand above a series in each row. */
function isNumberedHeader(cells: readonly string[], form: NumberForm): boolean {
  const first = cells.findLastIndex((cell, at) => at < cells.length - 1 && numberIn(cell, form) === undefined) + 1;
  return first > 0 && cells.length - first >= 15 && areNumbered(cells.slice(first), form);
}

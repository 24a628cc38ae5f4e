import { parseMoment } from '../../clock/moments';
import { mayBeNumber, numberIn, plainNumbers, type NumberForm } from '../text/numbers';
import { commasIn } from './commas';
import type { Delimiter } from './delimiter';
import { largest } from '../../extremes';

const forms: readonly NumberForm[] = [
  plainNumbers,
  { decimal: ',', thousands: '' },
  { decimal: '.', thousands: ',' },
  { decimal: ',', thousands: '.' },
  { decimal: ',', thousands: ' ' },
  { decimal: '.', thousands: ' ' },
  { decimal: '.', thousands: "'" },
];

/**
 * How the cells of a sample write numbers: the form under which most of them are numbers. Where commas may be either, see
 * `commasIn`.
 * @param decimal the decimal sign, where a user decided it
 * @returns `null` where cells are numbers, but not with that sign
 */
export function numberFormOf(
  rows: readonly (readonly string[])[],
  delimiter: Delimiter,
  decimal?: NumberForm['decimal'],
): NumberForm | null {
  const found = foundForm(rows, delimiter);
  if (decimal === undefined || found.decimal === decimal) return found;
  const marked = rows.flat().filter((cell) => isNumber(cell, found) && /[.,]/.test(cell));
  const fitting = forms.filter((form) => form.decimal === decimal && marked.every((cell) => fits(cell, form)));
  return fitting.find(({ thousands }) => thousands === '') ?? fitting[0] ?? null;
}

/** Whether the sign that is not the decimal one stands in a number only where it parts thousands. */
function fits(cell: string, form: NumberForm): boolean {
  const other = form.decimal === ',' ? '.' : ',';
  if (!isNumber(cell, form)) return false;
  return !cell.includes(other) || (form.thousands === other && inGroups[other].test(cell.trim()));
}

const inGroups = {
  '.': /^[-+\u2212]?[1-9]\d{0,2}(\.\d{3})+(,\d*)?$/,
  ',': /^[-+\u2212]?[1-9]\d{0,2}(,\d{3})+(\.\d*)?$/,
} as const;

function isNumber(cell: string, form: NumberForm): boolean {
  const value = numberIn(cell, form);
  return value !== undefined && !Number.isNaN(value);
}

function foundForm(rows: readonly (readonly string[])[], delimiter: Delimiter): NumberForm {
  const cells = rows.flat();
  const marked = cells.filter((cell) => cell.length <= 40 && /\d[.,'\s\u00A0\u202F\u2019]\d|,\d|\d,/.test(cell));
  const isOdd = (cell: string) => /[^\d.eE+-]/.test(cell.trim()) && parseMoment(cell, 'day-first') === undefined;
  if (!marked.some(isOdd)) return plainNumbers;
  // All other cells are numbers, or none, whatever the form.
  const possible = marked.filter(mayBeNumber);
  const counted = forms.map((form) => ({ form, count: numbersIn(possible, form) }));
  const most = largest(counted.map(({ count }) => count));
  const best = counted.filter(({ count }) => count === most).map(({ form }) => form);
  const [first] = best;
  if (first === undefined || first === plainNumbers) return plainNumbers;
  const comma = best.find(({ decimal, thousands }) => decimal === ',' && thousands === '');
  const german = best.find(({ decimal, thousands }) => decimal === ',' && thousands === '.');
  const grouped = best.find(({ decimal, thousands }) => decimal === '.' && thousands === ',');
  const isGrouped = grouped !== undefined && commasIn(rows, delimiter).partThousands;
  if (comma !== undefined && german !== undefined && !isGrouped && pointsPartThousands(marked)) return german;
  if (comma === undefined || grouped === undefined) return first;
  return isGrouped ? grouped : comma;
}

/** Where commas stand before decimals, points between groups of three digits part thousands. */
function pointsPartThousands(cells: readonly string[]): boolean {
  const pointed = cells.filter((cell) => /^[^:]*\d\.\d[^:]*$/.test(cell));
  return (
    pointed.length > 0 &&
    pointed.every((cell) => inGroups['.'].test(cell.trim())) &&
    cells.some((cell) => /^[-+\u2212]?\d+,\d+$/.test(cell.trim()))
  );
}

function numbersIn(cells: readonly string[], form: NumberForm): number {
  let count = 0;
  for (const cell of cells) {
    if (isNumber(cell, form)) count++;
  }
  return count;
}

/** A cell such as `21,817` where every comma stands so, and nothing decides whether it parts thousands; else `null`. */
export function openComma(
  rows: readonly (readonly string[])[],
  delimiter: Delimiter,
  { decimal, thousands }: NumberForm,
): string | null {
  if ((decimal !== ',' && thousands !== ',') || commasIn(rows, delimiter).isSure) return null;
  const marked = rows.flat().filter((cell) => cell.includes(',') && isNumber(cell, { decimal, thousands }));
  return marked.every((cell) => inGroups[','].test(cell.trim())) ? (marked[0]?.trim() ?? null) : null;
}

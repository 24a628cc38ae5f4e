import { parseMoment } from '../../clock/moments';
import { mayBeNumber, numberIn, plainNumbers, type NumberForm } from '../text/numbers';
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
 * How the cells of a sample write numbers: the form under which most of them are numbers. Where commas may be either,
 * `0,985` and numbers of other lengths than groups of three show decimals, `1,234,567` and points elsewhere thousands,
 * and so do commas only from a thousand on; otherwise commas between commas part thousands, and others decimals.
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
  return !cell.includes(other) || (form.thousands === other && isGrouped[other].test(cell.trim()));
}

const isGrouped = {
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
  if (comma !== undefined && german !== undefined && pointsPartThousands(marked)) return german;
  const grouped = best.find(({ decimal, thousands }) => decimal === '.' && thousands === ',');
  if (comma === undefined || grouped === undefined) return first;
  return partsThousands(rows, delimiter) ? grouped : comma;
}

/** Where commas stand before decimals, points between groups of three digits part thousands. */
function pointsPartThousands(cells: readonly string[]): boolean {
  const pointed = cells.filter((cell) => /^[^:]*\d\.\d[^:]*$/.test(cell));
  return (
    pointed.length > 0 &&
    pointed.every((cell) => isGrouped['.'].test(cell.trim())) &&
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

/** Of rows whose cells read as numbers both with commas for decimals and with commas for thousands. */
function partsThousands(rows: readonly (readonly string[])[], delimiter: Delimiter): boolean {
  let [many, points, decimals, mixed] = [false, false, false, false];
  for (let column = 0; column < (rows[0]?.length ?? 0); column++) {
    let [grouped, small] = [0, 0];
    for (const row of rows) {
      const text = (row[column] ?? '').trim().replace(/^[-+\u2212]/, '');
      if (/^\d{1,3}(,\d{3})+/.test(text)) grouped++;
      if (/,\d{3},/.test(text)) many = true;
      if (/^0\d*,/.test(text)) decimals = true;
      if (/^\d+\.\d+$/.test(text)) points = true;
      if (/^[1-9]\d{0,2}$/.test(text)) small++;
    }
    if (grouped > 0 && small > 0) mixed = true;
  }
  if (many) return true;
  return !decimals && (points || mixed || delimiter === ',');
}

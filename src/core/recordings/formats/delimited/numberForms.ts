import { isMoment } from '../../clock/moments';
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

/** Whether a cell has a sign that is the decimal one in some form, or parts thousands. */
function isMarked(cell: string): boolean {
  return cell.length <= 40 && /\d[.,'\s\u00A0\u202F\u2019]\d|,\d|\d,/.test(cell);
}

/** The same but for plain numbers and moments. */
function isOdd(cell: string): boolean {
  return /[^\d.eE+-]/.test(cell.trim()) && isMarked(cell) && !isMoment(cell);
}

/** How many cells have their digits at the same places: which digits they are does not make them numbers. */
function shapesOf(cells: readonly string[]): ReadonlyMap<string, number> {
  const shapes = new Map<string, number>();
  for (const cell of cells) {
    const shape = cell.replace(/\d/g, '0');
    shapes.set(shape, (shapes.get(shape) ?? 0) + 1);
  }
  return shapes;
}

function foundForm(rows: readonly (readonly string[])[], delimiter: Delimiter): NumberForm {
  if (!rows.some((cells) => cells.some(isOdd))) return plainNumbers;
  const marked = rows.flat().filter(isMarked);
  // All other cells are numbers, or none, whatever the form.
  const shapes = shapesOf(marked.filter(mayBeNumber));
  const counted = forms.map((form) => ({ form, count: numbersIn(shapes, form) }));
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

function numbersIn(shapes: ReadonlyMap<string, number>, form: NumberForm): number {
  let sum = 0;
  for (const [shape, count] of shapes) {
    if (isNumber(shape, form)) sum += count;
  }
  return sum;
}

/** A cell such as `21,817` where every comma stands so, and nothing decides whether it parts thousands; else `null`. */
export function openComma(
  rows: readonly (readonly string[])[],
  delimiter: Delimiter,
  { decimal, thousands }: NumberForm,
): string | null {
  if (decimal !== ',' && thousands !== ',') return null;
  const commas = rows.flat().filter((cell) => cell.includes(','));
  const isRead = (cell: string) => isNumber(cell, { decimal, thousands });
  if (commas.some((cell) => !inGroups[','].test(cell.trim()) && isRead(cell))) return null;
  return commasIn(rows, delimiter).isSure ? null : (commas.find(isRead)?.trim() ?? null);
}

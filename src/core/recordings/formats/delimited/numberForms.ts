import { parseMoment } from '../../clock/moments';
import { numberIn, plainNumbers, type NumberForm } from '../text/numbers';
import type { Delimiter } from './delimiter';

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
 */
export function numberFormOf(cells: readonly string[], delimiter: Delimiter): NumberForm {
  const odd = cells.filter(
    (cell) => /\d[,'\s\u00A0\u202F\u2019]\d|,\d|\d,/.test(cell) && parseMoment(cell, 'day-first') === undefined,
  );
  if (odd.length === 0) return plainNumbers;
  const counted = forms.map((form) => ({ form, count: numbersIn(cells, form) }));
  const most = Math.max(...counted.map(({ count }) => count));
  const best = counted.filter(({ count }) => count === most).map(({ form }) => form);
  const [first] = best;
  if (first === undefined || first === plainNumbers) return plainNumbers;
  const comma = best.find(({ decimal, thousands }) => decimal === ',' && thousands === '');
  const grouped = best.find(({ decimal, thousands }) => decimal === '.' && thousands === ',');
  if (comma === undefined || grouped === undefined) return first;
  return partsThousands(cells, delimiter) ? grouped : comma;
}

function numbersIn(cells: readonly string[], form: NumberForm): number {
  let count = 0;
  for (const cell of cells) {
    const value = numberIn(cell, form);
    if (value !== undefined && !Number.isNaN(value)) count++;
  }
  return count;
}

/** Of cells that read as numbers both with commas for decimals and with commas for thousands. */
function partsThousands(cells: readonly string[], delimiter: Delimiter): boolean {
  let [grouped, many, points, small, leading] = [0, 0, 0, 0, 0];
  for (const cell of cells) {
    const text = cell.trim().replace(/^[-+\u2212]/, '');
    if (/^\d{1,3}(,\d{3})+/.test(text)) grouped++;
    if (/,\d{3},/.test(text)) many++;
    if (/^0\d*,/.test(text)) leading++;
    if (/\d\.\d/.test(text)) points++;
    if (/^[1-9]\d{0,2}$/.test(text)) small++;
  }
  if (many > 0) return true;
  if (leading > 0) return false;
  if (points > 0) return true;
  return delimiter === ',' || (small > 0 && grouped > 0 && small > cells.length / 50);
}

const missing = new Set([
  ...['', 'nan', '+nan', '-nan', 'na', 'n/a', 'n.a.', '#n/a', '#n/v', '#nv', '<na>', 'nil', 'null', 'none', 'nat'],
  ...['missing', '?', '-', '--', '---', '.', '..', '...', '*', '**', '***', '-nan(ind)', 'nan(ind)', '1.#qnan'],
  ...['-1.#ind', '#num!', '#value!', '#div/0!', '#ref!', '#wert!', '#zahl!', 'undefined', 'undef', '\u2013', '\u2014'],
]);

/** Whether a cell stands for a missing sample: empty, NaN, NA, null, `?` and the like. */
export function isMissing(cell: string): boolean {
  const word = cell.trim();
  // None of them ends in a digit, as nearly all cells do.
  return word.length < 10 && !endsInDigit(word) && missing.has(word.toLowerCase());
}

function endsInDigit(text: string): boolean {
  const last = text.charCodeAt(text.length - 1);
  return last >= 48 && last <= 57;
}

/** Digits and what stands beside them in a number, with at least one digit: neither a word, nor missing, nor infinite. */
const signs = /^[-+.,]*\d[-+.,\d]*$/;

export function isOfSigns(cell: string): boolean {
  return signs.test(cell);
}

/**
 * The number in a cell: NaN for a missing one, `undefined` for any other text.
 * @param commaAllowed Whether `1,5` is a number. A point is one always.
 */
export function parseNumber(cell: string, commaAllowed: boolean): number | undefined {
  const value = Number(cell);
  if (!Number.isNaN(value) && (value !== 0 || cell.trim() !== '')) return value;
  if (isOfSigns(cell)) return ofSigns(cell, commaAllowed);
  if (isMissing(cell)) return NaN;
  if (infinite.test(cell)) return cell.includes('-') ? -Infinity : Infinity;
  const written = commaAllowed ? cell.replace(',', '.') : cell;
  const plain = fortran.test(written) ? written.replace(/d/i, 'e') : written;
  if (plain === cell) return undefined;
  const again = Number(plain);
  return Number.isNaN(again) ? undefined : again;
}

/** The number in a cell that `isOfSigns`. */
function ofSigns(cell: string, commaAllowed: boolean): number | undefined {
  if (!commaAllowed && cell.includes(',')) return undefined;
  const value = Number(commaAllowed ? cell.replace(',', '.') : cell);
  return Number.isNaN(value) ? undefined : value;
}

const fortran = /^\s*[-+]?[\d.]+[dD][-+]?\d+\s*$/;
const infinite = /^\s*[-+]?(inf|infinity|1\.#inf|\u221e)\s*$/i;

/** How a file writes its numbers: the sign before the decimals, and the one between groups of three digits, if any. */
export interface NumberForm {
  readonly decimal: '.' | ',';
  readonly thousands: '' | ',' | '.' | ' ' | "'";
}

export const plainNumbers: NumberForm = { decimal: '.', thousands: '' };

const longestNumber = 64;

/** The number in a cell of a file that writes them in a form: NaN for a missing one, `undefined` for any other text. */
export function numberIn(cell: string, form: NumberForm): number | undefined {
  const isWordless = isOfSigns(cell);
  const plain = isWordless ? ofSigns(cell, false) : parseNumber(cell, false);
  // A point may part thousands, so that it is not enough to be a plain number.
  if (plain !== undefined && !(form.thousands === '.' && cell.includes('.'))) return plain;
  if (plain === undefined && (cell.length > longestNumber || (!isWordless && !/\d/.test(cell)))) return undefined;
  const text = isWordless ? cell : normal(cell);
  const { decimal, thousands } = form;
  if (thousands === '' && text === cell && decimal === '.') return undefined;
  if (thousands === '') return isWordless ? ofSigns(cell, true) : parseNumber(text, decimal === ',');
  const parts = grouped[thousands].exec(text);
  if (parts === null || !parts[0].includes(thousands)) {
    return decimal === thousands ? undefined : parseNumber(decimal === ',' ? text.replace(',', '.') : text, false);
  }
  const whole = text.split(thousands).join('');
  return parseNumber(decimal === ',' ? whole.replace(',', '.') : whole, false);
}

const fraction = String.raw`(?:[eE][-+]?\d+)?$`;
const grouped: Readonly<Record<Exclude<NumberForm['thousands'], ''>, RegExp>> = {
  ',': new RegExp(String.raw`^[-+]?\d{1,3}(?:,\d{3})+(?:\.\d*)?${fraction}`),
  '.': new RegExp(String.raw`^[-+]?\d{1,3}(?:\.\d{3})+(?:,\d*)?${fraction}`),
  ' ': new RegExp(String.raw`^[-+]?\d{1,3}(?: \d{3})+(?:[.,]\d*)?${fraction}`),
  "'": new RegExp(String.raw`^[-+]?\d{1,3}(?:'\d{3})+(?:[.,]\d*)?${fraction}`),
};

const isPlain = /^[\x20-\x5f\x61-\x7e]*$/;

/** Whether a cell may be a number in some form; most that cannot be are sorted out at little cost. */
export function mayBeNumber(cell: string): boolean {
  return inSomeForm.test(normal(cell));
}

const exponent = String.raw`(?:[eEdD][-+]?\d+)?$`;
const inSomeForm = new RegExp(String.raw`^[-+]?(?:\d*(?:[.,]\d*)?|\d{1,3}(?:[,. ']\d{3})+(?:[.,]\d*)?)${exponent}`);

/** With a plain minus sign, a plain blank and a plain apostrophe. */
function normal(cell: string): string {
  const text = cell.trim();
  if (isPlain.test(text)) return text;
  return text
    .replace(/^[\u2212\u2013\u2010\u2011\uFE63\uFF0D]\s*/, '-')
    .replace(/[\u00A0\u2009\u202F]/g, ' ')
    .replace(/[\u2019\u00B4`]/g, "'")
    .replace(/([eE])\u2212/, '$1-');
}

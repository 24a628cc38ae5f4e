const missing = new Set([
  ...['', 'nan', '+nan', '-nan', 'na', 'n/a', '#n/a', '<na>', 'nil', 'null', 'none', 'missing'],
  ...['?', '-', '--', '.', '*', '-nan(ind)', 'nan(ind)', '1.#qnan', '-1.#ind', '#num!', '#value!'],
]);

/** Whether a cell stands for a missing sample: empty, NaN, NA, null, `?` and the like. */
export function isMissing(cell: string): boolean {
  const word = cell.trim();
  return word.length < 10 && missing.has(word.toLowerCase());
}

/**
 * The number in a cell: NaN for a missing one, `undefined` for any other text.
 * @param commaAllowed Whether `1,5` is a number. A point is one always.
 */
export function parseNumber(cell: string, commaAllowed: boolean): number | undefined {
  const value = Number(cell);
  if (!Number.isNaN(value) && (value !== 0 || cell.trim() !== '')) return value;
  if (isMissing(cell)) return NaN;
  const written = commaAllowed ? cell.replace(',', '.') : cell;
  const again = Number(/^\s*[-+]?[\d.]+[dD][-+]?\d+\s*$/.test(written) ? written.replace(/d/i, 'e') : written);
  if (!Number.isNaN(again)) return again;
  return infinite.test(cell) ? Infinity : undefined;
}

const infinite = /^\s*[-+]?(inf|infinity|1\.#inf)\s*$/i;

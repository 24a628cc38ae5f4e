import type { Dice, Locale } from './dice';

function lineOf(cells: readonly string[], { delimiter, quotes }: Locale): string {
  const quote = (cell: string) => {
    const needs = cell.includes(delimiter) || (delimiter === ' ' && cell === '');
    const isText = !/^[-+\d.,]*$/.test(cell);
    return quotes === 'all' || needs || (quotes === 'text' && isText) ? `"${cell}"` : cell;
  };
  return cells.map(quote).join(delimiter);
}

/** Lines above a table. */
export function preambleOf(
  dice: Dice,
  { delimiter }: Locale,
  rate: number | null,
  width: number,
  named: boolean,
): string[] {
  const kind = dice.of(['none', 'none', 'lines', 'cells', 'comments'] as const, 'preamble');
  if (kind === 'none') return rate === null ? [] : [`# Sample Rate = ${rate} Hz`];
  const facts = [
    ['Device', 'Logger V2.1'],
    ['Serial', 'X-1042'],
    ['Channels', String(width)],
    ['Subject', 'P07'],
  ];
  if (rate !== null)
    facts.push(dice.chance(0.5) ? ['Sample Rate (Hz)', String(rate)] : ['Sampling frequency', `${rate} Hz`]);
  const some = facts.filter((_, i) => i >= 4 || dice.chance(0.7));
  if (kind === 'comments') return some.map(([key, value]) => `# ${key}: ${value}`);
  if (kind === 'cells' && named)
    return [...some.map((pair) => (delimiter === ' ' ? pair.join(': ') : pair.join(delimiter))), ''];
  return [...some.map((pair) => pair.join(': ')), ...(dice.chance(0.5) ? [''] : [])];
}

/** The bytes of a table, with what stands above and below it, in some encoding. */
export function textOf(
  dice: Dice,
  locale: Locale,
  preamble: readonly string[],
  headers: readonly (readonly string[])[],
  rows: readonly (readonly string[])[],
) {
  const trailing =
    locale.delimiter !== ' ' && rows[0]!.length > 1 && dice.chance(0.08, 'trailing delimiter') ? locale.delimiter : '';
  const footer = dice.chance(0.06, 'footer') ? ['', 'End of data'] : [];
  const lines = [
    ...preamble,
    ...headers.map((cells) => lineOf(cells, locale)),
    ...rows.map((cells) => lineOf(cells, locale) + trailing),
    ...footer,
  ];
  const lineEnd = dice.of(['\n', '\n', '\r\n', '\r'], 'line end');
  const whole = lines.join(lineEnd) + (dice.chance(0.8) ? lineEnd : '');
  const encoding = dice.of(['utf8', 'utf8', 'mark', 'latin1', 'utf16le', 'utf16bare'] as const, 'encoding');
  const text =
    encoding === 'utf8'
      ? Buffer.from(whole)
      : encoding === 'mark'
        ? Buffer.from(`\uFEFF${whole}`)
        : encoding === 'latin1'
          ? Buffer.from(whole, 'latin1')
          : Buffer.from(encoding === 'utf16le' ? `\uFEFF${whole}` : whole, 'utf16le');
  const extension =
    locale.delimiter === '\t'
      ? dice.of(['.txt', '.tsv'])
      : locale.delimiter === ' '
        ? dice.of(['.txt', '.dat'])
        : dice.of(['.csv', '.txt']);
  const { decimal, thousands } = locale;
  const tells = rows
    .flat()
    .some(
      (cell) =>
        cell.includes(thousands) && cell.lastIndexOf(decimal) > cell.indexOf(thousands) && /^-?[\d.,]+$/.test(cell),
    );
  return {
    text,
    name: `recording${extension}`,
    ambiguous: (thousands !== '' && !tells) || (decimal === ',' && (locale.delimiter === ',' || rows[0]!.length === 1)),
  };
}

import { runsEvenly } from '../../clock/evidence';
import type { Doubt } from '../../reading/doubts';
import { numberIn } from '../text/numbers';
import { isValue, kindOf } from './cells';
import type { Delimiter } from './delimiter';
import { nearlyAsGood, usualRows, type Dialect } from './dialect';
import { openComma } from './numberForms';

/**
 * Doubts where another dialect makes other cells that fit nearly as well: `12,985` may be two numbers or one. A header
 * with a name for each cell, or a first column that runs like a clock, leaves none.
 */
export function rivalDoubts(best: Dialect): readonly Doubt[] {
  const rival = best.rivals
    .filter(({ dialect, share }) => {
      const least = areDecimals(dialect, best) ? nearlyAsGood.decimals : nearlyAsGood.several;
      return dialect.width !== best.width && share >= least;
    })
    .map(({ dialect }) => dialect)
    .find(({ delimiter }) => !(isBlank(delimiter) && isBlank(best.delimiter)));
  if (rival === undefined || hasNames(best) || runsAtFirst(best)) return [];
  const other = areDecimals(rival, best)
    ? 'this may be their decimal sign'
    : `${nameOf(rival.delimiter)} fits nearly as well`;
  const sentence = `Its cells were parted at ${nameOf(best.delimiter)}, but ${other}.`;
  return [{ sentence, settledBy: ['delimiter'] }];
}

/** A doubt where each number with a comma is such as `21,817`, which is one of two, and nothing decides which. */
export function commaDoubts({ rows, later, width, delimiter, form }: Dialect): readonly Doubt[] {
  const cell = openComma(usualRows([...rows, ...later], width), delimiter, form);
  if (cell === null) return [];
  const [taken, other] =
    form.decimal === ',' ? ['be its decimal sign', 'part thousands'] : ['part thousands', 'be its decimal sign'];
  return [{ sentence: `The comma of "${cell}" was taken to ${taken}, but may ${other}.`, settledBy: ['decimal'] }];
}

/** Whether what parts cells in the one dialect stands before decimals in the only column of the other. */
function areDecimals({ width, form }: Dialect, { delimiter }: Dialect): boolean {
  return width === 1 && form.decimal === delimiter;
}

function hasNames({ rows, width, form }: Dialect): boolean {
  const head = rows.find(({ cells }) => cells.length === width)?.cells ?? [];
  return width > 1 && head.every((cell) => !isValue(kindOf(cell, form)));
}

function runsAtFirst({ rows, width, form }: Dialect): boolean {
  const usual = rows.filter(({ cells }) => cells.length === width);
  return width > 1 && runsEvenly(Float64Array.from(usual, ({ cells }) => numberIn(cells[0] ?? '', form) ?? NaN));
}

/** Blanks and tabs part the same cells but for empty ones. */
function isBlank(delimiter: Delimiter): boolean {
  return delimiter === '\t' || delimiter === 'wide' || delimiter === 'blanks';
}

function nameOf(delimiter: Delimiter): string {
  if (delimiter === 'blanks') return 'a blank';
  if (delimiter === 'wide') return 'two blanks';
  return delimiter === '\t' ? 'a tab' : `"${delimiter}"`;
}

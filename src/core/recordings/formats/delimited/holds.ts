import { parseDigits, parseMoment } from '../../clock/moments';
import { isMissing, numberIn, type NumberForm } from '../text/numbers';
import { flagOf, hexOf, measureOf, vectorOf } from './cells';
import type { ColumnKind } from './columnKinds';

/** Whether a cell may stand in a column of a kind; a missing one may in any. */
export function holds(cell: string, column: ColumnKind, form: NumberForm): boolean {
  if (isMissing(cell)) return true;
  switch (column.kind) {
    case 'text':
    case 'empty':
    case 'unread':
      return true;
    case 'number':
      return numberIn(cell, form) !== undefined;
    case 'digits':
      return parseDigits(cell) !== undefined;
    case 'moment':
      return parseMoment(cell, column.order) !== undefined;
    case 'flag':
      return flagOf(cell) !== null;
    case 'hex':
      return hexOf(cell) !== null && /\d/.test(cell);
    case 'measure':
      return measureOf(cell, form) !== null || numberIn(cell, form) !== undefined;
    case 'vector':
      return vectorOf(cell, form) !== null;
  }
}

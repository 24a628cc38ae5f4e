import { parseDigits, parseMoment, type Moment } from '../../clock/moments';
import { isMissing, numberIn, type NumberForm } from '../text/numbers';
import { flagOf, hexOf, measureOf } from './cells';
import type { ColumnKind } from './columnKinds';

/** The number or moment in a cell of a column: NaN for a missing one, `undefined` for what the column does not hold. */
export function readCell(text: string, kind: ColumnKind, form: NumberForm): number | Moment | undefined {
  if (isMissing(text)) return NaN;
  switch (kind.kind) {
    case 'number':
    case 'empty':
      return numberIn(text, form);
    case 'measure':
      return measureOf(text, form)?.value ?? numberIn(text, form);
    case 'hex':
      return hexOf(text) ?? undefined;
    case 'flag':
      return flagOf(text) ?? undefined;
    case 'digits':
      return parseDigits(text);
    case 'moment':
      return parseMoment(text, kind.order);
    case 'text':
    case 'unread':
    case 'vector':
      return undefined;
  }
}

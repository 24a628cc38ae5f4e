import type { Span } from '../../src/protocol/explanation';
import { formatCount, formatNumber } from '../shared/format';
import { t } from '../shared/l10n';

/** Where a stretch lies in its recording. @param rate in Hz, or `null` */
export function spanText({ start, end }: Span, rate: number | null): string {
  if (rate === null || rate <= 0) return t('steps {0} to {1}', formatCount(start), formatCount(end));
  return t('{0} s to {1} s', formatNumber(start / rate, 5), formatNumber(end / rate, 5));
}

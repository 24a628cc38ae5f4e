import type { Span } from '../../src/protocol/explanation';
import type { SequenceSummary } from '../../src/protocol/sequences';
import { printable } from '../shared/format';
import { t } from '../shared/l10n';
import { spanText } from './spanText';

/** What a drawing of a recording with a window in it shows, for those who cannot see it. */
export function plotLabel({ file, rate }: SequenceSummary, span: Span): string {
  return t('{0}, with {1} marked', printable(file), spanText(span, rate));
}

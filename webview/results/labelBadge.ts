import { iconOf } from '../shared/controls';
import { element, isolated } from '../shared/dom';
import { printable } from '../shared/format';
import { t } from '../shared/l10n';

/** A label; `same` marks one that equals the query's. */
export function labelBadge(label: string, same: boolean): HTMLElement {
  const badge = element('span', { class: same ? 'label same' : 'label' }, isolated('label-text', printable(label)));
  if (same) {
    badge.prepend(iconOf('same'));
    badge.title = t('The same label as the query');
  }
  return badge;
}

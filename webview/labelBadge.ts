import { iconOf } from './controls';
import { element, isolated } from './dom';
import { printable } from './format';

/** A label; `same` marks one that equals the query's. */
export function labelBadge(label: string, same: boolean): HTMLElement {
  const badge = element('span', { class: same ? 'label same' : 'label' }, isolated('label-text', printable(label)));
  if (same) {
    badge.prepend(iconOf('same'));
    badge.title = 'The same label as the query';
  }
  return badge;
}

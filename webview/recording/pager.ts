import { iconButton, keepTyping } from '../shared/controls';
import { element } from '../shared/dom';
import { formatCount } from '../shared/format';
import { t } from '../shared/l10n';

export interface Pager {
  readonly node: HTMLElement;
  /** @param number from 0 */
  show(number: number, count: number): void;
}

/** Which sequence of the file is shown, with the ways to the others. */
export function pager(choose: (number: number) => void): Pager {
  let [at, of] = [0, 0];
  const previous = iconButton('back', t('Previous sequence of the file'), 'Shift+P', () => {
    choose(at - 1);
  });
  const next = iconButton('forward', t('Next sequence of the file'), 'Shift+N', () => {
    choose(at + 1);
  });
  const field = element('input', { type: 'number', min: '1', step: '1', 'aria-label': t('Number of the sequence') });
  const total = element('span', {});
  const node = element('div', { class: 'pager', role: 'group', 'aria-label': t('Sequences') });
  node.append(previous, element('span', {}, t('Sequence')), field, total, next);
  keepTyping(field);
  field.addEventListener('change', () => {
    const number = Math.round(Number(field.value)) - 1;
    if (Number.isFinite(number)) choose(Math.min(Math.max(number, 0), of - 1));
  });
  return {
    node,
    show: (number, count) => {
      [at, of] = [number, count];
      node.hidden = count < 2;
      field.max = String(count);
      field.value = String(number + 1);
      total.textContent = t('of {0}', formatCount(count));
      previous.disabled = number === 0;
      next.disabled = number >= count - 1;
    },
  };
}

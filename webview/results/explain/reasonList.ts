import type { Reason } from '../../../src/l10n/reasons';
import { element, setText } from '../../shared/dom';
import { t } from '../../shared/l10n';

export interface ReasonList {
  readonly node: HTMLElement;
  /** @param complete whether no more sentences are to come, which may tell more than these */
  update(reasons: readonly Reason[], complete: boolean): void;
}

/** Sentences that say why recordings differ. Those that can be shown are buttons, which mark where they show. */
export function reasonList(mark: (reason: Reason | null) => void): ReasonList {
  const list = element('ol', { class: 'reasons' });
  const waiting = element('p', { class: 'dim', role: 'status' });
  let marked: string | null = null;
  const press = (): void => {
    for (const button of list.querySelectorAll('button')) {
      button.setAttribute('aria-pressed', String(button.textContent === marked));
    }
  };
  const rowOf = (reason: Reason): HTMLElement => {
    const text = element('bdi', {}, reason.text);
    if (reason.query.length + reason.match.length === 0) return element('li', {}, text);
    const title = t('Mark where it shows, in both recordings');
    const button = element('button', { class: 'reason', type: 'button', title }, text);
    button.addEventListener('click', () => {
      marked = reason.text === marked ? null : reason.text;
      mark(marked === null ? null : reason);
      press();
    });
    return element('li', {}, button);
  };
  return {
    node: element('div', { class: 'reasons-region' }, list, waiting),
    update: (reasons, complete) => {
      const held = list.contains(document.activeElement) ? document.activeElement?.textContent : undefined;
      setText(waiting, complete ? '' : t('Looking for what makes the difference…'));
      waiting.hidden = complete;
      list.replaceChildren(...reasons.map(rowOf));
      press();
      const again = [...list.querySelectorAll('button')].find((button) => button.textContent === held);
      again?.focus({ preventScroll: true });
    },
  };
}

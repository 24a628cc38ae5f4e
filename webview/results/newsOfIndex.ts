import { linkButton } from '../shared/controls';
import { element, setText } from '../shared/dom';
import { formatCount } from '../shared/format';
import { t } from '../shared/l10n';
import type { Freshness } from './state';

export interface NewsOfIndex {
  readonly node: HTMLElement;
  update(freshness: Freshness): void;
}

/** How much has changed since the list was made, and the way to make it again. */
export function newsOfIndex(refresh: () => void): NewsOfIndex {
  const text = element('span', {});
  const button = linkButton('refresh', refresh, t('Refresh'));
  button.title = `${t('Make the list again')} (R)`;
  const node = element('span', { class: 'news', role: 'status' }, text, button);
  node.hidden = true;
  return {
    node,
    update: ({ kind, changes }) => {
      node.hidden = kind !== 'changed';
      if (kind === 'changed') setText(text, changes === 1 ? t('1 change') : t('{0} changes', formatCount(changes)));
    },
  };
}

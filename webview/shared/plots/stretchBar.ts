import type { WindowsWhere } from '../../../src/protocol/windowsPage';
import { iconButton, textButton } from '../controls';
import { element, setText } from '../dom';
import { t } from '../l10n';

/** What stands above a plot while a stretch of it is selected: how long it is, and what can be done with it. */
export interface StretchBar {
  readonly node: HTMLElement;
  /** @param text what is selected, or `null` for nothing */
  show(text: string | null): void;
}

export function stretchBar(search: (where: WindowsWhere) => void, clear: () => void): StretchBar {
  const said = element('span', { class: 'stretch-text', role: 'status' });
  const button = (appearance: 'primary' | 'secondary', text: string, title: string, where: WindowsWhere) => {
    const made = textButton(appearance, text, () => {
      search(where);
    });
    made.title = title;
    return made;
  };
  const buttons = element(
    'div',
    { class: 'stretch-buttons' },
    button('primary', t('Find similar parts'), t('Find parts of all recordings that are like the selection'), 'layout'),
    button(
      'secondary',
      t('In this recording'),
      t('Find parts of this recording that are like the selection'),
      'recording',
    ),
    button('secondary', t('In files…'), t('Find parts of files that you choose that are like the selection'), 'files'),
    iconButton('close', t('Select nothing'), 'Esc', clear),
  );
  const node = element('div', { class: 'stretch-bar' }, said, buttons);
  node.hidden = true;
  return {
    node,
    show: (text) => {
      node.hidden = text === null;
      setText(said, text ?? '');
    },
  };
}

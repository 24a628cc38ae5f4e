import type { PanelCommand } from '../../../src/protocol/panel';
import { element, setText } from '../../shared/dom';
import { formatCount } from '../../shared/format';
import { t } from '../../shared/l10n';
import { mostTogether } from './listActions';
import { countSelected, nothingSelected, type Selection } from './selection';

export interface SelectionBar {
  readonly node: HTMLElement;
  /** @param heads how many of the selected positions are known to be heads of groups */
  update(selection: Selection, heads: number): void;
}

/** What can be done with the selected matches; it stands over the end of the list while any is selected. */
export function selectionBar(
  run: (command: PanelCommand) => void,
  select: (selection: Selection) => void,
): SelectionBar {
  const text = element('span', { class: 'selection-text' });
  const button = (said: string, key: string, press: () => void): HTMLButtonElement => {
    const made = element('button', { class: 'quiet', type: 'button', title: `${said} (${key})` }, said);
    made.addEventListener('click', press);
    return made;
  };
  const act = (said: string, key: string, command: PanelCommand): HTMLButtonElement =>
    button(said, key, () => {
      run(command);
    });
  const open = act(t('Open'), 'Enter', 'open');
  const compare = act(t('Compare'), 'C', 'compare');
  const all = act(t('Find similar to all'), 'Shift+F', 'findSimilarToAll');
  const others = [
    act(t('More like this'), 'M', 'markMore'),
    act(t('Not like this'), 'N', 'markLess'),
    act(t('Copy paths'), 'Ctrl+C', 'copyPaths'),
    act(t('Set label…'), 'L', 'setLabel'),
    act(t('Exclude'), 'Delete', 'exclude'),
    button(t('Select none'), 'Escape', () => {
      select(nothingSelected);
    }),
  ];
  const node = element(
    'div',
    { class: 'selection-bar', role: 'toolbar', 'aria-label': t('Selected matches') },
    text,
    open,
    compare,
    all,
    ...others,
  );
  node.hidden = true;
  return {
    node,
    update: (selection, heads) => {
      const count = countSelected(selection) - heads;
      node.hidden = count <= 0;
      setText(text, count === 1 ? t('1 selected') : t('{0} selected', formatCount(count)));
      open.disabled = count > mostTogether;
      all.disabled = count < 2;
      compare.disabled = count > mostTogether;
    },
  };
}

import type { SortKey } from '../../../src/protocol/engine';
import type { PanelResults } from '../../../src/protocol/panel';
import { iconOf } from '../../shared/controls';
import { element } from '../../shared/dom';
import { t } from '../../shared/l10n';

export interface ListHead {
  readonly node: HTMLElement;
  update(sorting: { readonly key: SortKey; readonly descending: boolean }): void;
}

/** The heads of the columns, of which some sort the list. */
export function listHead(sort: (key: SortKey) => void): ListHead {
  const rank = element('div', { class: 'head-rank', role: 'columnheader' }, t('Rank'));
  const columns = [
    column('recording', 'name', t('Recording'), sort),
    column('label', 'label', t('Label'), sort),
    column('distance', 'distance', t('Distance'), sort),
  ];
  const shape = element('div', { class: 'head-shape', role: 'columnheader' }, t('Shape'));
  const action = element('div', { class: 'head-action', role: 'columnheader' }, t('Action'));
  const node = element(
    'div',
    { class: 'row head', role: 'row', 'aria-rowindex': '1' },
    rank,
    ...columns.map((each) => each.node),
    shape,
    action,
  );
  return {
    node,
    update: ({ key, descending }) => {
      for (const each of columns) {
        const isSorted = each.key === key;
        each.node.setAttribute('aria-sort', isSorted ? (descending ? 'descending' : 'ascending') : 'none');
        each.node.classList.toggle('sorted', isSorted);
        each.node.classList.toggle('descending', isSorted && descending);
      }
    },
  };
}

/** Says on the node of a list what kind of list it is. */
export function describeList(node: HTMLElement, { arrangement, labelled }: PanelResults): void {
  node.setAttribute('role', arrangement.grouping === 'none' ? 'grid' : 'treegrid');
  node.classList.toggle('no-labels', !labelled);
}

function column(
  name: string,
  key: SortKey,
  text: string,
  sort: (key: SortKey) => void,
): { readonly key: SortKey; readonly node: HTMLElement } {
  const button = element('button', { class: 'sort', type: 'button' }, text, iconOf('sorted'));
  button.title = t('Sort by this column');
  button.addEventListener('click', () => {
    sort(key);
  });
  return { key, node: element('div', { class: `head-${name}`, role: 'columnheader' }, button) };
}

import type { PanelItem } from '../../../src/protocol/panel';
import { iconOf } from '../../shared/controls';
import { element, isolated, setText } from '../../shared/dom';
import { formatCount, printable } from '../../shared/format';
import { t } from '../../shared/l10n';
import { MatchRow, type RowActs, type RowContext } from './matchRow';
import type { RowPlots } from './rowPlots';

/** What the list says of a position, beside the item that stands there. */
export interface RowState extends RowContext {
  readonly position: number;
  readonly grouping: 'none' | 'label' | 'folder';
  readonly selected: boolean;
  readonly active: boolean;
  /** Whether the menu that is open is about this very row. */
  readonly asked: boolean;
}

/** A place of the list that shows a match, the head of a group, or that its item has not come yet. */
export interface Row {
  readonly node: HTMLElement;
  position: number;
  show(item: PanelItem | undefined, state: RowState): void;
}

export function row(acts: RowActs, plots: RowPlots): Row {
  const match = new MatchRow(acts);
  const { node } = match;
  const matchCells = [...node.children];
  const group = groupHead();
  let last: unknown[] = [];
  const made: Row = {
    node,
    position: -1,
    show: (item, state) => {
      // Scrolling draws rows again that have not changed.
      const { format, meaning, marks, playing, position, selected, active, asked, grouping } = state;
      const now = [item, format, meaning, marks, playing, position, selected, active, asked, grouping];
      if (now.every((part, index) => part === last[index]) && last.length > 0) return;
      last = now;
      made.position = state.position;
      const isGroup = item?.kind === 'group';
      node.classList.toggle('group', isGroup);
      node.classList.toggle('coming', item === undefined);
      node.classList.toggle('selected', state.selected);
      node.classList.toggle('asked', state.asked);
      const cells = isGroup ? [group.node] : matchCells;
      if (node.firstElementChild !== cells[0]) node.replaceChildren(...cells);
      node.tabIndex = state.active ? 0 : -1;
      node.setAttribute('aria-rowindex', String(state.position + 2));
      setGroupAttributes(node, item, state);
      if (item === undefined) node.setAttribute('aria-label', t('Loading'));
      else if (item.kind === 'match') match.show(item, state, plots);
      else node.setAttribute('aria-label', group.show(item, state.grouping));
    },
  };
  return made;
}

/** A head of a group can be opened and closed but not selected; only the rows of a tree have levels. */
function setGroupAttributes(node: HTMLElement, item: PanelItem | undefined, { grouping, selected }: RowState): void {
  const isGroup = item?.kind === 'group';
  set(node, 'aria-selected', isGroup ? null : String(selected));
  set(node, 'aria-level', grouping === 'none' ? null : isGroup ? '1' : '2');
  set(node, 'aria-expanded', isGroup ? String(!item.collapsed) : null);
  set(node, 'aria-keyshortcuts', isGroup ? 'Enter' : 'Enter Shift+Enter F Shift+F C L M N P R Delete Space');
}

function set(node: HTMLElement, name: string, value: string | null): void {
  if (value === null) node.removeAttribute(name);
  else node.setAttribute(name, value);
}

function groupHead(): {
  readonly node: HTMLElement;
  show(item: Extract<PanelItem, { kind: 'group' }>, grouping: RowState['grouping']): string;
} {
  const twistie = element('span', { class: 'twistie', 'aria-hidden': 'true' }, iconOf('chevron'));
  const name = element('span', { class: 'group-name' });
  const count = element('span', { class: 'group-count' });
  return {
    node: element('div', { class: 'group-cell', role: 'gridcell', 'aria-colspan': '6' }, twistie, name, count),
    show: (item, grouping) => {
      twistie.classList.toggle('open', !item.collapsed);
      const text = item.name === '' ? nameless(grouping) : printable(item.name);
      name.replaceChildren(isolated('', text));
      const matches = item.count === 1 ? t('1 match') : t('{0} matches', formatCount(item.count));
      setText(count, matches);
      return `${text}, ${matches}`;
    },
  };
}

function nameless(grouping: RowState['grouping']): string {
  return grouping === 'label' ? t('Without a label') : t('In no folder');
}

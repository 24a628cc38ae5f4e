import type { Arrangement, Grouping, SortKey } from '../../../src/protocol/engine';
import type { PanelFacets, PanelResults } from '../../../src/protocol/panel';
import { iconButton, iconOf } from '../../shared/controls';
import { element } from '../../shared/dom';
import { t } from '../../shared/l10n';
import { conditionsOf, emptyFilter, type Filter } from './conditions';
import { choiceField, textField } from './fields';
import { filterForm } from './filterForm';
import { popup } from './popup';

/** Milliseconds of rest in typing after which the list follows. */
const typingRest = 150;

export interface FilterBar {
  readonly node: HTMLElement;
  update(results: PanelResults, facets: PanelFacets): void;
  /** Sorts by a column; by the same one again, the other way round. */
  readonly sortBy: (key: SortKey) => void;
  readonly collapse: (name: string, collapsed: boolean) => void;
  clear(): void;
  readonly focus: () => void;
}

/** What is listed and in which order; `tools` stand beside it. */
export function filterBar(arrange: (arrangement: Arrangement) => void, ...tools: readonly HTMLElement[]): FilterBar {
  let now: Arrangement = {
    filter: emptyFilter(),
    sorting: { key: 'distance', descending: false },
    grouping: 'none',
    collapsed: [],
  };
  let lengthUnit: Filter['lengthUnit'] = 'seconds';
  let timer = 0;
  const set = (change: Partial<Arrangement>, rest = 0): void => {
    now = { ...now, ...change };
    clearTimeout(timer);
    if (rest === 0) arrange(now);
    else {
      timer = window.setTimeout(() => {
        arrange(now);
      }, rest);
    }
  };
  const setFilter = (part: Partial<Filter>): void => {
    set({ filter: { ...now.filter, lengthUnit, ...part } }, typingRest);
    drawConditions();
  };

  const text = textField(t('Filter'), t('Filter by name, label or channel'), (value) => {
    setFilter({ text: value });
  });
  const form = filterForm(setFilter);
  const filters = popup(t('Filters'), 'filters');
  filters.content.append(...form.nodes);
  const sorting = choiceField<SortKey>(t('Sort by'), sortChoices(), (key) => {
    set({ sorting: { key, descending: false } });
  });
  const direction = element('button', { class: 'quiet direction', type: 'button' }, iconOf('sorted'));
  direction.addEventListener('click', () => {
    set({ sorting: { ...now.sorting, descending: !now.sorting.descending } });
  });
  const grouping = choiceField<Grouping>(t('Group by'), groupChoices(), (value) => {
    set({ grouping: value, collapsed: [] });
  });
  const conditions = element('ul', { class: 'conditions', 'aria-label': t('Filters') });
  const drawConditions = (): void => {
    const active = conditionsOf(now.filter);
    filters.setCount(active.length);
    conditions.hidden = active.length === 0;
    const chips = active.map(({ text: said, without }) =>
      chip(said, () => {
        set({ filter: without });
      }),
    );
    conditions.replaceChildren(...chips, element('li', {}, clearButton()));
  };
  const clear = (): void => {
    set({ filter: emptyFilter() });
  };
  const clearButton = (): HTMLElement => {
    const button = element('button', { class: 'link', type: 'button' }, t('Clear all'));
    button.addEventListener('click', clear);
    return button;
  };

  return {
    node: element(
      'div',
      { class: 'filter-bar', role: 'search' },
      element(
        'div',
        { class: 'filter-tools' },
        text.node,
        filters.node,
        sortBox(sorting.node, direction),
        grouping.node,
        ...tools,
      ),
      conditions,
    ),
    update: (results, facets) => {
      clearTimeout(timer);
      now = results.arrangement;
      lengthUnit = results.query.rate === null ? 'steps' : 'seconds';
      const shown = { ...now.filter, lengthUnit: hasLength(now.filter) ? now.filter.lengthUnit : lengthUnit };
      text.show(now.filter.text);
      form.update(shown, facets);
      sorting.show(now.sorting.key);
      grouping.show(now.grouping);
      const way = now.sorting.descending ? t('Descending') : t('Ascending');
      direction.setAttribute('aria-label', way);
      direction.title = way;
      direction.classList.toggle('descending', now.sorting.descending);
      drawConditions();
    },
    sortBy: (key) => {
      set({ sorting: { key, descending: now.sorting.key === key && !now.sorting.descending } });
    },
    collapse: (name, collapsed) => {
      const others = now.collapsed.filter((other) => other !== name);
      set({ collapsed: collapsed ? [...others, name].slice(-1000) : others });
    },
    clear,
    focus: () => {
      text.node.focus();
    },
  };
}

function hasLength({ length }: Filter): boolean {
  return length.least !== null || length.most !== null;
}

function chip(text: string, remove: () => void): HTMLElement {
  const button = iconButton('close', t('Remove the filter “{0}”', text), null, remove);
  return element('li', { class: 'chip' }, element('span', { class: 'chip-text', title: text }, text), button);
}

function sortBox(...children: readonly HTMLElement[]): HTMLElement {
  return element('div', { class: 'sort-box' }, ...children);
}

function sortChoices(): readonly { readonly value: SortKey; readonly text: string }[] {
  return [
    { value: 'distance', text: t('Sort: distance') },
    { value: 'name', text: t('Sort: name') },
    { value: 'folder', text: t('Sort: folder') },
    { value: 'label', text: t('Sort: label') },
    { value: 'length', text: t('Sort: length') },
    { value: 'rate', text: t('Sort: rate') },
    { value: 'channels', text: t('Sort: channels') },
    { value: 'format', text: t('Sort: format') },
  ];
}

function groupChoices(): readonly { readonly value: Grouping; readonly text: string }[] {
  return [
    { value: 'none', text: t('No groups') },
    { value: 'label', text: t('Group: label') },
    { value: 'folder', text: t('Group: folder') },
  ];
}

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

/** Closed groups that are remembered. */
const mostCollapsed = 1000;

/** What is listed and in which order. */
export class FilterBar {
  readonly node: HTMLElement;
  private now: Arrangement = {
    filter: emptyFilter(),
    sorting: { key: 'distance', descending: false },
    grouping: 'none',
    collapsed: [],
  };
  private lengthUnit: Filter['lengthUnit'] = 'seconds';
  private timer = 0;
  /** What was typed and the list does not follow yet. */
  private ahead: Partial<Filter> | null = null;
  private readonly text = textField(t('Filter'), t('Filter by name, label or channel'), (text) => {
    this.setFilter({ text });
  });
  private readonly form = filterForm((part) => {
    this.setFilter(part);
  });
  private readonly filters = popup(t('Filters'), 'filters');
  private readonly sorting = choiceField<SortKey>(t('Sort by'), sortChoices(), (key) => {
    this.set({ sorting: { key, descending: false } });
  });
  private readonly direction = element('button', { class: 'quiet direction', type: 'button' }, iconOf('sorted'));
  private readonly grouping = choiceField<Grouping>(t('Group by'), groupChoices(), (grouping) => {
    this.set({ grouping, collapsed: [] });
  });
  private readonly conditions = element('ul', { class: 'conditions', 'aria-label': t('Filters') });

  /** @param tools stand beside the fields */
  constructor(
    private readonly arrange: (arrangement: Arrangement) => void,
    ...tools: readonly HTMLElement[]
  ) {
    this.filters.content.append(...this.form.nodes);
    this.direction.addEventListener('click', () => {
      const { key, descending } = this.now.sorting;
      this.set({ sorting: { key, descending: !descending } });
    });
    const fields = element(
      'div',
      { class: 'filter-tools' },
      this.text.node,
      this.filters.node,
      element('div', { class: 'sort-box' }, this.sorting.node, this.direction),
      this.grouping.node,
      ...tools,
    );
    this.node = element('div', { class: 'filter-bar', role: 'search' }, fields, this.conditions);
    // What is done next is done with the list that was asked for.
    this.node.addEventListener('focusout', () => {
      if (this.ahead !== null) this.say();
    });
  }

  /** @param same whether the results answer the same question as those before, which takes away nothing that is being typed */
  update(results: PanelResults, facets: PanelFacets, same: boolean): void {
    if (this.ahead !== null && same) {
      this.now = { ...results.arrangement, filter: { ...results.arrangement.filter, ...this.ahead } };
      return;
    }
    clearTimeout(this.timer);
    this.ahead = null;
    this.now = results.arrangement;
    this.lengthUnit = results.query.rate === null ? 'steps' : 'seconds';
    const { filter, sorting, grouping } = this.now;
    this.text.show(filter.text);
    this.form.update({ ...filter, lengthUnit: hasLength(filter) ? filter.lengthUnit : this.lengthUnit }, facets);
    this.sorting.show(sorting.key);
    this.grouping.show(grouping);
    const way = sorting.descending ? t('Descending') : t('Ascending');
    this.direction.setAttribute('aria-label', way);
    this.direction.title = way;
    this.direction.classList.toggle('descending', sorting.descending);
    this.drawConditions();
  }

  /** Sorts by a column; by the same one again, the other way round. */
  sortBy(key: SortKey): void {
    const { sorting } = this.now;
    this.set({ sorting: { key, descending: sorting.key === key && !sorting.descending } });
  }

  /** Closes a group, or opens it. */
  collapse(name: string, collapsed: boolean): void {
    const others = this.now.collapsed.filter((other) => other !== name);
    this.set({ collapsed: collapsed ? [...others, name].slice(-mostCollapsed) : others });
  }

  clear(): void {
    this.set({ filter: emptyFilter() });
  }

  focus(): void {
    this.text.node.focus();
  }

  private set(change: Partial<Arrangement>): void {
    this.now = { ...this.now, ...change };
    this.say();
  }

  private say(): void {
    clearTimeout(this.timer);
    this.ahead = null;
    this.arrange(this.now);
  }

  private setFilter(part: Partial<Filter>): void {
    this.now = { ...this.now, filter: { ...this.now.filter, lengthUnit: this.lengthUnit, ...part } };
    clearTimeout(this.timer);
    this.ahead = { ...this.ahead, ...part };
    this.timer = window.setTimeout(() => {
      this.say();
    }, typingRest);
    this.drawConditions();
  }

  private drawConditions(): void {
    const active = conditionsOf(this.now.filter);
    this.filters.setCount(active.length);
    this.conditions.hidden = active.length === 0;
    const chips = active.map(({ text, without }) =>
      chip(text, () => {
        this.set({ filter: without });
      }),
    );
    const clear = element('button', { class: 'link', type: 'button' }, t('Clear all'));
    clear.addEventListener('click', () => {
      this.clear();
    });
    this.conditions.replaceChildren(...chips, element('li', {}, clear));
  }
}

function hasLength({ length }: Filter): boolean {
  return length.least !== null || length.most !== null;
}

function chip(text: string, remove: () => void): HTMLElement {
  const button = iconButton('close', t('Remove the filter “{0}”', text), null, remove);
  return element('li', { class: 'chip' }, element('span', { class: 'chip-text', title: text }, text), button);
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

import { element, setText } from '../shared/dom';
import { formatCount } from '../shared/format';

export interface TabPart<Name extends string> {
  readonly name: Name;
  readonly title: string;
  readonly content: HTMLElement;
}

/** Parts of a page of which one is shown. The arrow keys move along their names. */
export class Tabs<Name extends string> {
  readonly node: HTMLElement;
  private readonly buttons: readonly HTMLButtonElement[];
  private readonly panels: readonly HTMLElement[];
  private readonly counts: readonly HTMLElement[];
  private current: Name;

  /** @param chosen told of the tab that a user chooses */
  constructor(
    label: string,
    private readonly parts: readonly [TabPart<Name>, ...TabPart<Name>[]],
    private readonly chosen: (name: Name) => void,
  ) {
    this.current = parts[0].name;
    this.counts = parts.map(() => element('span', { class: 'tab-count' }));
    this.buttons = parts.map(({ name, title }, i) => {
      const attributes = {
        class: 'tab',
        role: 'tab',
        type: 'button',
        id: `tab-${name}`,
        'aria-controls': `panel-${name}`,
      };
      const button = element('button', attributes, title, this.counts[i] ?? null);
      button.addEventListener('click', () => {
        this.choose(name);
      });
      return button;
    });
    this.panels = parts.map(({ name, content }) =>
      element(
        'div',
        { class: 'tab-panel', role: 'tabpanel', id: `panel-${name}`, 'aria-labelledby': `tab-${name}` },
        content,
      ),
    );
    const list = element('div', { class: 'tabs', role: 'tablist', 'aria-label': label }, ...this.buttons);
    list.addEventListener('keydown', (event) => {
      this.key(event);
    });
    this.node = element('div', { class: 'tabbed' }, list, ...this.panels);
    this.show(this.current);
  }

  get shown(): Name {
    return this.current;
  }

  show(name: Name): void {
    this.current = name;
    this.parts.forEach((part, i) => {
      const isShown = part.name === name;
      const button = this.buttons[i];
      const panel = this.panels[i];
      if (button === undefined || panel === undefined) return;
      button.setAttribute('aria-selected', String(isShown));
      button.tabIndex = isShown ? 0 : -1;
      panel.hidden = !isShown;
    });
  }

  /** @param count beside a tab's title, or `null` while it is not known */
  count(name: Name, count: number | null): void {
    const at = this.parts.findIndex((part) => part.name === name);
    const node = this.counts[at];
    if (node !== undefined) setText(node, count === null ? '' : formatCount(count));
  }

  choose(name: Name): void {
    this.show(name);
    this.chosen(name);
  }

  private key(event: KeyboardEvent): void {
    const at = this.parts.findIndex(({ name }) => name === this.current);
    const last = this.parts.length - 1;
    const places: Readonly<Record<string, number>> = {
      ...{ ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at === 0 ? last : at - 1, Home: 0, End: last },
    };
    const next = places[event.key];
    const part = next === undefined ? undefined : this.parts[next];
    if (part === undefined || next === undefined) return;
    event.preventDefault();
    this.choose(part.name);
    this.buttons[next]?.focus();
  }
}

import type { FromWindowsPage, ToWindowsPage, WindowsState } from '../../src/protocol/windowsPage';
import { parts, recordings } from '../../src/l10n/nouns';
import { asker, type Asker } from '../shared/ask';
import { choice, linkButton, textButton } from '../shared/controls';
import { element, setText } from '../shared/dom';
import { distanceFormat, formatLength, printable, splitPath } from '../shared/format';
import { t } from '../shared/l10n';
import { spanText } from './spanText';
import { WindowCurve } from './windowCurve';
import { WindowRow } from './windowRow';

type Found = NonNullable<WindowsState['found']>;

/** The page: a part of a recording, and the windows that are most like it. */
export class WindowsPage {
  private readonly asker: Asker;
  private readonly head = element('header', { class: 'windows-head' });
  private readonly status = element('p', { class: 'windows-status', role: 'status', 'aria-live': 'polite' });
  private readonly problem = element('div', { class: 'problem', role: 'alert' });
  private readonly notes = element('div', { class: 'windows-notes' });
  private readonly list = element('ol', { class: 'windows', 'aria-label': t('Similar parts') });
  private readonly each: HTMLElement;
  private readonly range: HTMLElement;
  private readonly more: HTMLElement;
  private readonly python: HTMLElement;
  private readonly body: HTMLElement;
  private rows: readonly WindowRow[] = [];
  private queried = '';

  constructor(
    root: HTMLElement,
    private readonly post: (message: FromWindowsPage) => void,
  ) {
    this.asker = asker(post);
    const options = [
      ['best', t('Best of each recording')],
      ['all', t('All good parts')],
    ] as const;
    this.each = choice(t('Which parts'), options, (each) => {
      post({ type: 'each', each });
    });
    const lengths = [
      ['same', t('As long')],
      ['range', t('Half to twice as long')],
    ] as const;
    this.range = choice(t('How long parts are'), lengths, (length) => {
      post({ type: 'range', range: length === 'range' });
    });
    this.more = textButton('secondary', t('Show more'), () => {
      post({ type: 'more' });
    });
    this.more.hidden = true;
    this.python = textButton('secondary', t('Copy as Python'), () => {
      post({ type: 'copyPython' });
    });
    const bar = element('div', { class: 'windows-bar' }, this.status, this.python, this.range, this.each);
    this.body = element('main', { class: 'body' }, this.head, bar, this.problem, this.notes, this.list, this.more);
    root.replaceChildren(this.body);
    this.problem.hidden = true;
    this.list.addEventListener('keydown', (event) => {
      this.step(event);
    });
  }

  receive(message: ToWindowsPage): void {
    if (message.type === 'state') this.show(message.state);
    else this.asker.receive(message);
  }

  /** Says what went wrong. */
  complain(text: string): void {
    const again = textButton('secondary', t('Try again'), () => {
      this.post({ type: 'retry' });
    });
    this.problem.replaceChildren(element('p', {}, printable(text)), element('div', { class: 'actions' }, again));
    this.problem.hidden = false;
  }

  private show({ params, found, searching, error }: WindowsState): void {
    this.body.setAttribute('aria-busy', String(searching));
    check(this.each, params.each);
    check(this.range, params.range === true ? 'range' : 'same');
    this.problem.hidden = error === null;
    if (error !== null) this.complain(error);
    if (found !== null) this.fill(found);
    else this.empty();
    this.python.hidden = found === null;
    if (searching) setText(this.status, t('Searching…'));
    else setText(this.status, found === null ? '' : summaryOf(found));
    const mayBeMore = found !== null && found.rows.length >= params.limit;
    this.more.hidden = !mayBeMore;
  }

  private empty(): void {
    this.showRows([]);
    this.notes.replaceChildren();
  }

  private fill(found: Found): void {
    this.showQuery(found);
    const focused = this.rows.findIndex(({ node }) => node.contains(document.activeElement));
    const format = distanceFormat(found.rows.map(({ distance }) => distance));
    const rows = found.rows.map((row, i) => {
      const before = this.rows[i];
      const distance = format(row.distance);
      // A row that stays has its curves already.
      return before?.shows(row, found.query, distance) === true
        ? before
        : new WindowRow(row, found.query, distance, this.asker, this.post);
    });
    this.showRows(rows);
    this.notes.replaceChildren(...notesOf(found).map((text) => element('p', { class: 'note info' }, printable(text))));
    if (focused >= 0) this.rows[Math.min(focused, this.rows.length - 1)]?.focus();
  }

  private showQuery({ query, span }: Found): void {
    const key = JSON.stringify([query, span]);
    if (key === this.queried) return;
    this.queried = key;
    const name = linkButton(
      'query-file',
      () => {
        this.post({ type: 'openQuery' });
      },
      splitPath(printable(query.file)).name,
    );
    const part = element('span', { class: 'fact' }, spanText(span, query.rate));
    const length = element('span', { class: 'fact' }, formatLength(span.end - span.start, query.rate));
    const title = element('h1', { class: 'name' }, `${t('Parts like')} `, name);
    const curve = new WindowCurve(this.asker, query, span, 'query');
    this.head.replaceChildren(title, element('p', { class: 'facts' }, length, part), curve.node);
  }

  private showRows(rows: readonly WindowRow[]): void {
    if (rows.length === this.rows.length && rows.every((row, i) => row === this.rows[i])) return;
    for (const row of this.rows) if (!rows.includes(row)) row.destroy();
    this.rows = rows;
    this.list.replaceChildren(...rows.map(({ node }) => node));
  }

  private step(event: KeyboardEvent): void {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const at = this.rows.findIndex(({ node }) => node.contains(document.activeElement));
    if (by === 0 || at < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    this.rows[Math.min(Math.max(at + by, 0), this.rows.length - 1)]?.focus();
  }
}

function check(choice: HTMLElement, value: string): void {
  for (const input of choice.querySelectorAll('input')) input.checked = input.value === value;
}

function summaryOf({ rows, searched }: Found): string {
  if (rows.length === 0) return t('No part was found in {0}.', recordings(searched.recordings));
  return t('{0} of {1}', parts(rows.length), recordings(searched.recordings));
}

function notesOf({ notes, left }: Found): readonly string[] {
  const missing = left.map(({ recordings: count, reason }) =>
    t('Not searched, because {0}: {1}.', reason, recordings(count)),
  );
  return [...notes, ...missing];
}

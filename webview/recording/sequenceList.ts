import { mostListed as pageLength, tallestSketch, type ListedSequence } from '../../src/protocol/recordings';
import type { SequenceRef } from '../../src/protocol/sequences';
import { LatestQuestion, type Asker } from '../shared/ask';
import { element, isolated, setText, svg } from '../shared/dom';
import { formatCount, formatLength, messageOf, printable } from '../shared/format';
import { t } from '../shared/l10n';
import { labelBadge } from '../shared/recordingName';

const rowHeight = 24;
/** Rows beyond those in sight that exist. */
const spare = 4;

/** The sequences of a file, of which only the rows in sight exist; one is chosen by a click or the arrow keys. */
export class SequenceList {
  readonly node: HTMLElement;
  private readonly rows = element('div', { class: 'sequence-rows' });
  private readonly box: HTMLElement;
  private readonly questions = new LatestQuestion();
  private readonly pages = new Map<number, readonly ListedSequence[]>();
  /** The pages that are of the newest version. */
  private fresh = new Set<number>();
  private ref: SequenceRef | null = null;
  private length = 0;
  private version = -1;

  constructor(
    private readonly asker: Asker,
    private readonly choose: (number: number) => void,
    private readonly complain: (text: string) => void,
  ) {
    const attributes = { class: 'sequence-box', role: 'listbox', tabindex: '0', 'aria-label': t('Sequences') };
    this.box = element('div', attributes, this.rows);
    this.node = element('section', { class: 'sequence-list' }, element('h2', {}, t('Sequences')), this.box);
    this.node.hidden = true;
    this.box.addEventListener('scroll', () => {
      this.draw();
    });
    this.box.addEventListener('keydown', (event) => {
      this.press(event);
    });
    this.box.addEventListener('click', (event) => {
      const row = event.target instanceof Element ? event.target.closest<HTMLElement>('.sequence-row') : null;
      if (row !== null) this.choose(Number(row.dataset['number']));
    });
    new ResizeObserver(() => {
      this.draw();
    }).observe(this.box);
  }

  /** @param version grows whenever the file may hold something else */
  show(ref: SequenceRef, length: number, version: number): void {
    const isOther = ref.number !== this.ref?.number;
    // What is there stays until the newer has come.
    if (version !== this.version) this.fresh = new Set();
    [this.ref, this.length, this.version] = [ref, length, version];
    this.node.hidden = length < 2;
    this.rows.style.height = `${length * rowHeight}px`;
    if (isOther) this.bringIntoSight(ref.number);
    this.draw();
  }

  private press(event: KeyboardEvent): void {
    const at = this.ref?.number ?? 0;
    const page = Math.max(1, Math.floor(this.box.clientHeight / rowHeight) - 1);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + page, PageUp: at - page, Home: 0, End: Infinity }[
      event.key
    ];
    if (to === undefined || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    this.choose(Math.min(Math.max(to, 0), this.length - 1));
  }

  private bringIntoSight(number: number): void {
    const { scrollTop, clientHeight } = this.box;
    const top = number * rowHeight;
    if (top < scrollTop) this.box.scrollTop = top;
    else if (top + rowHeight > scrollTop + clientHeight) this.box.scrollTop = top + rowHeight - clientHeight;
  }

  private draw(): void {
    const { scrollTop, clientHeight } = this.box;
    const first = Math.max(0, Math.floor(scrollTop / rowHeight) - spare);
    const last = Math.min(this.length, Math.ceil((scrollTop + clientHeight) / rowHeight) + spare);
    const numbers = Array.from({ length: Math.max(0, last - first) }, (_, i) => first + i);
    this.rows.replaceChildren(...numbers.map((number) => this.rowOf(number)));
    this.box.setAttribute('aria-activedescendant', `sequence-${this.ref?.number ?? 0}`);
    const missing = numbers.find((number) => !this.fresh.has(Math.floor(number / pageLength)));
    if (missing !== undefined) this.need(Math.floor(missing / pageLength));
  }

  private need(page: number): void {
    const { ref, fresh, pages } = this;
    if (ref === null) return;
    this.questions.ask(async () => {
      if (fresh.has(page)) return;
      // Asked for again only when the file has changed, also where it fails.
      fresh.add(page);
      try {
        const from = page * pageLength;
        pages.set(page, await this.asker.ask('sequenceList', { ref, from, count: pageLength }));
      } catch (error) {
        this.complain(messageOf(error));
      }
      this.draw();
    });
  }

  private rowOf(number: number): HTMLElement {
    const known = this.pages.get(Math.floor(number / pageLength))?.[number % pageLength];
    const count = element('span', { class: 'sequence-number' });
    setText(count, formatCount(number + 1));
    const row = element(
      'div',
      {
        class: 'sequence-row',
        id: `sequence-${number}`,
        role: 'option',
        'aria-selected': String(number === this.ref?.number),
        'aria-setsize': String(this.length),
        'aria-posinset': String(number + 1),
        'data-number': String(number),
      },
      count,
      ...(known === undefined ? [] : contentOf(known)),
    );
    row.style.top = `${number * rowHeight}px`;
    return row;
  }
}

function contentOf({ name, label, steps, rate, usable, sketch }: ListedSequence): readonly (Element | null)[] {
  return [
    sketchedCurve(sketch),
    isolated('sequence-title', name === null ? '' : printable(name)),
    label === null ? null : labelBadge(label, false),
    element('span', { class: 'sequence-length' }, usable ? formatLength(steps, rate) : t('skipped')),
  ];
}

const curve = { width: 48, height: 16 };

function sketchedCurve(sketch: ListedSequence['sketch']): Element {
  const { width, height } = curve;
  const x = (i: number) => (i / Math.max(sketch.length - 1, 1)) * width;
  const y = (value: number) => height - 1 - (value / tallestSketch) * (height - 2);
  const points = sketch.map((value, i) => `${x(i).toFixed(1)},${y(value).toFixed(1)}`).join(' ');
  const box = { class: 'sequence-sketch', viewBox: `0 0 ${width} ${height}`, 'aria-hidden': 'true' };
  return svg('svg', box, svg('polyline', { points }));
}

import { element } from '../../shared/dom';
import { t } from '../../shared/l10n';
import { type Place, scrollInto } from './drawnRows';

/** The nodes of the list around its rows, and where the rows lie in the window. */
export class ListFrame {
  readonly body = element('div', { class: 'rows', role: 'rowgroup' });
  readonly node: HTMLElement;
  private readonly headGroup: HTMLElement;
  private readonly probe = element('div', { class: 'row probe', 'aria-hidden': 'true' });
  private rowHeight = 64;
  private length = 0;

  /** @param moved called when rows have other places, or others may be in sight */
  constructor(head: HTMLElement, moved: () => void) {
    this.headGroup = element('div', { class: 'head-group', role: 'rowgroup' }, head);
    this.node = element(
      'div',
      { class: 'matches', 'aria-label': t('Matches'), 'aria-multiselectable': 'true' },
      this.headGroup,
      this.body,
      this.probe,
    );
    window.addEventListener('scroll', moved, { passive: true });
    window.addEventListener('resize', moved);
    // The height of a row follows the width of the panel and the size of the text.
    new ResizeObserver(() => {
      if (this.measure()) moved();
    }).observe(this.probe);
  }

  get isShown(): boolean {
    return this.node.offsetParent !== null;
  }

  get place(): Place {
    return { top: this.body.getBoundingClientRect().top, rowHeight: this.rowHeight, length: this.length };
  }

  /** Rows that a press of PageDown goes on by. */
  get rowsOnScreen(): number {
    return Math.max(1, Math.floor((window.innerHeight - this.covered) / this.rowHeight) - 1);
  }

  /** Makes room for a list of `length` rows. */
  setLength(length: number): void {
    this.length = length;
    this.body.style.height = `${length * this.rowHeight}px`;
    this.node.setAttribute('aria-rowcount', String(length + 1));
  }

  /** Takes up the height of a row as it is now; says whether it has changed. */
  measure(): boolean {
    const now = this.probe.offsetHeight;
    if (now === 0 || now === this.rowHeight) return false;
    this.rowHeight = now;
    this.setLength(this.length);
    return true;
  }

  put(row: HTMLElement, position: number): void {
    row.style.transform = `translateY(${position * this.rowHeight}px)`;
  }

  /** The row under the pointer. */
  get pointed(): Element | null {
    return this.body.querySelector(':scope > :hover');
  }

  /** The first position of which something is in sight. */
  get firstInSight(): number {
    const { top, rowHeight } = this.place;
    return Math.max(0, Math.floor((this.covered - top) / rowHeight));
  }

  /** Scrolls by so many rows. */
  moveBy(rows: number): void {
    if (rows !== 0) window.scrollBy({ top: rows * this.rowHeight, behavior: 'instant' });
  }

  /** Scrolls the page no further than a row needs to be in sight. */
  scrollTo(position: number): void {
    const by = scrollInto(this.place, position, this.covered, window.innerHeight);
    if (by !== 0) window.scrollBy({ top: by, behavior: 'instant' });
  }

  /** Pixels at the top of the window under what stays in sight. */
  private get covered(): number {
    return Math.max(0, this.headGroup.getBoundingClientRect().bottom);
  }
}

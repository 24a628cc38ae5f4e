import { element, isolated, setText } from '../../shared/dom';
import { formatNumber } from '../../shared/format';
import { t } from '../../shared/l10n';
import { labelBadge } from '../../shared/recordingName';
import type { MapModel } from './mapModel';

const rowHeight = 26;
/** Rows beyond either edge that are drawn already. */
const beyond = 4;

export interface TableEvents {
  open(point: number): void;
  act(action: 'setLabel' | 'findSimilar'): void;
}

/** The points that a map shows as a table, of which only the rows in sight exist; Tab reaches one of them. */
export class PointTable {
  readonly node: HTMLElement;
  private readonly rows = element('div', { class: 'point-rows', role: 'rowgroup' });
  private readonly scroller: HTMLElement;
  private readonly table: HTMLElement;
  private readonly head = element('div', { class: 'point-row point-head', role: 'row', 'aria-rowindex': '1' });
  private points: readonly number[] = [];
  private position = 0;
  private isDrawingSoon = false;

  constructor(
    private readonly model: MapModel,
    private readonly events: TableEvents,
  ) {
    const cells = [t('Recording'), t('Label'), t('Folder'), t('Outlier factor'), t('Nearest')];
    this.head.append(...cells.map((text) => element('span', { role: 'columnheader', title: text }, text)));
    this.table = element(
      'div',
      { class: 'point-table', role: 'grid', 'aria-multiselectable': 'true', 'aria-label': t('Recordings on the map') },
      element('div', { role: 'rowgroup' }, this.head),
      this.rows,
    );
    this.scroller = element('div', { class: 'point-scroller' }, this.table);
    this.node = this.scroller;
    this.scroller.addEventListener('scroll', () => {
      this.drawSoon();
    });
    new ResizeObserver(() => {
      this.drawSoon();
    }).observe(this.scroller);
    this.rows.addEventListener('keydown', (event) => {
      this.key(event);
    });
    this.bindPointer();
    model.onChange((change) => {
      if (change === 'places') return;
      if (change === 'points' || change === 'colours') this.points = model.shown;
      this.drawSoon();
    });
  }

  private bindPointer(): void {
    this.rows.addEventListener('click', (event) => {
      const at = positionOf(event);
      const point = at === null ? undefined : this.points[at];
      if (at === null || point === undefined) return;
      this.position = at;
      if (event.ctrlKey || event.metaKey || event.shiftKey) this.model.toggleSelected(point);
      else this.model.select([point]);
      this.model.activate(point);
    });
    this.rows.addEventListener('dblclick', (event) => {
      const point = this.points[positionOf(event) ?? -1];
      if (point !== undefined) this.events.open(point);
    });
  }

  private key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const point = this.points[this.position];
    const page = Math.max(1, Math.floor(this.scroller.clientHeight / rowHeight) - 2);
    const steps: Readonly<Record<string, number>> = {
      ...{ ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page },
      ...{ Home: -this.points.length, End: this.points.length },
    };
    const by = steps[event.key];
    const key = event.key.toLowerCase();
    if (by !== undefined) this.goTo(this.position + by);
    else if (point === undefined) return;
    else if (key === ' ') this.model.toggleSelected(point);
    else if (key === 'enter') this.events.open(point);
    else if (key === 'l') this.events.act('setLabel');
    else if (key === 'f') this.events.act('findSimilar');
    else return;
    event.preventDefault();
  }

  private goTo(position: number): void {
    this.position = Math.min(Math.max(position, 0), this.points.length - 1);
    const top = this.position * rowHeight;
    const { scrollTop, clientHeight } = this.scroller;
    // The head stays above the rows.
    const room = clientHeight - this.head.offsetHeight;
    if (top < scrollTop) this.scroller.scrollTop = top;
    else if (top + rowHeight > scrollTop + room) this.scroller.scrollTop = top + rowHeight - room;
    const point = this.points[this.position];
    if (point !== undefined) this.model.activate(point);
    this.draw();
    this.rows.querySelector<HTMLElement>('[tabindex="0"]')?.focus({ preventScroll: true });
  }

  private drawSoon(): void {
    if (this.isDrawingSoon) return;
    this.isDrawingSoon = true;
    requestAnimationFrame(() => {
      this.isDrawingSoon = false;
      this.draw();
    });
  }

  private draw(): void {
    const { points, scroller } = this;
    this.position = Math.min(this.position, Math.max(0, points.length - 1));
    this.table.setAttribute('aria-rowcount', String(points.length + 1));
    this.rows.style.height = `${points.length * rowHeight}px`;
    const first = Math.max(0, Math.floor(scroller.scrollTop / rowHeight) - beyond);
    const last = Math.min(
      points.length - 1,
      Math.ceil((scroller.scrollTop + scroller.clientHeight) / rowHeight) + beyond,
    );
    const positions = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
    // The row that Tab reaches exists wherever it is.
    if (points.length > 0 && !positions.includes(this.position)) positions.push(this.position);
    const had = this.rows.contains(document.activeElement);
    this.rows.replaceChildren(...positions.map((position) => this.row(position)));
    if (had) this.rows.querySelector<HTMLElement>('[tabindex="0"]')?.focus({ preventScroll: true });
  }

  private row(position: number): HTMLElement {
    const point = this.points[position] ?? 0;
    const { list, selected, active } = this.model;
    const row = element('div', { class: 'point-row', role: 'row', 'aria-rowindex': String(position + 2) });
    row.dataset['position'] = String(position);
    row.tabIndex = position === this.position ? 0 : -1;
    row.setAttribute('aria-selected', String(selected.has(point)));
    row.classList.toggle('active', point === active);
    row.style.transform = `translateY(${position * rowHeight}px)`;
    if (list === null) return row;
    const label = list.label(point);
    row.append(
      cell(isolated('file', list.name(point))),
      cell(label === null ? '' : labelBadge(label, false)),
      cell(isolated('folder', list.folder(point))),
      numberCell(list.points.outlier[point]),
      numberCell(list.points.nearest[point]),
    );
    return row;
  }
}

function cell(content: Node | string): HTMLElement {
  return element('span', { role: 'gridcell' }, content);
}

function numberCell(value: number | undefined): HTMLElement {
  const node = element('span', { role: 'gridcell', class: 'number' });
  setText(node, value === undefined ? '' : formatNumber(value));
  return node;
}

function positionOf({ target }: Event): number | null {
  const row = target instanceof Element ? target.closest<HTMLElement>('.point-row') : null;
  const position = row?.dataset['position'];
  return position === undefined ? null : Number(position);
}

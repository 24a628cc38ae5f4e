import { element, isolated, setText } from '../../shared/dom';
import { formatNumber, formatCount } from '../../shared/format';
import { t } from '../../shared/l10n';
import { labelBadge } from '../../shared/recordingName';
import type { OverviewAsker } from '../asking';
import type { PointList } from '../pointList';
import { SmallPlot } from '../smallPlot';
import type { Point, Size } from './view';

/** Milliseconds that the pointer rests on a point before its curves are asked for. */
const rest = 80;

/** What is shown beside a point that the pointer or the keyboard is at. */
export class HoverCard {
  readonly node = element('div', { class: 'hover-card', 'aria-hidden': 'true' });
  private plot: SmallPlot | null = null;
  private timer = 0;
  private shown: string | null = null;

  constructor(private readonly asker: OverviewAsker) {
    this.node.hidden = true;
  }

  /** Shows a point, beside its place in a map of this size. */
  show(list: PointList, i: number, at: Point, size: Size): void {
    const key = JSON.stringify(list.ref(i));
    if (key !== this.shown) this.fill(list, i, key);
    this.node.hidden = false;
    const { offsetWidth, offsetHeight } = this.node;
    const left = at.x + 16 + offsetWidth > size.width ? at.x - 16 - offsetWidth : at.x + 16;
    const top = Math.min(Math.max(4, at.y - offsetHeight / 2), Math.max(4, size.height - offsetHeight - 4));
    this.node.style.transform = `translate(${Math.round(Math.max(4, left))}px, ${Math.round(top)}px)`;
  }

  hide(): void {
    clearTimeout(this.timer);
    this.node.hidden = true;
    this.shown = null;
    this.plot?.destroy();
    this.plot = null;
  }

  private fill(list: PointList, i: number, key: string): void {
    this.hide();
    this.shown = key;
    const label = list.label(i);
    const folder = list.folder(i);
    const place = element('div', { class: 'plot-canvas waiting' });
    this.node.replaceChildren(
      element(
        'div',
        { class: 'hover-name' },
        isolated('file', list.name(i)),
        label === null ? null : labelBadge(label, false),
      ),
      folder === '' ? '' : isolated('folder', folder),
      place,
      facts(list, i),
    );
    this.timer = window.setTimeout(() => {
      this.plot = new SmallPlot(this.asker, list.ref(i), list.name(i));
      place.replaceWith(this.plot.node);
    }, rest);
  }
}

function facts({ points }: PointList, i: number): HTMLElement {
  const texts = [t('{0} time steps', formatCount(points.steps[i] ?? 0))];
  const nearest = points.nearest[i];
  const outlier = points.outlier[i];
  if (nearest !== undefined) texts.push(t('nearest at {0}', formatNumber(nearest)));
  if (outlier !== undefined) texts.push(t('outlier factor {0}', formatNumber(outlier)));
  const node = element('div', { class: 'facts' });
  node.append(...texts.map((text) => element('span', { class: 'fact' }, text)));
  setText(node.lastChild ?? node, texts.at(-1) ?? '');
  return node;
}

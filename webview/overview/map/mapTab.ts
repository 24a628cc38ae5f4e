import type { OverviewState } from '../../../src/protocol/overviewPage';
import type { FromOverviewPage } from '../../../src/protocol/overviewPage';
import { formatShare } from '../../shared/format';
import { formatDecimals } from '../../../src/l10n/numbers';
import { iconButton } from '../../shared/controls';
import { element, setText } from '../../shared/dom';
import { t } from '../../shared/l10n';
import type { OverviewAsker } from '../asking';
import type { PointList } from '../pointList';
import { BeforeAfter } from './beforeAfter';
import { Distances } from './distances';
import { HoverCard } from './hoverCard';
import { MapLegend } from './legend';
import type { MapModel } from './mapModel';
import { PointMap } from './pointMap';
import { PointTable } from './pointTable';
import { SelectionActions } from './selectionActions';

/** The tab with the map, its legend, and the same recordings as a table. */
export class MapTab {
  readonly node: HTMLElement;
  readonly map: PointMap;
  private readonly about = element('p');
  private readonly empty = element('p', { class: 'map-empty', role: 'status' });
  private readonly card: HoverCard;
  private readonly before: BeforeAfter;
  private layout: string | null = null;

  constructor(
    private readonly model: MapModel,
    asker: OverviewAsker,
    post: (message: FromOverviewPage) => void,
  ) {
    const actions = new SelectionActions(model, post);
    const open = (point: number): void => {
      const ref = model.list?.ref(point);
      if (ref !== undefined) post({ type: 'open', refs: [ref] });
    };
    const act = (action: 'setLabel' | 'findSimilar'): void => {
      actions.act(action);
    };
    this.card = new HoverCard(asker);
    this.map = new PointMap(model, {
      open,
      act,
      hover: (point) => {
        this.describe(point ?? null);
      },
    });
    const table = new PointTable(model, { open, act });
    const frame = element('div', { class: 'map-frame' }, this.map.node, this.card.node, this.buttons(), this.empty);
    const side = element('div', { class: 'map-side' }, new MapLegend(model).node, table.node);
    const text = t(
      'Drag to pan, Shift+drag to select, wheel to zoom, double-click to open. Keys: arrows walk, Space selects, Enter opens, L sets a label, F finds similar ones, + − 0 zoom.',
    );
    const keys = element('p', { class: 'map-keys dim', id: 'map-keys' }, text);
    const layout = (): string | null => this.layout;
    this.before = new BeforeAfter(model, asker, layout);
    new Distances(model, asker, layout);
    const about = element('div', { class: 'map-about' }, this.about, this.before.node);
    this.node = element('div', { class: 'map-tab' }, about, actions.node, frame, side, keys);
    model.onChange((change) => {
      if (change === 'active') this.describe(null);
      else if (change === 'points') this.sayWhatItShows();
    });
  }

  /** Takes up where points have come to lie. @returns whether that is kept for later */
  keepsPlaces(list: PointList): boolean {
    return this.before.keeps(list);
  }

  /** Called before the points of another layout are shown. */
  update({ status, layouts, layout }: OverviewState): void {
    this.layout = layout;
    const isPlaced = this.model.list?.hasPlaces === true;
    this.empty.hidden = isPlaced;
    const isOne = this.model.list?.length === 1;
    setText(
      this.empty,
      layouts.length === 0 && status === null
        ? t('Nothing is indexed yet.')
        : isOne
          ? t('There is one recording alone: a map needs others to place it by.')
          : status?.stage === 'indexing'
            ? t('The index is still being built. The map comes when it is complete.')
            : t('The map comes when the nearest of every recording are known.'),
    );
    this.sayWhatItShows();
  }

  private buttons(): HTMLElement {
    const zoomIn = iconButton('zoomIn', t('Zoom in'), '+', () => {
      this.map.zoom(1.5);
    });
    const zoomOut = iconButton('zoomOut', t('Zoom out'), '−', () => {
      this.map.zoom(1 / 1.5);
    });
    const fit = iconButton('fit', t('Show everything'), '0', () => {
      this.map.fit();
    });
    return element('div', { class: 'map-buttons' }, zoomIn, zoomOut, fit);
  }

  private describe(pointed: number | null): void {
    const { list, active } = this.model;
    const point = pointed ?? (this.map.node === document.activeElement ? active : null);
    if (list?.hasPlaces !== true || point === null) this.card.hide();
    else this.card.show(list, point, this.map.placeOf(point), this.map.size);
  }

  private sayWhatItShows(): void {
    const quality = this.model.list?.points.quality ?? null;
    const what = t(
      'Recordings that lie close together are alike; sizes of groups and the distances between them mean little.',
    );
    const how =
      quality === null
        ? ''
        : ` ${t(
            'Of the ten nearest of a recording, {0} are among its ten nearest on the map (trustworthiness {1}).',
            formatShare(quality.kept),
            formatDecimals(quality.trustworthiness, 2),
          )}`;
    setText(this.about, what + how);
  }
}

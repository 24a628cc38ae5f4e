import { element, setText } from '../../shared/dom';
import { t } from '../../shared/l10n';
import { onThemeChange } from '../../shared/plots/theme';
import { printable } from '../../shared/format';
import { areNames, drawLasso, drawRing, namesOf, writeNames, type Name } from './above';
import { Canvases } from './canvases';
import { inside } from './lasso';
import { bindMapInput, type MapActor } from './mapInput';
import type { Change, MapModel } from './mapModel';
import { colourOf, readMapTheme, type MapTheme } from './mapTheme';
import { Places, type Direction } from './places';
import { fitted, panned, showing, toMap, toScreen, zoomed, type Point, type Size, type View } from './view';

/** Pixels from a point within which the pointer means it. */
const reach = 9;

export interface MapEvents {
  /** The pointer rests on a point, at a place of the map's node, or on none. */
  hover(point: number | null, at: Point): void;
  open(point: number): void;
  /** A key that acts on what is selected, or else on the point in focus. */
  act(action: 'setLabel' | 'findSimilar'): void;
}

/** The map: what of it is seen, and how one moves on it. */
export class PointMap implements MapActor {
  readonly node: HTMLElement;
  private readonly canvases: Canvases;
  private readonly spoken = element('div', { class: 'visually-hidden', 'aria-live': 'assertive' });
  private theme: MapTheme = readMapTheme();
  private places: Places | null = null;
  private names: readonly Name[] | null = null;
  private whole: View = fitted([], [], { width: 1, height: 1 });
  /** `null` while all points are shown. */
  private seen: View | null = null;
  private pointed: number | null = null;
  private lasso: readonly Point[] = [];
  private isDrawingSoon = false;

  constructor(
    private readonly model: MapModel,
    private readonly events: MapEvents,
  ) {
    this.canvases = new Canvases(() => {
      this.drawSoon();
    });
    this.node = element(
      'div',
      {
        class: 'map',
        role: 'application',
        tabindex: '0',
        'aria-label': t('Map of the recordings'),
        'aria-keyshortcuts': 'ArrowLeft ArrowRight ArrowUp ArrowDown + - 0 Space Enter F L Escape',
        'aria-describedby': 'map-keys',
      },
      this.canvases.node,
      this.spoken,
    );
    bindMapInput(this.node, this);
    new ResizeObserver(() => {
      this.drawSoon();
    }).observe(this.node);
    onThemeChange(() => {
      this.theme = readMapTheme();
      this.colour();
    });
    model.onChange((change) => {
      this.follow(change);
    });
  }

  /** How large the map is on the screen. */
  get size(): Size {
    return { width: Math.max(1, this.node.clientWidth), height: Math.max(1, this.node.clientHeight) };
  }

  pan(by: Point): void {
    this.look(panned(this.view, by));
  }

  zoom(factor: number, at?: Point): void {
    const { size } = this;
    this.look(zoomed(this.view, size, at ?? { x: size.width / 2, y: size.height / 2 }, factor, this.whole));
  }

  fit(): void {
    this.seen = null;
    this.drawSoon();
  }

  point(at: Point | null): void {
    const found = at === null ? null : this.at(at);
    if (found === this.pointed) return;
    this.pointed = found;
    this.node.classList.toggle('on-point', found !== null);
    this.events.hover(found, at ?? { x: 0, y: 0 });
    this.drawSoon();
  }

  choose(at: Point, add: boolean): void {
    const found = this.at(at);
    this.model.activate(found);
    if (found === null) {
      if (!add) this.model.select([]);
    } else if (add) this.model.toggleSelected(found);
    else this.model.select([found]);
  }

  openAt(at: Point): void {
    const found = this.at(at);
    if (found !== null) this.events.open(found);
  }

  draw(lasso: readonly Point[]): void {
    this.lasso = lasso;
    this.drawSoon();
  }

  catch(add: boolean): void {
    const { model, size, view, lasso } = this;
    this.draw([]);
    const points = model.list?.points;
    if (points === undefined || lasso.length < 3) return;
    const line = lasso.map((at) => toMap(view, size, at));
    const caught = inside(line, points.x, points.y, model.isShown);
    model.select(add ? [...model.selected, ...caught] : caught);
  }

  walk(direction: Direction): void {
    const { model } = this;
    if (model.list?.hasPlaces !== true) return;
    const from = model.active;
    const next = from === null ? this.middle() : this.tree().step(from, direction, model.isShown);
    if (next === null) return;
    model.activate(next);
    const { x, y } = model.list.points;
    this.look(showing(this.view, this.size, { x: x[next] ?? 0, y: y[next] ?? 0 }));
    this.say(next);
  }

  toggleActive(): void {
    const { active } = this.model;
    if (active === null) return;
    this.model.toggleSelected(active);
    this.say(active);
  }

  openActive(): void {
    const { active } = this.model;
    if (active !== null) this.events.open(active);
  }

  act(action: 'setLabel' | 'findSimilar'): void {
    this.events.act(action);
  }

  clear(): void {
    this.lasso = [];
    this.model.select([]);
  }

  /** Where a point is drawn, from the corner of the map. */
  placeOf(i: number): Point {
    const points = this.model.list?.points;
    return toScreen(this.view, this.size, { x: points?.x[i] ?? 0, y: points?.y[i] ?? 0 });
  }

  /** Brings points into sight, as large as they fit. */
  showAll(points: readonly number[]): void {
    const all = this.model.list?.points;
    if (all === undefined || points.length === 0) return;
    const view = fitted(
      points.map((i) => all.x[i] ?? 0),
      points.map((i) => all.y[i] ?? 0),
      this.size,
    );
    // What is around them is worth seeing as well.
    this.look({ ...view, scale: Math.max(this.whole.scale, view.scale / 3) });
  }

  private get view(): View {
    return this.seen ?? this.whole;
  }

  private look(view: View): void {
    this.seen = view;
    this.pointed = null;
    this.events.hover(null, { x: 0, y: 0 });
    this.drawSoon();
  }

  private at(at: Point): number | null {
    if (this.model.list?.hasPlaces !== true) return null;
    const { view } = this;
    return this.tree().nearest(toMap(view, this.size, at), (reach + this.radius()) / view.scale, this.model.isShown);
  }

  private middle(): number | null {
    const { view } = this;
    return this.tree().nearest(view, 8, this.model.isShown);
  }

  private tree(): Places {
    const points = this.model.list?.points;
    this.places ??= new Places(points?.x ?? [], points?.y ?? []);
    return this.places;
  }

  private say(i: number): void {
    const { list, selected } = this.model;
    if (list === null) return;
    const text = list.spoken(i);
    setText(this.spoken, selected.has(i) ? t('{0}, selected', text) : text);
  }

  private follow(change: Change): void {
    if (change === 'points') this.seen = null;
    if (change === 'points' || change === 'places') this.places = null;
    if (change !== 'selection') this.names = null;
    this.colour();
  }

  /** Points are small where there are many, and grow while one looks closer. */
  private radius(): number {
    const points = this.model.list?.length ?? 1;
    const closer = Math.min(4, Math.max(1, (this.view.scale / this.whole.scale) ** 0.4));
    return Math.min(9, Math.max(1.4, 9 / Math.max(1, points / 60) ** 0.28) * closer);
  }

  private colour(): void {
    const { list, colouring, selected, isShown } = this.model;
    const points = list?.hasPlaces === true ? list.points : { x: [], y: [] };
    const count = points.x.length;
    const tints = colouring.entries.map((entry) => colourOf(entry, colouring.kind, this.theme));
    const colours = new Uint8Array(4 * count);
    const marks = new Uint8Array(count);
    for (let i = 0; i < count; i++) {
      const tint = tints[colouring.of[i] ?? -1] ?? this.theme.dim;
      colours.set(tint, 4 * i);
      colours[4 * i + 3] = isShown(i) ? 225 : 0;
    }
    for (const i of selected) marks[i] = 1;
    this.canvases.take({ x: points.x, y: points.y, colours, marks });
    this.drawSoon();
  }

  private drawSoon(): void {
    if (this.isDrawingSoon) return;
    this.isDrawingSoon = true;
    requestAnimationFrame(() => {
      this.isDrawingSoon = false;
      this.drawNow();
    });
  }

  private drawNow(): void {
    const { size, model, theme } = this;
    const points = model.list?.hasPlaces === true ? model.list.points : { x: [], y: [] };
    this.whole = fitted(points.x, points.y, size);
    const { view } = this;
    const radius = this.radius();
    this.canvases.draw(view, size, { radius, ring: theme.text }, (context) => {
      writeNames(context, this.namesNow(), { view, size, theme });
      if (this.pointed !== null) drawRing(context, this.placeOf(this.pointed), radius + 2.5, theme, false);
      if (model.active !== null) drawRing(context, this.placeOf(model.active), radius + 4, theme, true);
      drawLasso(context, this.lasso, theme);
    });
  }

  private namesNow(): readonly Name[] {
    const { list, colouring, colourBy, isShown } = this.model;
    if (list?.hasPlaces !== true || !areNames(colouring)) return [];
    const { points } = list;
    const column = colourBy === 'folder' ? points.folders : colourBy === 'format' ? points.formats : points.labels;
    this.names ??= namesOf(column, column.texts.map(printable), points.x, points.y, isShown);
    return this.names;
  }
}

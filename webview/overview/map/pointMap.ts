import { element, setText } from '../../shared/dom';
import { t } from '../../shared/l10n';
import { onThemeChange } from '../../shared/plots/theme';
import { drawLasso, drawRing, writeNames, type Name } from './above';
import { Canvases } from './canvases';
import { DrawnPoints } from './drawnPoints';
import { Frames, type Due } from './frames';
import { inside } from './lasso';
import { bindMapInput, type MapActor } from './mapInput';
import type { Change, MapModel } from './mapModel';
import { namesIn } from './names';
import { colourOf, readMapTheme, type MapTheme } from './mapTheme';
import { Places, type Direction } from './places';
import { fitted, panned, showing, toMap, toScreen, zoomed, type Point, type Size, type View } from './view';

/** Pixels from a point within which the pointer means it. */
const reach = 9;

export interface MapEvents {
  /** The pointer rests on a point, or on none. */
  hover(point: number | null): void;
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
  /** The view that shows all points, once it is asked for. */
  private whole: View | null = null;
  /** `null` while all points are shown. */
  private seen: View | null = null;
  private pointed: number | null = null;
  private lasso: readonly Point[] = [];
  private readonly drawn = new DrawnPoints();
  private readonly frames = new Frames((what, count) => {
    this.draw(what, count);
  });

  constructor(
    private readonly model: MapModel,
    private readonly events: MapEvents,
  ) {
    this.canvases = new Canvases(() => {
      this.frames.ask('points');
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
      this.whole = null;
      this.frames.ask('points');
    }).observe(this.node);
    onThemeChange(() => {
      this.theme = readMapTheme();
      this.colour();
    });
    model.onChange((change) => {
      this.take(change);
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
    this.look(zoomed(this.view, size, at ?? { x: size.width / 2, y: size.height / 2 }, factor, this.everything()));
  }

  fit(): void {
    this.seen = null;
    this.frames.ask('points');
  }

  point(at: Point | null): void {
    const found = at === null ? null : this.at(at);
    if (found === this.pointed) return;
    this.pointed = found;
    this.node.classList.toggle('on-point', found !== null);
    this.events.hover(found);
    this.frames.ask('above');
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

  follow(lasso: readonly Point[]): void {
    this.lasso = lasso;
    this.frames.ask('above');
  }

  catch(add: boolean): void {
    const { model, size, view, lasso } = this;
    this.follow([]);
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
    const view = showing(this.view, this.size, { x: x[next] ?? 0, y: y[next] ?? 0 });
    if (view.x !== this.view.x || view.y !== this.view.y) this.look(view);
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
    this.look({ ...view, scale: Math.max(this.everything().scale, view.scale / 3) });
  }

  private get view(): View {
    return this.seen ?? this.everything();
  }

  private everything(): View {
    const { x, y } = this.placed();
    this.whole ??= fitted(x, y, this.size);
    return this.whole;
  }

  private placed(): { readonly x: readonly number[]; readonly y: readonly number[] } {
    const { list } = this.model;
    return list?.hasPlaces === true ? list.points : { x: [], y: [] };
  }

  private look(view: View): void {
    this.seen = view;
    this.pointed = null;
    this.events.hover(null);
    this.frames.move(this.model.list?.length ?? 0);
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

  private take(change: Change): void {
    if (change === 'points') this.seen = null;
    if (change === 'points' || change === 'places') {
      [this.places, this.whole] = [null, null];
      const { x, y } = this.placed();
      this.drawn.place(x, y);
    }
    if (change === 'active') this.frames.ask('above');
    else if (change === 'selection') this.show();
    else this.colour();
  }

  /** Points are small where there are many, and grow while one looks closer. */
  private radius(): number {
    const points = this.model.list?.length ?? 1;
    const closer = Math.min(4, Math.max(1, (this.view.scale / this.everything().scale) ** 0.4));
    return Math.min(9, Math.max(1.4, 9 / Math.max(1, points / 60) ** 0.28) * closer);
  }

  private colour(): void {
    this.names = null;
    const { colouring, isShown } = this.model;
    const tints = colouring.entries.map((entry) => colourOf(entry, colouring.kind, this.theme));
    this.drawn.colour(colouring, tints, this.theme.dim, isShown);
    this.show();
  }

  private show(): void {
    this.drawn.mark(this.model.selected);
    this.canvases.take(this.drawn.drawn);
    this.frames.ask('points');
  }

  private draw(what: Due, count: number): void {
    const { size, model, theme, view } = this;
    const radius = this.radius();
    if (what === 'points') this.canvases.draw(view, size, { radius, ring: theme.text, count });
    this.canvases.write(size, (context) => {
      writeNames(context, this.namesNow(), { view, size, theme });
      if (this.pointed !== null) drawRing(context, this.placeOf(this.pointed), radius + 2.5, theme, false);
      if (model.active !== null) drawRing(context, this.placeOf(model.active), radius + 4, theme, true);
      drawLasso(context, this.lasso, theme);
    });
  }

  private namesNow(): readonly Name[] {
    this.names ??= namesIn(this.model);
    return this.names;
  }
}

import type { PointList } from '../pointList';
import { byNumber, byText, unknown, type Colouring } from './colouring';

/** What points can be coloured by. */
export const colourings = ['label', 'folder', 'format', 'length', 'outlier', 'nearest', 'distance'] as const;
export type ColourBy = (typeof colourings)[number];

/** What has changed of a map: other points, only their places, their colours, what is selected, or what is in focus. */
export type Change = 'points' | 'places' | 'colours' | 'selection' | 'active';

/** The points of a map: how they are coloured, which of them are shown, selected, and in focus. */
export class MapModel {
  private listed: PointList | null = null;
  private by: ColourBy = 'label';
  private coloured: Colouring = byNumber([], 0);
  private readonly off = new Set<number>();
  private chosen: ReadonlySet<number> = new Set();
  private current: number | null = null;
  /** How far all points are from the one in focus, or none. */
  private distances: readonly number[] = [];
  private readonly listeners: ((change: Change) => void)[] = [];

  onChange(listener: (change: Change) => void): void {
    this.listeners.push(listener);
  }

  get list(): PointList | null {
    return this.listed;
  }

  get colouring(): Colouring {
    return this.coloured;
  }

  get colourBy(): ColourBy {
    return this.by;
  }

  /** The entries of the legend whose points are not shown. */
  get hidden(): ReadonlySet<number> {
    return this.off;
  }

  get selected(): ReadonlySet<number> {
    return this.chosen;
  }

  /** The point that the keyboard is at. */
  get active(): number | null {
    return this.current;
  }

  /** The point that distances are told from: the one in focus, or else the first that is selected. */
  get from(): number | null {
    const [first] = this.chosen;
    return this.current ?? first ?? null;
  }

  /** The numbers of the points that are shown. */
  get shown(): readonly number[] {
    const all = Array.from({ length: this.listed?.length ?? 0 }, (_, i) => i);
    return this.off.size === 0 ? all : all.filter(this.isShown);
  }

  readonly isShown = (i: number): boolean => {
    const entry = this.coloured.of[i] ?? unknown;
    return !this.off.has(entry);
  };

  /** Takes up other points; what is selected stays selected. */
  take(list: PointList | null): void {
    const before = this.listed;
    const moved = (i: number): number | null => (before === null || list === null ? null : list.find(before.ref(i)));
    const chosen = [...this.chosen].map(moved).filter((i) => i !== null);
    this.current = this.current === null ? null : moved(this.current);
    this.chosen = new Set(chosen);
    this.listed = list;
    this.distances = [];
    this.colour();
    this.tell('points');
  }

  /** Takes up other places of the same points. */
  move(list: PointList): void {
    this.listed = list;
    this.tell('places');
  }

  colourPoints(by: ColourBy): void {
    if (by === this.by) return;
    this.by = by;
    this.off.clear();
    this.colour();
    this.tell('colours');
  }

  /** Takes up how far all points are from the one in focus. */
  takeDistances(distances: readonly number[]): void {
    this.distances = distances;
    if (this.by !== 'distance') return;
    this.colour();
    this.tell('colours');
  }

  /** Shows or hides the points of an entry. */
  toggle(entry: number): void {
    if (!this.off.delete(entry)) this.off.add(entry);
    this.tell('colours');
  }

  /** Shows the points of one entry alone, or where it is alone those of all. */
  isolate(entry: number): void {
    const others = this.coloured.entries.map((_, i) => i).filter((i) => i !== entry);
    const isAlone = !this.off.has(entry) && others.every((i) => this.off.has(i));
    this.off.clear();
    if (!isAlone) for (const other of others) this.off.add(other);
    this.tell('colours');
  }

  showAll(): void {
    this.off.clear();
    this.tell('colours');
  }

  select(points: Iterable<number>): void {
    this.chosen = new Set(points);
    this.tell('selection');
  }

  /** Adds a point to what is selected, or takes it away. */
  toggleSelected(i: number): void {
    const chosen = new Set(this.chosen);
    if (!chosen.delete(i)) chosen.add(i);
    this.select(chosen);
  }

  activate(i: number | null): void {
    if (i === this.current) return;
    this.current = i;
    this.tell('active');
  }

  private colour(): void {
    const { listed, by } = this;
    if (listed === null) {
      this.coloured = byNumber([], 0);
      return;
    }
    const before = this.coloured.entries.length;
    const { points, length } = listed;
    if (by === 'label') this.coloured = byText(points.labels);
    else if (by === 'folder') this.coloured = byText(points.folders);
    else if (by === 'format') this.coloured = byText(points.formats);
    else if (by === 'length') this.coloured = byNumber(points.steps, length);
    else if (by === 'distance') this.coloured = byNumber(this.distances, length, true);
    else this.coloured = byNumber(points[by], length);
    // Entries are others then: what was hidden is not to be found among them.
    if (this.coloured.entries.length !== before) this.off.clear();
  }

  private tell(change: Change): void {
    for (const listener of this.listeners) listener(change);
  }
}

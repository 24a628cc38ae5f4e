import { mapQuality, type MapQuality } from '../../core/ranking/map/quality';
import type { Galleries } from '../../core/ranking/galleries';
import type { NeighbourGraph } from '../../core/ranking/neighbours/graph';
import { GrowingGraph } from '../../core/ranking/neighbours/growing';
import { GallerySource } from '../../core/ranking/neighbours/source';
import type { IndexStatus } from '../../protocol/engine';
import type { KnownGraph } from '../checks/graphs';
import type { GraphFacts } from '../checks/ofGraph';
import type { OverviewPlaces, OverviewPoints, OverviewStatus } from '../../protocol/overview';
import type { GallerySink } from '../gallerySink';
import { Before } from './before';
import type { KeptOverview } from './keeping';
import { carried, type Known, type Placed } from './known';
import { seed } from './mapRun';
import { NeighbourWork } from './neighbourWork';
import { OverviewMap } from './overviewMap';
import { coordinates, described, type DescribingParts } from './points';

export interface OverviewParts extends DescribingParts {
  readonly galleries: Galleries;
  readonly sink: GallerySink;
  readonly facts: GraphFacts;
  readonly index: () => Pick<IndexStatus, 'state' | 'done' | 'total'>;
  /** Called when there is work again. */
  readonly onWork: () => void;
  readonly onError: (text: string, error: unknown) => void;
  readonly read: (layout: string | null) => Promise<KeptOverview | null>;
  /** What other distances made of a layout last. */
  readonly before: (layout: string | null) => Promise<KeptOverview | null>;
  readonly write: (layout: string | null, kept: KeptOverview) => Promise<void>;
}

/** So often is kept what was done of a graph that is not complete. */
const millisecondsBetweenSaves = 60_000;

/** One layout's neighbours and map. Work is done block by block; between blocks everything may be asked. */
export class Overview {
  private work = new NeighbourWork();
  private map: OverviewMap;
  private known: Known | null = null;
  private quality: MapQuality | null = null;
  private judging: Generator<void, MapQuality | null> | null = null;
  /** As somebody wanted it; `null` as long as it is as it was kept. */
  private wantsPause: boolean | null = null;
  private paused = false;
  private isLoaded = false;
  private needsPoints = true;
  private isPublishing = false;
  private revision = 0;
  private publishedChanges = -1;
  /** What was kept last, in short, and when. */
  private saved = '';
  private savedAt = performance.now();
  private readonly unwatch: () => void;
  /** What another encoder made of it, or `null`. */
  before: Before | null = null;

  constructor(
    private readonly layout: string | null,
    private readonly parts: OverviewParts,
  ) {
    this.map = this.mapOf(null);
    this.unwatch = parts.galleries.watch((key, of) => {
      if (layout !== null && of !== layout) return;
      this.work.touched.add(key);
      this.needsPoints = true;
    });
  }

  /** The neighbours of all that is there, or `null` while something is still to be taken in. */
  get graph(): KnownGraph | null {
    return this.known === null || !this.isCurrent ? null : { graph: this.known.graph, version: this.version };
  }

  /** What is known of all points, and where their distances come from; `null` before there are points. */
  get points(): { readonly graph: NeighbourGraph; readonly source: GallerySource } | null {
    return this.known === null ? null : { graph: this.known.graph, source: this.source };
  }

  /** Where the points are, or `null` before the first picture. */
  get picture(): Placed | null {
    return this.map.picture;
  }

  get isPaused(): boolean {
    return this.paused;
  }

  get status(): OverviewStatus {
    const { paused, version } = this;
    const sequences = this.known?.graph.keys.length ?? this.source.size;
    const picture = this.map.pictures;
    return { layout: this.layout, ...this.stage(), paused, sequences, version, picture };
  }

  pause(paused: boolean): void {
    this.wantsPause = paused;
    this.hold(paused);
  }

  private hold(paused: boolean): void {
    this.paused = paused;
    this.map.pause(paused);
    if (paused) this.work.pace.rest();
  }

  async describedPoints(signal: AbortSignal): Promise<OverviewPoints> {
    const { known, version, quality } = this;
    const picture = this.map.pictures;
    const places = this.shownPlaces();
    const findables = known?.findables ?? [];
    return {
      ...(await described(findables, this.parts, signal)),
      ...{ version, picture, ...places, quality },
      outlier: known === null || known.graph.k === 0 ? [] : Array.from(await this.parts.facts.factors(known.graph)),
      nearest: known === null ? [] : nearestOf(known.graph),
    };
  }

  places(): OverviewPlaces {
    return { version: this.version, picture: this.map.pictures, ...this.shownPlaces() };
  }

  /**
   * Does a block of what is to do next.
   * @returns whether there may be more
   */
  async block(): Promise<boolean> {
    if (!this.isLoaded) return this.load();
    if (this.isDue) return this.save();
    if (this.paused || this.isIndexing) return false;
    if (!this.work.isDone) {
      this.judging = null;
      this.work.pace.begin();
      this.work.block(this.source);
      return true;
    }
    this.work.pace.rest();
    if (this.needsPoints) return this.publish();
    return this.judge();
  }

  /** Ends what goes on, and keeps what was done of it. */
  async close(): Promise<void> {
    this.unwatch();
    await this.map.end();
    if (!this.isLoaded && this.wantsPause !== null) await this.load();
    if (this.isLoaded && this.inShort !== this.saved) await this.save();
  }

  get version(): number {
    return this.revision + this.parts.files.labelChanges;
  }

  private get source(): GallerySource {
    return new GallerySource(this.parts.galleries.galleriesOf(this.layout));
  }

  /** What there is of an index that somebody has paused is looked at. */
  private get isIndexing(): boolean {
    const { state } = this.parts.index();
    return state !== 'ready' && state !== 'paused';
  }

  /** Whether everything that came, changed or went is taken in. */
  private get isCurrent(): boolean {
    return this.known !== null && this.work.isDone && !this.needsPoints && !this.isPublishing;
  }

  private stage(): Pick<OverviewStatus, 'stage' | 'done' | 'total' | 'secondsLeft'> {
    const { work, map } = this;
    if (!this.isCurrent && this.isIndexing) {
      const { done, total } = this.parts.index();
      return { stage: 'indexing', done, total, secondsLeft: null };
    }
    if (!this.isCurrent) {
      const total = Math.max(this.source.size, work.graph.size);
      const left = this.isLoaded ? Math.min(total, work.graph.left + work.touched.size) : total;
      return { stage: 'neighbours', done: total - left, total, secondsLeft: work.pace.secondsFor(left) };
    }
    if (!map.isSettled || this.judging !== null) {
      const { done, rounds } = map.isSettled ? { done: 1, rounds: 1 } : map.progress;
      return { stage: 'map', done, total: rounds, secondsLeft: map.pace.secondsFor(rounds - done) };
    }
    const total = this.known?.graph.keys.length ?? 0;
    return { stage: 'ready', done: total, total, secondsLeft: null };
  }

  private async load(): Promise<boolean> {
    const kept = await this.parts.read(this.layout);
    const other = await this.parts.before(this.layout);
    this.before = other?.map == null ? null : new Before(other.graph, other.map);
    const { touched } = this.work;
    if (kept !== null) {
      const { graph, map } = kept;
      this.work = new NeighbourWork(new GrowingGraph(graph));
      const placed = map === null ? null : { keys: [...graph.keys], marks: graph.rows.marks.slice(0), ...map };
      this.map = this.mapOf(placed);
      this.hold(kept.paused);
      this.saved = this.inShort;
      this.hold(this.wantsPause ?? kept.paused);
    }
    for (const key of touched) this.work.touched.add(key);
    for (const key of this.work.graph.keys()) this.work.touched.add(key);
    for (const key of this.source.keys()) this.work.touched.add(key);
    this.isLoaded = true;
    return true;
  }

  /** Makes what was found known. */
  private async publish(): Promise<boolean> {
    const { graph, changes } = this.work;
    const found = this.known === null || changes !== this.publishedChanges ? graph.graph() : this.known.graph;
    const isOther = found !== this.known?.graph;
    const findables = found.keys.flatMap((key) => this.parts.sink.get(key) ?? []);
    if (findables.length < found.keys.length) throw new Error('a sequence of the graph is not in the index');
    const known = { graph: found, marks: graph.marks(), findables };
    this.publishedChanges = changes;
    this.needsPoints = false;
    if (isOther) {
      this.isPublishing = true;
      await this.map.follow(known).finally(() => {
        this.isPublishing = false;
      });
    }
    this.known = known;
    this.revision++;
    if (isOther) this.judgeAgain();
    return true;
  }

  private judgeAgain(): void {
    const placed = this.map.picture;
    this.judging = null;
    if (!this.map.isSettled || this.known === null || placed?.keys !== this.known.graph.keys) return;
    this.judging = mapQuality(this.known.graph, placed.places, this.source, seed);
  }

  private judge(): boolean {
    const step = this.judging?.next();
    if (step === undefined) return false;
    if (step.done !== true) return true;
    this.judging = null;
    this.quality = step.value;
    this.revision++;
    return true;
  }

  private mapOf(placed: ConstructorParameters<typeof OverviewMap>[1]): OverviewMap {
    const onPicture = () => {
      if (!this.map.isSettled) return;
      this.judgeAgain();
      this.parts.onWork();
    };
    const onError = (error: unknown) => {
      this.parts.onError('The map of an overview could not be made.', error);
    };
    return new OverviewMap({ onPicture, onError }, placed, (keys) => this.before?.placesOf(keys) ?? null);
  }

  private get isDue(): boolean {
    if (this.saved === this.inShort) return false;
    const isComplete = this.isCurrent && this.map.isSettled && this.judging === null;
    const isOther = this.saved.endsWith('paused') !== this.paused;
    return isComplete || isOther || performance.now() - this.savedAt > millisecondsBetweenSaves;
  }

  /** Changes whenever there is something else to keep. */
  private get inShort(): string {
    const { map, work, paused } = this;
    return `${work.changes} ${map.isSettled ? map.pictures : 0} ${paused ? 'paused' : ''}`;
  }

  private async save(): Promise<boolean> {
    const { paused } = this;
    const graph = this.work.graph.kept();
    const placed = this.map.isSettled ? this.map.picture : null;
    const map = placed === null ? null : carried(graph.keys, this.work.graph.marks(), placed);
    this.saved = this.inShort;
    this.savedAt = performance.now();
    await this.parts.write(this.layout, { paused, graph, map });
    return true;
  }

  private shownPlaces(): Pick<OverviewPlaces, 'x' | 'y'> {
    const picture = this.map.picture;
    // Of other points than those that are known these are the places no more.
    const places = picture !== null && picture.keys === this.known?.graph.keys ? picture.places : new Float32Array();
    return { x: coordinates(places, 0), y: coordinates(places, 1) };
  }
}

function nearestOf({ keys, k, distances }: NeighbourGraph): readonly number[] {
  return k === 0 ? [] : keys.map((_, i) => distances[i * k]!);
}

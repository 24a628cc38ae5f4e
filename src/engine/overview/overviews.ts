import { Mutex } from 'async-mutex';
import { setImmediate as othersWorked } from 'node:timers/promises';
import { codeOf } from '../../core/files/errorCode';
import { DamagedBlocksError } from '../../core/index/snapshot/blocks';
import type { Store } from '../../core/index/store/store';
import type { Answer, Params } from '../../protocol/engine';
import type { Whereabouts, WhereaboutsParams } from '../../protocol/explanation';
import type { OverviewOf, OverviewPlaces, OverviewPoints, OverviewStatus } from '../../protocol/overview';
import type { Graphs, KnownGraph } from '../checks/graphs';
import { givenLabels } from '../checks/givenLabels';
import { sequenceKey } from '../paths';
import { notIndexed, RequestError } from '../requestError';
import { shortened } from '../shortened';
import { besideBefore } from './before';
import { OverviewFiles, type KeptOverview } from './keeping';
import { Overview, type OverviewParts } from './overview';
import { distancesOf } from './points';
import { whereaboutsIn } from './whereabouts';

export interface OverviewsParts extends Omit<OverviewParts, 'onWork' | 'read' | 'before' | 'write'> {
  readonly storage: string;
  /** What distances depend on beside the sequences. */
  readonly identity: string;
  /** Whether anything is kept for the next session. */
  readonly store: Pick<Store, 'isKept'>;
  readonly note: (text: string) => void;
}

/**
 * Owns the overviews of a workspace, one for each layout that was asked for, and does their work: one block after the
 * other, those that were asked for last first. Between two blocks a search can be answered.
 */
export class Overviews implements Graphs {
  /** The one that was asked for last is the last. */
  private readonly all = new Map<string | null, Overview>();
  private readonly files: OverviewFiles;
  /** Blocks of work, and what must not happen during one. */
  private readonly queue = new Mutex();
  private working: Promise<void> | null = null;
  private readonly waiting = new Set<() => void>();
  /** Whether there may be work. */
  private isAsked = false;
  private closed = false;
  /** What stopped the work; whoever asks next is told, and it begins again. */
  private failure: Error | null = null;

  constructor(private readonly parts: OverviewsParts) {
    this.files = new OverviewFiles(parts.storage, parts.identity);
  }

  /** How far an overview is, which begins when it is first asked for. @throws Error that stopped the work */
  status({ layout }: OverviewOf): OverviewStatus {
    const overview = this.of(layout);
    this.wake();
    this.throwFailure();
    return overview.status;
  }

  pause({ layout, paused }: OverviewOf & { readonly paused: boolean }): OverviewStatus {
    const overview = this.of(layout);
    overview.pause(paused);
    this.wake();
    return overview.status;
  }

  points({ layout }: OverviewOf, signal: AbortSignal): Promise<OverviewPoints> {
    const overview = this.of(layout);
    this.wake();
    return overview.describedPoints(signal);
  }

  places({ layout }: OverviewOf): OverviewPlaces {
    return this.of(layout).places();
  }

  /** The distances of a sequence to all points of an overview. @throws RequestError for one that is not among them */
  distances({ layout, sequence }: Params<'overviewDistances'>): Answer<'overviewDistances'> {
    const { points, version } = this.of(layout);
    const key = sequenceKey(sequence.path, sequence.number);
    if (points === null || !points.graph.keys.includes(key)) throw notIndexed();
    return { version, distances: distancesOf(points, key) };
  }

  /** Where a query and its matches lie on the map of those that they are compared with. */
  whereabouts(params: WhereaboutsParams): Whereabouts {
    const found = this.parts.sink.get(sequenceKey(params.query.path, params.query.number));
    const layout = params.scope === 'all' ? null : (found?.sequence.layout ?? null);
    return whereaboutsIn(this.status({ layout }), this.of(layout).picture, params);
  }

  /** Where the points of an overview lay before, by another encoder; `null` where nothing is known of that. */
  before({ layout }: OverviewOf): Answer<'overviewBefore'> {
    const { points, version, before } = this.of(layout);
    if (points === null || before === null) return null;
    return { version, ...besideBefore(points.graph, before, givenLabels(points.graph.keys, this.parts)) };
  }

  /**
   * The neighbours of all sequences of a layout, or with `null` of all layouts, once they are found.
   * @throws RequestError where somebody has paused it, and what stopped the work
   */
  async graphOf(layout: string | null, signal: AbortSignal): Promise<KnownGraph> {
    const overview = this.of(layout);
    this.wake();
    for (;;) {
      signal.throwIfAborted();
      const { graph } = overview;
      if (graph !== null) return graph;
      if (overview.isPaused) throw new RequestError('The overview is paused. Let it go on, and ask again.');
      await this.nextBlock(signal);
      this.throwFailure();
    }
  }

  /** Looks for work: something may have changed. */
  wake(): void {
    if (this.closed) return;
    this.isAsked = true;
    this.working ??= this.run();
  }

  /** Forgets what is kept for the next session. */
  async forget(): Promise<void> {
    if (this.parts.store.isKept) await this.queue.runExclusive(() => this.files.forget());
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.working;
    for (const overview of this.all.values()) await overview.close();
  }

  private async run(): Promise<void> {
    // Whoever woke it is done first.
    await othersWorked();
    while (this.isAsked) {
      this.isAsked = false;
      if (await this.queue.runExclusive(() => this.block())) this.isAsked = true;
      for (const done of [...this.waiting]) done();
      await othersWorked();
    }
    this.working = null;
  }

  private throwFailure(): void {
    const { failure } = this;
    this.failure = null;
    if (failure !== null) throw failure;
  }

  /** Resolves after the next block of any overview, or when the signal is aborted. */
  private nextBlock(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        signal.removeEventListener('abort', done);
        this.waiting.delete(done);
        resolve();
      };
      this.waiting.add(done);
      signal.addEventListener('abort', done);
    });
  }

  /** @returns whether there may be more to do */
  private async block(): Promise<boolean> {
    try {
      for (const overview of [...this.all.values()].reverse()) {
        if (this.closed) return false;
        if (await overview.block()) return true;
      }
    } catch (error) {
      this.failure = error instanceof Error ? error : new Error(String(error));
    }
    return false;
  }

  private of(asked: string | null): Overview {
    const layout = asked === null ? null : this.layoutOf(asked);
    const overview = this.all.get(layout) ?? new Overview(layout, this.partsOfOne());
    this.all.delete(layout);
    this.all.set(layout, overview);
    return overview;
  }

  /** The layout that a text stands for, which may have been too long for a message. */
  private layoutOf(text: string): string {
    return [...this.parts.galleries.sizes().keys()].find((layout) => shortened(layout) === text) ?? text;
  }

  private partsOfOne(): OverviewParts {
    return {
      ...this.parts,
      onWork: () => {
        this.wake();
      },
      read: (layout) => this.read(() => this.files.read(layout)),
      before: (layout) => this.read(() => this.files.before(layout)),
      write: (layout, kept) => this.write(layout, kept),
    };
  }

  private async read(read: () => Promise<KeptOverview | null>): Promise<KeptOverview | null> {
    if (!this.parts.store.isKept) return null;
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof DamagedBlocksError) && typeof codeOf(error) !== 'string') throw error;
      this.parts.note(`What was kept of an overview cannot be used (${String(error)}); it is made again.`);
      return null;
    }
  }

  private async write(layout: string | null, kept: KeptOverview): Promise<void> {
    if (!this.parts.store.isKept) return;
    try {
      await this.files.write(layout, kept);
    } catch (error) {
      if (typeof codeOf(error) !== 'string') throw error;
      this.parts.note(`An overview could not be kept (${String(error)}); the next start makes it again.`);
    }
  }
}

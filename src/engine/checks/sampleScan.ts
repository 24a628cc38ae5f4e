import { copyCandidates, candidatesOfEach } from '../../core/ranking/checks/copyCandidates';
import { standardLevels } from '../../core/ranking/checks/likeLevels';
import type { NeighbourGraph } from '../../core/ranking/neighbours/graph';
import { toFloats } from '../../core/distributions/bytes';
import type { FoundCopy } from '../../core/recordings/copies/copyKind';
import type { ChannelVitals } from '../../core/recordings/faults/vitals';
import type { WorkOptionsOf } from '../../core/index/fileWorker';
import type { Catalogue } from '../../core/index/catalogue';
import type { GallerySink } from '../gallerySink';
import type { PlacedSequence } from '../workers/tasks';
import type { Threads } from '../workers/threads';
import { findableOf, type KnownGraph } from './graphs';

/** How a recording is a copy of another, of which the bytes may be the same as well. */
export type CopyOfPair = Omit<FoundCopy, 'kind'> & { readonly kind: FoundCopy['kind'] | 'bytes' };

export interface ScanParts {
  readonly sink: GallerySink;
  readonly catalogue: Catalogue;
  readonly threads: Pick<Threads, 'check'>;
  readonly workOf: WorkOptionsOf;
}

/** Pairs of one task. */
const pairsTogether = 24;

/** What the samples of a layout tell so far; the same object until they tell more. */
export interface Scanned {
  readonly graph: NeighbourGraph;
  readonly done: number;
  readonly total: number;
  /** The vitals of a sequence, or `null` where they are not known. */
  readonly vitalsOf: (key: string) => readonly ChannelVitals[] | null;
  /** Pairs of numbers of the graph that are copies. */
  readonly copies: readonly (readonly [number, number])[];
  /** Resolves when everything was looked at. @throws what a thread throws that is no fault of a recording */
  readonly finished: Promise<void>;
}

/**
 * Looks at the samples of all recordings, once for each content, in the background: their vitals, and whether pairs that
 * may be copies are. Owns what it has found; one scan of a layout is under way at a time.
 */
export class SampleScan {
  private readonly vitals = new Map<string, readonly ChannelVitals[] | null>();
  private readonly copies = new Map<string, CopyOfPair>();
  private readonly scans = new Map<string | null, { readonly version: number; readonly scan: LayoutScan }>();

  /** @param closed ends all scans */
  constructor(
    private readonly parts: ScanParts,
    private readonly closed: AbortSignal,
  ) {}

  /** What is known of a layout; what is not is looked for from now on. */
  of(layout: string | null, { graph, version }: KnownGraph): Scanned {
    const known = this.scans.get(layout);
    if (known?.version === version) return known.scan.state();
    known?.scan.stop();
    const scan = new LayoutScan(this.parts, graph, this.vitals, this.copies, this.closed);
    this.scans.set(layout, { version, scan });
    // Whoever waits hears of it; the next to ask begins again.
    scan.finished.catch(() => {
      if (this.scans.get(layout)?.scan === scan) this.scans.delete(layout);
    });
    return scan.state();
  }

  /** How one recording is a copy of another. */
  async copyOf(kept: PlacedSequence, other: PlacedSequence, signal: AbortSignal): Promise<CopyOfPair> {
    const key = pairOf(contentOf(this.parts, kept), contentOf(this.parts, other));
    const known = this.copies.get(key);
    if (known !== undefined) return known;
    const [found] = await compared(this.parts, [[kept, other]], signal);
    if (found === undefined) throw new Error('a pair was compared without an answer');
    this.copies.set(key, found);
    return found;
  }

  /** The vitals of one sequence, looked at now if they are not known; `null` where it cannot be read. */
  async vitalsNow(of: PlacedSequence, signal: AbortSignal): Promise<readonly ChannelVitals[] | null> {
    const key = contentOf(this.parts, of);
    const known = this.vitals.get(key);
    if (known !== undefined) return known;
    const { path, options, number } = of;
    const [found = null] = await this.parts.threads.check('vitals', { path, options, numbers: [number] }, signal);
    this.vitals.set(key, found);
    return found;
  }
}

/** The scan of one version of a layout. */
class LayoutScan {
  readonly finished: Promise<void>;
  private readonly stopping = new AbortController();
  private readonly contents: readonly string[];
  private pairs: readonly (readonly [number, number])[] | null = null;
  private done = 0;
  private last: Scanned | null = null;

  constructor(
    private readonly parts: ScanParts,
    private readonly graph: NeighbourGraph,
    private readonly vitals: Map<string, readonly ChannelVitals[] | null>,
    private readonly copies: Map<string, CopyOfPair>,
    closed: AbortSignal,
  ) {
    this.contents = graph.keys.map((key) => contentOf(parts, findableOf(parts.sink, key).sequence));
    this.finished = this.run(AbortSignal.any([closed, this.stopping.signal]));
  }

  stop(): void {
    this.stopping.abort();
  }

  state(): Scanned {
    if (this.last?.done !== this.done) this.last = this.now();
    return this.last;
  }

  private now(): Scanned {
    const numberOf = new Map(this.graph.keys.map((key, i) => [key, i]));
    const isCopy = ([a, b]: readonly [number, number]) => {
      const found = this.copies.get(pairOf(this.contents[a] ?? '', this.contents[b] ?? ''));
      return found !== undefined && found.kind !== 'alike';
    };
    return {
      graph: this.graph,
      done: this.done,
      // Before the pairs are known, about so many are to come.
      total: this.graph.keys.length + (this.pairs?.length ?? this.graph.keys.length * candidatesOfEach),
      vitalsOf: (key) => this.vitals.get(this.contents[numberOf.get(key) ?? -1] ?? '') ?? null,
      copies: (this.pairs ?? []).filter(isCopy),
      finished: this.finished,
    };
  }

  private async run(signal: AbortSignal): Promise<void> {
    await this.readVitals(signal);
    const extremes = this.contents.map((content) =>
      (this.vitals.get(content) ?? []).flatMap(({ lowest, highest }) => [lowest, highest]),
    );
    this.pairs = copyCandidates(this.graph, await this.likeLevels(signal), extremes);
    this.last = null;
    const missing: (readonly [number, number])[] = [];
    for (const pair of this.pairs) {
      if (this.copies.has(this.keyOf(pair))) this.done++;
      else missing.push(pair);
    }
    const batches = Array.from({ length: Math.ceil(missing.length / pairsTogether) }, (_, i) =>
      missing.slice(i * pairsTogether, (i + 1) * pairsTogether),
    );
    await inTurn(batches, async (batch) => {
      const placed = batch.map(([a, b]) => [this.placed(a), this.placed(b)] as const);
      const found = await compared(this.parts, placed, signal);
      batch.forEach((pair, i) => {
        const copy = found[i];
        if (copy !== undefined) this.copies.set(this.keyOf(pair), copy);
      });
      this.done += batch.length;
    });
  }

  private async readVitals(signal: AbortSignal): Promise<void> {
    const byPath = new Map<string, number[]>();
    for (const i of this.graph.keys.keys()) {
      if (this.vitals.has(this.contents[i] ?? '')) {
        this.done++;
        continue;
      }
      const { path } = this.placed(i);
      byPath.set(path, [...(byPath.get(path) ?? []), i]);
    }
    await inTurn([...byPath], async ([path, all]) => {
      const numbers = all.map((i) => this.placed(i).number);
      const found = await this.parts.threads.check(
        'vitals',
        { path, options: this.parts.workOf(path), numbers },
        signal,
      );
      all.forEach((i, at) => this.vitals.set(this.contents[i] ?? '', found[at] ?? null));
      this.done += all.length;
    });
  }

  /** Sequences with like levels, of those with as many channels as most have: others cannot be copies of them. */
  private async likeLevels(signal: AbortSignal): Promise<Int32Array> {
    const { keys } = this.graph;
    const surveyed = keys.map((key) => findableOf(this.parts.sink, key).sequence.surveyed);
    const like = new Int32Array(keys.length * candidatesOfEach).fill(-1);
    for (const channels of new Set(surveyed.map((each) => each.channels.length))) {
      const own = surveyed.flatMap((each, i) => (each.channels.length === channels ? [i] : []));
      const levels = own.map((i) => standardLevels(toFloats(surveyed[i]?.levels ?? new Uint8Array(0)), channels));
      const size = levels[0]?.length ?? 0;
      const rows = new Float32Array(own.length * size);
      levels.forEach((row, i) => {
        rows.set(row, i * size);
      });
      const asked = { rows, count: own.length, channels, most: candidatesOfEach };
      const found = await this.parts.threads.check('likeLevels', asked, signal);
      own.forEach((i, at) => {
        for (let j = 0; j < candidatesOfEach; j++) {
          const other = found[at * candidatesOfEach + j]!;
          like[i * candidatesOfEach + j] = other < 0 ? -1 : (own[other] ?? -1);
        }
      });
    }
    return like;
  }

  private placed(number: number): PlacedSequence {
    const { sequence } = findableOf(this.parts.sink, this.graph.keys[number] ?? '');
    return { path: sequence.path, number: sequence.number, options: this.parts.workOf(sequence.path) };
  }

  private keyOf([a, b]: readonly [number, number]): string {
    return pairOf(this.contents[a] ?? '', this.contents[b] ?? '');
  }
}

/** Compares pairs in their samples, but for those whose bytes are the same. */
async function compared(
  parts: ScanParts,
  pairs: readonly (readonly [PlacedSequence, PlacedSequence])[],
  signal: AbortSignal,
): Promise<readonly CopyOfPair[]> {
  const isSame = ([a, b]: readonly [PlacedSequence, PlacedSequence]) => contentOf(parts, a) === contentOf(parts, b);
  const others = pairs.filter((pair) => !isSame(pair));
  const found = others.length === 0 ? [] : await parts.threads.check('copies', { pairs: others }, signal);
  const byPair = new Map(others.map((pair, i) => [pair, found[i]]));
  return pairs.map((pair) => byPair.get(pair) ?? { kind: 'bytes', amount: null, channel: null });
}

/** Stands for what a sequence holds, wherever its file lies. */
function contentOf(
  { catalogue }: Pick<ScanParts, 'catalogue'>,
  of: { readonly path: string; readonly number: number },
) {
  return `${of.number} ${catalogue.get(of.path)?.record?.hash ?? of.path}`;
}

function pairOf(a: string, b: string): string {
  return `${a}\n${b}`;
}

/** Works on several at a time, as there are threads that may take them. */
async function inTurn<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = items.values();
  const worker = async () => {
    for (const item of left) await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

const atOnce = 2;

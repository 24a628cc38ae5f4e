import { byteScaleOf } from '../../core/encoder/codes';
import type { EncoderDescription } from '../../core/encoder/description';
import { dips, windowsOf } from '../../core/encoder/windowGrid';
import type { Span } from '../../core/encoder/windows';
import type { WorkOptions, WorkOptionsOf } from '../../core/index/fileWorker';
import type { Indexer } from '../../core/index/indexer';
import { forEachConcurrently } from '../../core/index/pace';
import { UnreadableError } from '../../core/recordings/unreadable';
import type { EmbeddedStretch, LocatedWindows, OpenPart } from '../workers/tasks';
import type { Threads } from '../workers/threads';
import { byFile } from './byFile';
import type { Candidate } from './candidates';
import { byRecording, type Find } from './finds';
import type { Left } from './left';
import type { Measured, OpenFind, Seed } from './rerank';

export interface MeasuringParts {
  readonly workOf: WorkOptionsOf;
  readonly encoder: EncoderDescription;
  readonly threads: Pick<Threads, 'search'>;
  readonly indexer: Pick<Indexer, 'formFor'>;
}

/** A part of a recording, open or not. */
export interface Part {
  readonly candidate: Candidate;
  readonly findable: Candidate['findable'];
  readonly part: Span;
}

/** A part of a recording with its features. */
export type Opened = Pick<Seed, 'candidate' | 'open'>;

/** A window of such a part. */
type OpenWindow = Pick<Seed, 'candidate' | 'open' | 'start'>;

/** So many files, or groups of recordings, are worked on at once. */
const width = 8;

/** So many open recordings are handed to a thread at once to be estimated, and to have windows measured. */
const estimatedTogether = 8;
const movedTogether = 2;

/** Windows whose estimates are larger than those beside them by less may be nearer than these all the same. */
const tolerance = 0.05;

/** Has windows measured against one stretch; recordings that cannot be read any more are told. */
export class Measuring {
  private readonly failed = new Set<string>();
  private readonly unit: number;

  constructor(
    private readonly parts: MeasuringParts,
    private readonly stretch: EmbeddedStretch,
    private readonly left: Left,
    private readonly signal: AbortSignal,
  ) {
    this.unit = byteScaleOf(parts.encoder).step / stretch.codes.length;
  }

  /** Whether a recording could be read as far as it was needed. */
  isSound({ key }: Candidate): boolean {
    return !this.failed.has(key);
  }

  /** Encodes parts of recordings. @param take is given each */
  async open<T extends Part>(parts: readonly T[], take: (part: T, open: OpenPart) => void): Promise<void> {
    await this.eachFile(parts, async (ofFile, file) => {
      const wanted = ofFile.map(({ candidate, part }) => ({ sequence: this.located(candidate), part }));
      const opened = await this.parts.threads.search('open', { ...file, parts: wanted }, this.signal);
      ofFile.forEach((part, i) => {
        const open = opened[i];
        if (open !== undefined) take(part, open);
      });
    });
  }

  /** The windows of open parts that are nearer than those beside them, by estimates. */
  async seeds(parts: readonly Opened[]): Promise<readonly Seed[]> {
    const { threads } = this.parts;
    const { query } = this.stretch;
    const all: Seed[] = [];
    await forEachConcurrently(groupsOf(parts, estimatedTogether), width, async (group) => {
      const asked = group.map(({ candidate, open }) => ({ sequence: this.located(candidate), open }));
      const found = await threads.search('estimate', { query, parts: asked }, this.signal);
      group.forEach(({ candidate, open }, i) => {
        const estimates = found[i] ?? new Float32Array(0);
        const windows = windowsOf(candidate.findable.sequence.surveyed.steps, candidate.length, open.part);
        for (const dip of dips(estimates, tolerance)) {
          const estimate = this.unit * (estimates[dip] ?? Infinity);
          if (estimate < Infinity) all.push({ candidate, open, start: windows[dip]?.start ?? 0, estimate });
        }
      });
    });
    return all;
  }

  /** The nearest windows on the grid to which seeds come. */
  async climbed(seeds: readonly Seed[]): Promise<readonly Measured[]> {
    const all: Measured[] = [];
    await this.moved(seeds, 'grid', (seed, find) => all.push({ seed, find }));
    return all;
  }

  /** Finds moved by single time steps to where they are nearest. */
  async refined(finds: readonly OpenFind[]): Promise<readonly Find[]> {
    const all: Find[] = [];
    const windows = finds.map(({ candidate, open, span: { start } }) => ({ candidate, open, start }));
    await this.moved(windows, 'single', (_, find) => all.push(find));
    return all;
  }

  private async moved<T extends OpenWindow>(
    windows: readonly T[],
    by: 'grid' | 'single',
    take: (window: T, find: Find) => void,
  ): Promise<void> {
    const { query } = this.stretch;
    await forEachConcurrently(groupsOf(byPart(windows), movedTogether), width, async (group) => {
      const asked = group.flatMap((own) => {
        const [first] = own;
        if (first === undefined) return [];
        const { candidate, open } = first;
        return [{ sequence: this.located(candidate), open, starts: own.map(({ start }) => start) }];
      });
      const found = await this.parts.threads.search('move', { query, by, parts: asked }, this.signal);
      group.forEach((own, g) => {
        own.forEach((window, i) => {
          const moved = found[g]?.[i];
          if (moved !== undefined) take(window, this.find(window.candidate, moved.start, moved.cost));
        });
      });
    });
  }

  /** All windows of open parts, of which those are given that are nearer than the ones beside them. */
  async everything(parts: readonly Opened[]): Promise<readonly Find[]> {
    const { query } = this.stretch;
    const finds: Find[] = [];
    await forEachConcurrently(parts, width, async ({ candidate, open }) => {
      const asked = [{ sequence: this.located(candidate), open }];
      const [costs = new Float64Array(0)] = await this.parts.threads.search(
        'measure',
        { query, parts: asked },
        this.signal,
      );
      const windows = windowsOf(candidate.findable.sequence.surveyed.steps, candidate.length, open.part);
      for (const dip of dips(costs)) {
        if (costs[dip]! < Infinity) finds.push(this.find(candidate, windows[dip]?.start ?? 0, costs[dip]!));
      }
    });
    return finds;
  }

  /** The distances of whole recordings. */
  async wholes(candidates: readonly Candidate[]): Promise<ReadonlyMap<Candidate, Find>> {
    const finds = new Map<Candidate, Find>();
    const items = candidates.map((candidate) => ({ candidate, findable: candidate.findable }));
    await this.eachFile(items, async (ofFile, file) => {
      const sequences = ofFile.map(({ candidate }) => this.located(candidate));
      const { codes } = this.stretch;
      const costs = await this.parts.threads.search('compare', { ...file, codes, sequences }, this.signal);
      ofFile.forEach(({ candidate }, i) => {
        finds.set(candidate, this.find(candidate, 0, costs[i] ?? Infinity));
      });
    });
    return finds;
  }

  private located({ findable: { sequence }, length, without }: Candidate): LocatedWindows {
    const { number, surveyed } = sequence;
    return { number, ...this.parts.indexer.formFor(sequence), steps: surveyed.steps, length, without };
  }

  private find(candidate: Candidate, start: number, cost: number): Find {
    return { candidate, span: { start, end: start + candidate.length }, distance: this.unit * cost };
  }

  private async eachFile<T extends Pick<Part, 'candidate' | 'findable'>>(
    items: readonly T[],
    work: (ofFile: readonly T[], file: { readonly path: string; readonly options: WorkOptions }) => Promise<void>,
  ): Promise<void> {
    await forEachConcurrently(byFile(items), width, async (ofFile) => {
      const path = ofFile[0]?.findable.sequence.path ?? '';
      try {
        await work(ofFile, { path, options: this.parts.workOf(path) });
      } catch (error) {
        if (!(error instanceof UnreadableError) || this.signal.aborted) throw error;
        const unknown = [...byRecording(ofFile).values()].flatMap(([first]) => {
          return first !== undefined && this.isSound(first.candidate) ? [first.candidate] : [];
        });
        this.left.add(error.message, unknown.length);
        for (const { key } of unknown) this.failed.add(key);
      }
    });
  }
}

function groupsOf<T>(items: readonly T[], together: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / together) }, (_, i) => {
    return items.slice(i * together, (i + 1) * together);
  });
}

/** Windows of one length of one part together. */
function byPart<T extends OpenWindow>(windows: readonly T[]): readonly (readonly T[])[] {
  const all: T[][] = [];
  const places = new Map<Candidate, Map<OpenPart, T[]>>();
  for (const window of windows) {
    const parts = places.get(window.candidate) ?? new Map<OpenPart, T[]>();
    places.set(window.candidate, parts);
    const own = parts.get(window.open);
    if (own !== undefined) own.push(window);
    else {
      const first = [window];
      parts.set(window.open, first);
      all.push(first);
    }
  }
  return all;
}

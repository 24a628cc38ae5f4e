import { byteScaleOf } from '../../core/encoder/codes';
import type { EncoderDescription } from '../../core/encoder/description';
import type { WorkOptionsOf } from '../../core/index/fileWorker';
import type { Indexer } from '../../core/index/indexer';
import { forEachConcurrently } from '../../core/index/pace';
import { dips } from '../../core/encoder/windowGrid';
import { UnreadableError } from '../../core/recordings/unreadable';
import type { FoundWindows, Tasks } from '../workers/tasks';
import type { Threads } from '../workers/threads';
import { byFile } from './byFile';
import type { Candidate } from './candidates';
import { byRecording, type Find } from './finds';
import type { Left } from './left';
import type { Measured, Seed } from './rerank';

export interface MeasuringParts {
  readonly workOf: WorkOptionsOf;
  readonly encoder: EncoderDescription;
  readonly threads: Pick<Threads, 'search'>;
  readonly indexer: Pick<Indexer, 'formFor'>;
}

type Move = Parameters<Tasks['windows']>[0]['move'];

/** Some windows of a recording. */
interface Windows {
  readonly candidate: Candidate;
  readonly findable: Candidate['findable'];
  readonly starts: readonly number[];
}

/** So many files are asked for at once. */
const width = 8;

/** Has windows measured against one stretch; recordings that cannot be read any more are told. */
export class Measuring {
  private readonly failed = new Set<string>();

  constructor(
    private readonly parts: MeasuringParts,
    private readonly query: Uint8Array,
    private readonly left: Left,
    private readonly signal: AbortSignal,
  ) {}

  /** Whether a recording could be read as far as it was needed. */
  isSound({ key }: Candidate): boolean {
    return !this.failed.has(key);
  }

  /** Seeds, and the windows on the grid to which those of them move that are no farther than is promising. */
  async seeds(seeds: readonly Seed[], promising: number): Promise<readonly Measured[]> {
    const groups = [...byRecording(seeds).values()];
    const windows = groups.map((own) => windowsAt(own, (seed) => seed.start));
    const all: Measured[] = [];
    await this.each(windows, 'grid', promising / this.unit, (candidate, { before, found }) => {
      const own = groups.find(([first]) => first?.candidate === candidate) ?? [];
      own.forEach((seed, i) => {
        const [distance, moved] = [this.unit * (before[i] ?? Infinity), found[i]];
        if (moved !== undefined) all.push({ seed, distance, find: this.find(candidate, moved.start, moved.cost) });
      });
    });
    return all;
  }

  /** All windows of recordings, of which those are given that are nearer than the ones beside them. */
  async everything(candidates: readonly Candidate[]): Promise<readonly Find[]> {
    const windows = candidates.map((candidate) => {
      return { candidate, findable: candidate.findable, starts: candidate.spans.map(({ start }) => start) };
    });
    const finds: Find[] = [];
    await this.each(windows, 'none', 0, (candidate, { before }) => {
      for (const i of dips(before)) {
        finds.push(this.find(candidate, candidate.spans[i]?.start ?? 0, before[i] ?? Infinity));
      }
    });
    return finds;
  }

  /** Finds, moved by single time steps to where they are nearest. */
  async refined(finds: readonly Find[]): Promise<readonly Find[]> {
    const groups = [...byRecording(finds).values()];
    const windows = groups.map((own) => windowsAt(own, (find) => find.span.start));
    const all: Find[] = [];
    await this.each(windows, 'single', Infinity, (candidate, { found }) => {
      for (const { start, cost } of found) all.push(this.find(candidate, start, cost));
    });
    return all;
  }

  private get unit(): number {
    return byteScaleOf(this.parts.encoder).step / this.query.length;
  }

  private find(candidate: Candidate, start: number, cost: number): Find {
    return { candidate, span: { start, end: start + candidate.length }, distance: this.unit * cost };
  }

  private async each(
    windows: readonly Windows[],
    move: Move,
    promising: number,
    take: (candidate: Candidate, found: FoundWindows) => void,
  ): Promise<void> {
    const { workOf, threads, indexer } = this.parts;
    const { query, signal } = this;
    await forEachConcurrently(byFile(windows), width, async (ofFile) => {
      const path = ofFile[0]?.findable.sequence.path ?? '';
      const sequences = ofFile.map(({ findable: { sequence }, candidate: { length, without }, starts }) => {
        const { number, surveyed } = sequence;
        return { number, steps: surveyed.steps, ...indexer.formFor(sequence), length, starts, without };
      });
      try {
        const asked = { path, options: workOf(path), query, sequences, move, promising };
        const found = await threads.search('windows', asked, signal);
        ofFile.forEach(({ candidate }, i) => {
          const own = found[i];
          if (own !== undefined) take(candidate, own);
        });
      } catch (error) {
        if (!(error instanceof UnreadableError) || signal.aborted) throw error;
        const unknown = ofFile.filter(({ candidate }) => this.isSound(candidate));
        this.left.add(error.message, unknown.length);
        for (const { candidate } of unknown) this.failed.add(candidate.key);
      }
    });
  }
}

function windowsAt<T extends { readonly candidate: Candidate }>(
  own: readonly T[],
  startOf: (item: T) => number,
): Windows {
  const [first] = own;
  if (first === undefined) throw new RangeError('there are no windows of a recording');
  return { candidate: first.candidate, findable: first.candidate.findable, starts: own.map(startOf) };
}

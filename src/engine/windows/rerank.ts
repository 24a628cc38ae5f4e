import type { OpenPart } from '../workers/tasks';
import type { Candidate } from './candidates';
import { nearestOf, type Find, type Wanted } from './finds';
import { FittedLine } from './fittedLine';

/** A window that is nearer than those beside it, by an estimate of its distance. */
export interface Seed {
  readonly candidate: Candidate;
  readonly open: OpenPart;
  readonly start: number;
  readonly estimate: number;
}

/** A seed and the nearest window that it came to. */
export interface Measured {
  readonly seed: Seed;
  readonly find: Find;
}

/** A find with the features that it was found by. */
export interface OpenFind extends Find {
  readonly open: OpenPart;
}

/** So many seeds are measured at once, for each window that is wanted. */
const perWanted = 1.5;

/** Of the distances that are expected of an estimate, so many standard deviations below are taken to be possible. */
const deviations = 4;

/**
 * Measures the windows with the smallest estimates until the next ones cannot be among those wanted. What distances an
 * estimate stands for is learnt from those that were measured, as a line and how far they lie around it.
 */
export class Reranking {
  private readonly finds: OpenFind[] = [];
  private readonly best = new Map<string, number>();
  private readonly line = new FittedLine();
  /** The distance of the last window wanted; infinite while there are fewer. */
  last = Infinity;

  constructor(
    private readonly wanted: Wanted,
    private readonly measure: (seeds: readonly Seed[]) => Promise<readonly Measured[]>,
  ) {}

  nearest(): readonly OpenFind[] {
    return nearestOf(this.finds, this.wanted);
  }

  /** Takes further windows into account. */
  async add(seeds: readonly Seed[]): Promise<void> {
    const waiting = [...seeds].sort((a, b) => a.estimate - b.estimate);
    const size = Math.ceil(perWanted * this.wanted.limit);
    for (let at = 0; at < waiting.length;) {
      const chosen: Seed[] = [];
      while (at < waiting.length && chosen.length < size) {
        const seed = waiting[at++];
        if (seed === undefined) break;
        const possible = this.line.below(seed.estimate, deviations);
        if (possible > this.last) {
          at = waiting.length;
          break;
        }
        const own = this.wanted.each === 'best' ? (this.best.get(seed.candidate.key) ?? Infinity) : Infinity;
        if (possible <= own) chosen.push(seed);
      }
      if (chosen.length > 0) this.take(await this.measure(chosen));
    }
  }

  private take(measured: readonly Measured[]): void {
    for (const { seed, find } of measured) {
      const { key } = seed.candidate;
      this.finds.push({ ...find, open: seed.open });
      this.best.set(key, Math.min(this.best.get(key) ?? Infinity, find.distance));
      this.line.add(seed.estimate, find.distance);
    }
    const nearest = this.nearest();
    this.last = nearest.length < this.wanted.limit ? Infinity : (nearest.at(-1)?.distance ?? Infinity);
  }
}

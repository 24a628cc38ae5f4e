import { nearestOf, type Find, type Wanted } from './finds';
import type { Candidate } from './candidates';

/** A window that may be near by its track. */
export interface Seed {
  readonly candidate: Candidate;
  readonly start: number;
  /** Of its distance. */
  readonly estimate: number;
}

/** What became of a seed: its own distance, and the window to which it moved. */
export interface Measured {
  readonly seed: Seed;
  readonly distance: number;
  readonly find: Find;
}

/** So many seeds are measured at first, for each window that is wanted, and so many more each time. */
const firstPerWanted = 1.5;
const thenPerWanted = 1;

/** Of the distances that are expected of an estimate, so many standard deviations below are taken to be possible. */
const deviations = 2.5;

/** A seed that is farther than the last one wanted by more than this factor does not move. */
const gain = 1.15;

/**
 * Measures the windows with the smallest estimates until the next ones cannot be among those wanted. What distances an
 * estimate stands for is learnt from those that were measured, as a line and how far they lie around it.
 *
 * @param measure is told beyond what distance a seed need not move
 */
export async function rerank(
  seeds: readonly Seed[],
  wanted: Wanted,
  measure: (some: readonly Seed[], promising: number) => Promise<readonly Measured[]>,
): Promise<readonly Find[]> {
  const waiting = [...seeds].sort((a, b) => a.estimate - b.estimate);
  const finds: Find[] = [];
  const best = new Map<string, number>();
  const line = new FittedLine();
  let size = Math.ceil(firstPerWanted * wanted.limit);
  for (let at = 0; at < waiting.length;) {
    const shown = nearestOf(finds, wanted);
    const last = shown.length < wanted.limit ? Infinity : (shown.at(-1)?.distance ?? Infinity);
    const chosen: Seed[] = [];
    while (at < waiting.length && chosen.length < size) {
      const seed = waiting[at++];
      if (seed === undefined) break;
      const possible = line.at(seed.estimate) - deviations * line.deviation;
      if (possible > gain * last) return finds;
      const own = wanted.each === 'best' ? (best.get(seed.candidate.key) ?? Infinity) : Infinity;
      if (possible <= gain * own) chosen.push(seed);
    }
    for (const { seed, distance, find } of await measure(chosen, gain * last)) {
      finds.push(find);
      const { key } = seed.candidate;
      best.set(key, Math.min(best.get(key) ?? Infinity, find.distance));
      line.add(seed.estimate, distance);
    }
    size = Math.ceil(thenPerWanted * wanted.limit);
  }
  return finds;
}

/** The straight line that fits points best, by least squares. */
class FittedLine {
  private count = 0;
  private readonly sums = { x: 0, y: 0, xx: 0, xy: 0, yy: 0 };

  add(x: number, y: number): void {
    this.count++;
    this.sums.x += x;
    this.sums.y += y;
    this.sums.xx += x * x;
    this.sums.xy += x * y;
    this.sums.yy += y * y;
  }

  /** Its height; 0 of too few points. */
  at(x: number): number {
    if (this.count < 3) return 0;
    const { sums, count } = this;
    return sums.y / count + this.slope * (x - sums.x / count);
  }

  /** How far the points lie above or below it. */
  get deviation(): number {
    if (this.count < 3) return 0;
    const { sums, count } = this;
    const squares = sums.yy - sums.y ** 2 / count - this.slope * (sums.xy - (sums.x * sums.y) / count);
    return Math.sqrt(Math.max(squares, 0) / (count - 2));
  }

  /** It never falls: larger estimates are of larger distances. */
  private get slope(): number {
    const { sums, count } = this;
    const spread = sums.xx - sums.x ** 2 / count;
    return spread > 0 ? Math.max((sums.xy - (sums.x * sums.y) / count) / spread, 0) : 0;
  }
}

import type { Span } from '../encoder/windows';

/** Where a window is, and what it costs. */
export interface Moved {
  readonly start: number;
  readonly cost: number;
}

/**
 * Moves a window as long as one of its neighbours costs less.
 *
 * @param starts in rising order, of the windows that it may become
 * @param from one of them
 */
export function climb(starts: readonly number[], from: number, costOf: (start: number) => number): Moved {
  let at = starts.indexOf(from);
  let best: Moved = { start: from, cost: costOf(from) };
  for (;;) {
    const around = [at - 1, at + 1].filter((i) => i in starts);
    const next = cheapest(
      around.map((i) => starts[i] ?? from),
      costOf,
    );
    if (!(next.cost < best.cost)) return best;
    best = next;
    at = starts.indexOf(best.start);
  }
}

/** The window that costs least of those that begin at some time steps; the first of several. */
export function cheapest(starts: readonly number[], costOf: (start: number) => number): Moved {
  let best: Moved = { start: starts[0] ?? 0, cost: Infinity };
  for (const start of starts) {
    const cost = costOf(start);
    if (cost < best.cost) best = { start, cost };
  }
  return best;
}

/**
 * Moves a window by ever smaller steps, down to a single one, as long as it costs less.
 *
 * @param reach at most so far before `within` narrows it
 * @param within the starts that are allowed, both ends included
 */
export function refine(from: number, reach: number, within: Span, costOf: (start: number) => number): Moved {
  let best: Moved = { start: from, cost: costOf(from) };
  for (let step = Math.ceil(reach / 2); step >= 1; step = step === 1 ? 0 : Math.ceil(step / 2)) {
    const around = [best.start - step, best.start + step].filter((other) => {
      return other >= within.start && other <= within.end && Math.abs(other - from) <= reach;
    });
    const next = cheapest(around, costOf);
    if (next.cost < best.cost) best = next;
  }
  return best;
}

/** The same costs, each found out once. */
export function remembered(costOf: (start: number) => number): (start: number) => number {
  const known = new Map<number, number>();
  return (start) => {
    const cost = known.get(start) ?? costOf(start);
    known.set(start, cost);
    return cost;
  };
}

/** Time steps [start, end). */
export interface Span {
  readonly start: number;
  readonly end: number;
}

const windowSteps = 4096;

/**
 * Which time steps of a sequence an embedding covers: all of them up to `budget`, else evenly spaced windows of 4,096
 * steps (fewer if the budget is smaller) from the first to the last step.
 *
 * @param grid starts of windows are multiples of this, so that a window's features are features of the whole
 */
export function coverage(steps: number, budget: number, grid: number): readonly Span[] {
  if (steps <= budget) return [{ start: 0, end: steps }];
  const length = Math.max(Math.floor(Math.min(windowSteps, budget) / grid), 1) * grid;
  const count = Math.max(Math.floor(budget / length), 1);
  const lastStart = steps - length;
  return Array.from({ length: count }, (_, i) => {
    const even = count === 1 ? lastStart / 2 : (i * lastStart) / (count - 1);
    const start = Math.floor(even / grid) * grid;
    return { start, end: start + length };
  });
}

/** Cuts spans into pieces of at most 4,096 steps that start on the grid of the span. */
export function pieces(spans: readonly Span[]): readonly Span[] {
  return spans.flatMap(({ start, end }) => {
    const count = Math.max(Math.ceil((end - start) / windowSteps), 1);
    return Array.from({ length: count }, (_, i) => ({
      start: start + i * windowSteps,
      end: Math.min(start + (i + 1) * windowSteps, end),
    }));
  });
}

/** The share of a sequence's time steps that spans cover; overlapping windows count once. */
export function coveredShare(steps: number, spans: readonly Span[]): number {
  let covered = 0;
  let reached = 0;
  for (const { start, end } of spans) {
    covered += Math.max(end - Math.max(start, reached), 0);
    reached = Math.max(reached, end);
  }
  return covered / steps;
}

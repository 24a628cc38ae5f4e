import type { FeatureSeries } from '../../encoder/features';
import type { Span } from '../../encoder/windows';

/** Costs of the time steps of one channel: how much each stretch of it adds to D_1. */
export class CostTimeline {
  /** Cost of the cells of `cell` time steps each. */
  readonly costs: Float64Array;
  /** 1 where the encoder looked at the recording as it was sampled, else 0. */
  readonly covered: Uint8Array;

  /** @param cell time steps per cell, a divisor of every stride of the recording as it was sampled */
  constructor(
    readonly steps: number,
    readonly cell: number,
  ) {
    this.costs = new Float64Array(Math.ceil(steps / cell));
    this.covered = new Uint8Array(this.costs.length);
  }

  /**
   * Adds the costs of a feature's values, each spread evenly over the time steps that the value stands for.
   *
   * @param scale what the costs are multiplied with
   * @param marks whether the encoder is said to have looked there
   */
  add(
    { starts, stride }: Pick<FeatureSeries, 'starts' | 'stride'>,
    from: number,
    costs: Float64Array,
    scale: number,
    marks: boolean,
  ): void {
    for (let i = 0; i < costs.length; i++) {
      const first = (starts[from + i] ?? 0) / this.cell;
      const end = Math.min(first + stride / this.cell, this.costs.length);
      const perCell = (scale * costs[i]!) / (end - first);
      for (let at = Math.floor(first); at < end; at++) {
        this.costs[at]! += perCell * (Math.min(at + 1, end) - Math.max(at, first));
        if (marks) this.covered[at] = 1;
      }
    }
  }
}

/** A stretch of a timeline in columns of equal width. */
export interface CostColumns {
  /** The cost within each column; over the whole recording they sum to the timeline's costs. */
  readonly costs: Float64Array;
  /** The time steps of each column that the encoder looked at. */
  readonly steps: Float64Array;
}

/**
 * Sums a timeline in columns. A cell that lies across the border of two columns is divided in proportion.
 *
 * @param span time steps [start, end) within the recording
 */
export function costColumns(timeline: CostTimeline, span: Span, columns: number): CostColumns {
  const { cell, steps } = timeline;
  const out = { costs: new Float64Array(columns), steps: new Float64Array(columns) };
  const width = (span.end - span.start) / columns;
  if (!(width > 0)) return out;
  const lastCell = Math.min(Math.ceil(span.end / cell), timeline.costs.length);
  for (let at = Math.floor(span.start / cell); at < lastCell; at++) {
    const cost = timeline.costs[at]!;
    const covered = timeline.covered[at]!;
    if (covered === 0 && cost === 0) continue;
    const cellStart = at * cell;
    const cellEnd = Math.min(cellStart + cell, steps);
    const start = Math.max(cellStart, span.start);
    const end = Math.min(cellEnd, span.end);
    for (let c = Math.floor((start - span.start) / width); c < columns; c++) {
      const overlap = Math.min(end, span.start + (c + 1) * width) - Math.max(start, span.start + c * width);
      if (overlap <= 0) {
        if (span.start + c * width >= end) break;
        continue;
      }
      out.costs[c]! += (cost * overlap) / (cellEnd - cellStart);
      out.steps[c]! += covered * overlap;
    }
  }
  return out;
}

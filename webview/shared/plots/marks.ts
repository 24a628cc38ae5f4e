import type uPlot from 'uplot';
import type { TimeWindow } from './viewport';

/** A stretch that is marked behind a curve. */
export interface PlotMark {
  readonly window: TimeWindow;
  /** Of the curve that it belongs to. */
  readonly colour: string;
  /** Whether the bar at its edge is above the curves, as for the query, or below. */
  readonly above: boolean;
}

const fill = 0.16;
const barHeight = 4;
/** A mark of a single time step must still be seen. */
const leastWidth = 3;

/** Draws marks on a lane before its curves: a tint, and a bar that tells them apart where colours cannot. */
export function drawMarks(plot: uPlot, marks: readonly PlotMark[]): void {
  const { ctx, bbox } = plot;
  const ratio = devicePixelRatio;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  for (const { window, colour, above } of marks) {
    const [start, end] = [plot.valToPos(window.start, 'x', true), plot.valToPos(window.end, 'x', true)];
    const width = Math.max(end - start, leastWidth * ratio);
    const left = (start + end - width) / 2;
    ctx.fillStyle = colour;
    ctx.globalAlpha = fill;
    ctx.fillRect(left, bbox.top, width, bbox.height);
    ctx.globalAlpha = 1;
    const bar = barHeight * ratio;
    ctx.fillRect(left, above ? bbox.top : bbox.top + bbox.height - bar, width, bar);
  }
  ctx.restore();
}

import type uPlot from 'uplot';
import { formatNumber } from '../format';
import type { PlotTheme } from './theme';
import { axisLabels } from './axisLabels';
import { timeAxis, type TimeAxis } from './ticks';

/** Pixels left of the curves for their values, and below them where the lane bears the time axis. */
export const axisWidth = 58;
export const axisHeight = 22;

/** Pixels between labels of the axis of time; at least three labels, or a narrow plot would show one. */
const ticksEvery = 90;
const fewestTicks = 3;

const tickLength = 4;
const labelGap = 3;

function timeAxisOf(plot: uPlot, timed: boolean): TimeAxis {
  const { min, max } = plot.scales['x'] ?? {};
  const most = Math.max(fewestTicks, Math.floor((plot.over.clientWidth || plot.width) / ticksEvery));
  return timeAxis(min ?? 0, max ?? 1, timed, most);
}

/** The axis of time, whose texts `drawTimeLabels` writes: uPlot would cut the last one off. */
export function timeScale(shown: boolean, timed: boolean, theme: () => PlotTheme): uPlot.Axis {
  return {
    size: shown ? axisHeight : 0,
    gap: labelGap,
    stroke: () => theme().dim,
    font: `11px ${theme().font}`,
    grid: { stroke: () => theme().grid, width: 1 },
    ticks: { show: shown, stroke: () => theme().grid, width: 1, size: tickLength },
    splits: (self) => timeAxisOf(self, timed).ticks.map(({ value }) => value),
    values: (_, splits) => splits.map(() => ''),
  };
}

/** Writes the texts of the axis of time below a plot. */
export function drawTimeLabels(plot: uPlot, timed: boolean, { dim, font }: PlotTheme): void {
  const { ctx, bbox } = plot;
  const ratio = devicePixelRatio;
  ctx.save();
  [ctx.font, ctx.fillStyle, ctx.textAlign, ctx.textBaseline] = [`${11 * ratio}px ${font}`, dim, 'left', 'top'];
  const at = (value: number): number => plot.valToPos(value, 'x', true);
  const top = bbox.top + bbox.height + (tickLength + labelGap) * ratio;
  for (const { text, left } of axisLabels(
    timeAxisOf(plot, timed),
    at,
    (label) => ctx.measureText(label).width,
    ctx.canvas.width,
  )) {
    ctx.fillText(text, left, top);
  }
  ctx.restore();
}

export function valueScale(theme: () => PlotTheme): uPlot.Axis {
  return {
    size: axisWidth,
    gap: 4,
    space: 24,
    stroke: () => theme().dim,
    font: `11px ${theme().font}`,
    grid: { stroke: () => theme().grid, width: 1 },
    ticks: { show: false },
    values: (_, splits) => splits.map((value) => formatNumber(value)),
  };
}

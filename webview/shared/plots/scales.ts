import type uPlot from 'uplot';
import { formatNumber } from '../format';
import type { PlotTheme } from './theme';
import { timeAxis } from './ticks';

/** Pixels left of the curves for their values, and below them where the lane bears the time axis. */
export const axisWidth = 58;
export const axisHeight = 22;

/** Pixels between labels of the axis of time; at least three labels, or a narrow plot would show one. */
const ticksEvery = 90;
const fewestTicks = 3;

/** The axis of time, whose texts are left out where the lane is not the last. */
export function timeScale(shown: boolean, timed: boolean, theme: () => PlotTheme): uPlot.Axis {
  const axisOf = (self: uPlot) => {
    const { min, max } = self.scales['x'] ?? {};
    const most = Math.max(fewestTicks, Math.floor((self.over.clientWidth || self.width) / ticksEvery));
    return timeAxis(min ?? 0, max ?? 1, timed, most);
  };
  return {
    size: shown ? axisHeight : 0,
    gap: 3,
    stroke: () => theme().dim,
    font: `11px ${theme().font}`,
    grid: { stroke: () => theme().grid, width: 1 },
    ticks: { show: shown, stroke: () => theme().grid, width: 1, size: 4 },
    splits: (self) => axisOf(self).ticks.map(({ value }) => value),
    values: (self, splits) => {
      if (!shown) return splits.map(() => '');
      const { ticks, unit } = axisOf(self);
      return ticks.map(({ label }, i) => (i === ticks.length - 1 ? `${label} ${unit}` : label));
    },
  };
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

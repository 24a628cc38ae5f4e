import uPlot from 'uplot';
import { element, setText } from '../dom';
import { formatNumber } from '../format';
import { timeAxis } from './ticks';
import type { Curve } from './envelope';
import { paintStrip, type StripPaint } from './strip';
import type { PlotTheme } from './theme';
import type { TimeWindow } from './viewport';

/** Pixels left and right of the curves, and below them where the lane bears the time axis. */
export const axisWidth = 58;
export const rightMargin = 10;
const axisHeight = 22;
const topMargin = 4;
const stripHeight = 9;

/** A curve in a lane. */
export interface LaneCurve {
  readonly colour: string;
  readonly curve: Curve;
}

/** What a lane tells of the pointer. */
export interface LaneEvents {
  /** The pointer is over this place of the time axis, or over none. */
  moved(at: number | null): void;
  /** A stretch was marked. */
  selected(window: TimeWindow): void;
}

export interface LaneContent {
  readonly title: string;
  readonly unit: string;
  readonly curves: readonly LaneCurve[];
  /** Of all curves, so that nothing moves up or down when a part is shown. */
  readonly range: readonly [number, number];
  readonly window: TimeWindow;
  readonly strips: readonly StripPaint[];
}

/** One plotting area with its own scale of values; its time axis is shared with others. */
export interface Lane {
  readonly node: HTMLElement;
  readonly plot: uPlot;
  /** Canvases of the heat strips, from the top down. */
  readonly strips: readonly HTMLCanvasElement[];
  readonly content: LaneContent;
  show(content: LaneContent): void;
  /** What is said of the place under the cursor. */
  say(text: string): void;
  resize(width: number): void;
  destroy(): void;
}

export interface LaneSettings {
  readonly width: number;
  /** Of the plotting area, in pixels. */
  readonly height: number;
  readonly withAxis: boolean;
  readonly timed: boolean;
  readonly curves: number;
  readonly strips: number;
  readonly syncKey: string;
  readonly theme: () => PlotTheme;
}

export function lane(settings: LaneSettings, first: LaneContent, events: LaneEvents): Lane {
  let content = first;
  const { withAxis, timed, theme } = settings;
  const name = element('span', { class: 'lane-title' });
  const readout = element('span', { class: 'lane-readout' });
  const holder = element('div', { class: 'lane-plot' });
  const strips = Array.from({ length: settings.strips }, () => element('canvas', { class: 'strip', height: '1' }));
  const caption = element('div', { class: 'lane-caption', 'aria-hidden': 'true' }, name, readout);
  const node = element('div', { class: 'lane' }, caption, holder, ...strips);
  const total = settings.height + topMargin + (withAxis ? axisHeight : 2);
  holder.style.height = `${total}px`;
  for (const strip of strips) strip.style.height = `${stripHeight}px`;

  const plot = new uPlot(
    {
      width: settings.width,
      height: total,
      padding: [topMargin, rightMargin, withAxis ? 0 : 2, 0],
      legend: { show: false },
      cursor: {
        y: false,
        points: { show: false },
        // Only the place of the pointer is shared: a stretch that is marked counts where it was marked.
        sync: {
          key: settings.syncKey,
          setSeries: false,
          scales: ['x', null],
          filters: { pub: (type) => type === 'mousemove' || type === 'mouseleave' },
        },
        drag: { x: true, y: false, setScale: false, dist: 4 },
        bind: { dblclick: () => null },
      },
      scales: {
        x: { time: false, range: () => [content.window.start, content.window.end] },
        y: { range: () => padded(content.range) },
      },
      axes: [timeScale(withAxis, timed, theme), valueScale(theme)],
      series: [
        {},
        ...Array.from({ length: settings.curves }, (_, i) => ({
          stroke: () => content.curves[i]?.colour ?? theme().query,
          width: 1.25,
          points: { show: false },
        })),
      ],
      hooks: {
        setCursor: [
          (self) => {
            const { left } = self.cursor;
            events.moved(left === undefined || left < 0 ? null : self.posToVal(left, 'x'));
          },
        ],
        setSelect: [
          (self) => {
            const { left, width } = self.select;
            if (width < 4) return;
            events.selected({ start: self.posToVal(left, 'x'), end: self.posToVal(left + width, 'x') });
            self.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
          },
        ],
      },
    },
    dataOf(first.curves),
    holder,
  );
  const paint = (): void => {
    strips.forEach((canvas, i) => {
      const strip = content.strips[i];
      canvas.hidden = strip === undefined;
      if (strip !== undefined) paintStrip(canvas, strip, content.window, theme(), plot.over.clientWidth);
    });
  };
  const label = (): void => {
    const unit = content.unit === '' ? '' : ` [${content.unit}]`;
    setText(name, `${content.title}${unit}`);
    name.title = name.textContent;
  };
  label();
  paint();
  return {
    node,
    plot,
    strips,
    get content() {
      return content;
    },
    show: (next) => {
      const sameCurves =
        content.curves.length === next.curves.length &&
        content.curves.every(({ curve }, i) => curve === next.curves[i]!.curve);
      content = next;
      label();
      if (sameCurves) plot.redraw(true, true);
      else plot.setData(dataOf(next.curves), false);
      plot.setScale('x', { min: next.window.start, max: next.window.end });
      paint();
    },
    say: (text) => {
      setText(readout, text);
    },
    resize: (width) => {
      if (width === plot.width) return;
      plot.setSize({ width, height: total });
      paint();
    },
    destroy: () => {
      plot.destroy();
    },
  };
}

/** The curves on one ascending axis, as uPlot wants them: `undefined` where a curve has no point, which is no gap. */
function dataOf(curves: readonly LaneCurve[]): uPlot.AlignedData {
  const tables = curves.map(({ curve }) => [curve.x, curve.y] as unknown as uPlot.AlignedData);
  if (tables.length === 1) return tables[0]!;
  return tables.length === 0 ? [[]] : uPlot.join(tables);
}

function padded([low, high]: readonly [number, number]): [number, number] {
  const margin = high > low ? 0.06 * (high - low) : Math.abs(high) * 0.1 || 1;
  return [low - margin, high + margin];
}

/** Of labels on the axis of time, in pixels; no fewer than so many steps, or a narrow plot would show one. */
const ticksEvery = 90;
const fewestTicks = 3;

function timeScale(shown: boolean, timed: boolean, theme: () => PlotTheme): uPlot.Axis {
  const axisOf = (self: uPlot) => {
    const { min, max } = self.scales['x']!;
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

function valueScale(theme: () => PlotTheme): uPlot.Axis {
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

import uPlot from 'uplot';
import { element, setText } from '../dom';
import type { Curve } from './envelope';
import { drawMarks, type PlotMark } from './marks';
import { axisHeight, drawTimeLabels, timeScale, valueScale } from './scales';
import { paintStrip, type StripPaint } from './strip';
import type { PlotTheme } from './theme';
import type { TimeWindow } from './viewport';

/** Pixels right of the curves. */
export const rightMargin = 10;
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
  /** The names in the title with the colours of their curves; none where the colours need no telling. */
  readonly parts: readonly { readonly name: string; readonly colour: string }[];
  readonly unit: string;
  readonly curves: readonly LaneCurve[];
  /** Of all curves, so that nothing moves up or down when a part is shown. */
  readonly range: readonly [number, number];
  readonly window: TimeWindow;
  readonly strips: readonly StripPaint[];
  readonly marks: readonly PlotMark[];
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

/** One plotting area with its own scale of values; its time axis is shared with others. */
export class Lane {
  readonly node: HTMLElement;
  readonly plot: uPlot;
  /** Canvases of the heat strips, from the top down. */
  readonly strips: readonly HTMLCanvasElement[];
  private labelled = '';
  private readonly name = element('span', { class: 'lane-title' });
  private readonly readout = element('span', { class: 'lane-readout' });

  constructor(
    private readonly settings: LaneSettings,
    private shown: LaneContent,
    events: LaneEvents,
  ) {
    const holder = element('div', { class: 'lane-plot' });
    this.strips = Array.from({ length: settings.strips }, () => element('canvas', { class: 'strip', height: '1' }));
    const caption = element('div', { class: 'lane-caption', 'aria-hidden': 'true' }, this.name, this.readout);
    this.node = element('div', { class: 'lane' }, caption, holder, ...this.strips);
    holder.style.height = `${totalHeight(settings)}px`;
    for (const strip of this.strips) strip.style.height = `${stripHeight}px`;
    this.plot = new uPlot(
      plotOptions(settings, () => this.shown, events),
      dataOf(shown.curves),
      holder,
    );
    this.label();
    this.paint();
  }

  get content(): LaneContent {
    return this.shown;
  }

  show(next: LaneContent): void {
    const before = this.shown.curves;
    const sameCurves =
      before.length === next.curves.length && before.every(({ curve }, i) => curve === next.curves[i]?.curve);
    this.shown = next;
    this.label();
    if (sameCurves) this.plot.redraw(true, true);
    else this.plot.setData(dataOf(next.curves), false);
    this.plot.setScale('x', { min: next.window.start, max: next.window.end });
    this.paint();
  }

  /** Says something of the place under the cursor. */
  say(text: string): void {
    setText(this.readout, text);
  }

  resize(width: number): void {
    if (width === this.plot.width) return;
    this.plot.setSize({ width, height: totalHeight(this.settings) });
    this.paint();
  }

  destroy(): void {
    this.plot.destroy();
  }

  private label(): void {
    const { title, unit, parts } = this.shown;
    const text = unit === '' ? title : `${title} [${unit}]`;
    this.name.title = text;
    const key = JSON.stringify([text, parts]);
    if (key === this.labelled) return;
    this.labelled = key;
    const coloured = parts.map(({ name, colour }) => {
      const part = element('span', { class: 'lane-part' }, name);
      part.style.setProperty('--part', colour);
      return part;
    });
    if (coloured.length === 0) setText(this.name, text);
    else this.name.replaceChildren(unit === '' ? '' : `[${unit}] `, ...coloured);
  }

  private paint(): void {
    this.strips.forEach((canvas, i) => {
      const strip = this.shown.strips[i];
      canvas.hidden = strip === undefined;
      if (strip === undefined) return;
      paintStrip(canvas, strip, this.shown.window, this.settings.theme(), this.plot.over.clientWidth);
    });
  }
}

function totalHeight({ height, withAxis }: LaneSettings): number {
  return height + topMargin + (withAxis ? axisHeight : 2);
}

function plotOptions(settings: LaneSettings, content: () => LaneContent, events: LaneEvents): uPlot.Options {
  const { width, withAxis, timed, curves, theme } = settings;
  return {
    width,
    height: totalHeight(settings),
    padding: [topMargin, rightMargin, withAxis ? 0 : 2, 0],
    legend: { show: false },
    cursor: cursorOptions(settings.syncKey),
    scales: {
      x: { time: false, range: () => [content().window.start, content().window.end] },
      y: { range: () => padded(content().range) },
    },
    axes: [timeScale(withAxis, timed, theme), valueScale(theme)],
    series: [
      {},
      ...Array.from({ length: curves }, (_, i) => ({
        stroke: () => content().curves[i]?.colour ?? theme().query,
        width: 1.25,
        points: { show: false },
      })),
    ],
    hooks: {
      ...hooksOf(events),
      drawClear: [
        (plot) => {
          drawMarks(plot, content().marks);
        },
      ],
      drawAxes: [
        (plot) => {
          if (withAxis) drawTimeLabels(plot, timed, theme());
        },
      ],
    },
  };
}

function cursorOptions(syncKey: string): uPlot.Cursor {
  return {
    y: false,
    points: { show: false },
    // Only the place of the pointer is shared: a stretch that is marked counts where it was marked.
    sync: {
      key: syncKey,
      setSeries: false,
      scales: ['x', null],
      filters: { pub: (type) => type === 'mousemove' || type === 'mouseleave' },
    },
    drag: { x: true, y: false, setScale: false, dist: 4 },
    bind: { dblclick: () => null },
  };
}

function hooksOf(events: LaneEvents): uPlot.Hooks.Arrays {
  return {
    setCursor: [
      (plot) => {
        const { left } = plot.cursor;
        events.moved(left === undefined || left < 0 ? null : plot.posToVal(left, 'x'));
      },
    ],
    setSelect: [
      (plot) => {
        const { left, width } = plot.select;
        if (width < 4) return;
        events.selected({ start: plot.posToVal(left, 'x'), end: plot.posToVal(left + width, 'x') });
        plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
      },
    ],
  };
}

/** The curves on one ascending axis, as uPlot wants them: `undefined` where a curve has no point, which is no gap. */
function dataOf(curves: readonly LaneCurve[]): uPlot.AlignedData {
  const tables = curves.map(({ curve }) => [curve.x, curve.y] as unknown as uPlot.AlignedData);
  const [first, ...others] = tables;
  if (first === undefined) return [[]];
  return others.length === 0 ? first : uPlot.join(tables);
}

function padded([low, high]: readonly [number, number]): [number, number] {
  const margin = high > low ? 0.06 * (high - low) : Math.abs(high) * 0.1 || 1;
  return [low - margin, high + margin];
}

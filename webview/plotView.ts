import type { SequenceSummary } from '../src/protocol/engine';
import type { ToWebview } from '../src/protocol/panel';
import { plotLabel } from './describe';
import { element, svg } from './dom';
import { formatCount, printable } from './format';
import { t } from './l10n';
import { bandPath, lanesOf } from './plotPath';

export type PlotData = Extract<ToWebview, { type: 'plot' }>['plot'];

/** Channels that are drawn at most; the host asks the engine for as many. */
export const mostLanes = 6;

/** Heights in pixels of the lanes of a plot, by the number of lanes. */
export type LaneHeights = (lanes: number) => number;

/** A plot of one sequence whose height is fixed before its data arrive. */
export interface PlotView {
  readonly node: HTMLElement;
  /** The part whose width is the time axis. */
  readonly canvas: HTMLElement;
  /** Lanes, and pixels of each. */
  readonly lanes: number;
  readonly laneHeight: number;
  draw(plot: PlotData): void;
  fail(message: string): void;
}

/** An empty plot of `sequence` that stands as a skeleton until `draw` or `fail`. */
export function plotView(sequence: SequenceSummary, heights: LaneHeights): PlotView {
  const lanes = Math.max(1, Math.min(mostLanes, sequence.channels.length));
  const laneHeight = heights(lanes);
  const canvas = element('div', { class: 'plot-canvas waiting' });
  canvas.style.height = `${lanes * laneHeight}px`;
  const hidden = sequence.channels.length - lanes;
  const more = hidden > 0 ? element('div', { class: 'plot-more' }, moreText(hidden)) : null;
  return {
    node: element('div', { class: 'plot', role: 'img', 'aria-label': plotLabel(sequence) }, canvas, more),
    canvas,
    lanes,
    laneHeight,
    draw: (plot) => {
      canvas.replaceChildren(curves(plot, lanes, laneHeight));
      canvas.classList.remove('waiting', 'failed');
      if (more)
        more.textContent = moreText(Math.max(0, sequence.channels.length - Math.min(lanes, plot.channels.length)));
    },
    fail: (message) => {
      const text = t('No plot: {0}', printable(message));
      canvas.replaceChildren(element('span', { title: text }, text));
      canvas.classList.remove('waiting');
      canvas.classList.add('failed');
    },
  };
}

function curves(plot: PlotData, lanes: number, laneHeight: number): SVGSVGElement {
  const shown = plot.channels.slice(0, lanes);
  const columns = Math.max(1, ...shown.map((channel) => Math.min(channel.minimum.length, channel.maximum.length)));
  const height = lanes * laneHeight;
  const paths = lanesOf(lanes, laneHeight, laneHeight > 24 ? 8 : 4).map((lane, index) => {
    const channel = shown[index];
    return channel ? svg('path', { class: 'curve', d: bandPath(channel.minimum, channel.maximum, lane) }) : null;
  });
  const attributes = { viewBox: `0 0 ${columns} ${height}`, preserveAspectRatio: 'none', 'aria-hidden': 'true' };
  return svg('svg', attributes, ...paths);
}

function moreText(hidden: number): string {
  return hidden > 0 ? t('+{0} more', formatCount(hidden)) : '';
}

import type { SequenceSummary } from '../../../src/protocol/engine';
import type { Plot } from '../../../src/protocol/explanation';
import { plotLabel } from '../describe';
import { element, setText, svg } from '../../shared/dom';
import { formatCount, printable } from '../../shared/format';
import { t } from '../../shared/l10n';
import { bandPath, lanesOf, meanPath, type Lane } from '../../shared/plots/plotPath';

/** Channels that are drawn at most. */
export const mostLanes = 6;

/** From so many time steps in a column on, a curve is drawn as a band with a line through it. */
const dense = 8;

/** The height that all curves of a row share, in the units of its drawing. */
const height = 48;

/** A small plot whose place is taken by one recording after the other. */
export interface RowPlot {
  readonly node: HTMLElement;
  /** The part whose width is the time axis. */
  readonly canvas: HTMLElement;
  /** Empties it for another recording. */
  begin(sequence: SequenceSummary): void;
  draw(plot: Plot): void;
  fail(message: string): void;
}

export function rowPlot(): RowPlot {
  const canvas = element('div', { class: 'plot-canvas waiting' });
  const more = element('div', { class: 'plot-more', 'aria-hidden': 'true' });
  const node = element('div', { class: 'plot', role: 'img' }, canvas, more);
  return {
    node,
    canvas,
    begin: (sequence) => {
      canvas.replaceChildren();
      canvas.className = 'plot-canvas waiting';
      const hidden = sequence.channels.length - mostLanes;
      more.hidden = hidden <= 0;
      setText(more, hidden > 0 ? t('+{0} more', formatCount(hidden)) : '');
      node.setAttribute('aria-label', plotLabel(sequence));
    },
    draw: (plot) => {
      canvas.replaceChildren(curves(plot));
      canvas.className = 'plot-canvas';
    },
    fail: (message) => {
      const text = t('No plot: {0}', printable(message));
      canvas.replaceChildren(element('span', { title: text }, text));
      canvas.className = 'plot-canvas failed';
    },
  };
}

function curves(plot: Plot): SVGSVGElement {
  const shown = plot.channels.slice(0, mostLanes);
  const columns = Math.max(1, ...shown.map((channel) => Math.min(channel.minimum.length, channel.maximum.length)));
  const lanes = Math.max(1, shown.length);
  const paths = lanesOf(lanes, height / lanes, lanes > 2 ? 2 : 4).map((lane, index) => {
    const channel = shown[index];
    return channel ? curveIn(channel, lane, plot.steps >= dense * columns) : [];
  });
  const attributes = { viewBox: `0 0 ${columns} ${height}`, preserveAspectRatio: 'none', 'aria-hidden': 'true' };
  return svg('svg', attributes, ...paths.flat());
}

/** A curve fills its band; where so many samples share a column that it would be a block, a line runs through its middle. */
function curveIn(channel: Plot['channels'][number], lane: Lane, isDense: boolean): readonly SVGElement[] {
  const band = bandPath(channel.minimum, channel.maximum, lane);
  if (!isDense) return [svg('path', { class: 'curve', d: band })];
  return [
    svg('path', { class: 'curve band', d: band }),
    svg('path', { class: 'curve midline', d: meanPath(channel, lane) }),
  ];
}

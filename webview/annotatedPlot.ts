import type { SequenceSummary } from '../src/protocol/engine';
import { element, isolated, svg } from './dom';
import { channelText } from './filter/weights';
import { formatNumber, printable } from './format';
import { rangeOf } from './plotPath';
import { type PlotData, plotView, type PlotView } from './plotView';
import { type Tick, timeAxis } from './ticks';

const laneHeight = (lanes: number): number => (lanes === 1 ? 96 : lanes === 2 ? 60 : lanes === 3 ? 48 : 36);
const mostTicks = 7;

/** The plot of `query` with the names, units and ranges of its channels and a time axis. */
export function annotatedPlot(query: SequenceSummary): { readonly node: HTMLElement; readonly view: PlotView } {
  const view = plotView(query, laneHeight);
  const labels = element('div', { class: 'lane-labels' });
  const ranges = element('div', { class: 'lane-ranges', 'aria-hidden': 'true' });
  labels.replaceChildren(
    ...Array.from({ length: view.lanes }, (_, lane) => laneName(query.channels[lane] ?? null, lane, null, view)),
  );
  const { unit, ticks } = timeAxis(query.steps, query.rate, mostTicks);
  const unitNode = element('div', { class: 'axis-unit', 'aria-hidden': 'true' }, unit);
  const node = element('div', { class: 'query-plot' }, labels, view.node, ranges, unitNode, axis(ticks));
  const draw = (plot: PlotData): void => {
    view.draw(plot);
    view.canvas.prepend(gridLines(ticks, view));
    const channels = plot.channels.slice(0, view.lanes);
    labels.replaceChildren(...channels.map((channel, lane) => laneName(channel.name, lane, channel.unit, view)));
    ranges.replaceChildren(...channels.map((channel) => laneRange(channel, view)));
  };
  return { node, view: { ...view, draw } };
}

function laneName(given: string | null, lane: number, unit: string | null, view: PlotView): HTMLElement {
  const text = channelText(given, lane);
  const name = element('span', { class: 'lane-text' }, isolated('lane-name', text));
  if (unit !== null && unit !== '') name.append(' ', isolated('lane-unit', printable(unit)));
  const node = element('div', { class: 'lane-label' }, name);
  node.style.height = `${view.laneHeight}px`;
  return node;
}

function laneRange(channel: PlotData['channels'][number], view: PlotView): HTMLElement {
  const [low, high] = rangeOf(channel.minimum, channel.maximum);
  const node = element(
    'div',
    { class: 'lane-range' },
    element('span', {}, formatNumber(high)),
    element('span', {}, formatNumber(low)),
  );
  node.style.height = `${view.laneHeight}px`;
  return node;
}

function axis(ticks: readonly Tick[]): HTMLElement {
  const marks = ticks.map(({ position, label }, index) => {
    const mark = element('span', { class: index === 0 ? 'tick first' : position > 0.96 ? 'tick last' : 'tick' }, label);
    if (index > 0 && position <= 0.96) mark.style.left = `${position * 100}%`;
    if (index % 2 === 1) mark.classList.add('odd');
    return mark;
  });
  return element('div', { class: 'axis', 'aria-hidden': 'true' }, ...marks);
}

function gridLines(ticks: readonly Tick[], view: PlotView): SVGSVGElement {
  const height = view.lanes * view.laneHeight;
  const lines = ticks.map(({ position }) => `M${position * 1000} 0V${height}`).join('');
  const between = Array.from({ length: view.lanes - 1 }, (_, lane) => `M0 ${(lane + 1) * view.laneHeight}H1000`).join(
    '',
  );
  return svg(
    'svg',
    { class: 'grid-lines', viewBox: `0 0 1000 ${height}`, preserveAspectRatio: 'none', 'aria-hidden': 'true' },
    svg('path', { d: lines + between }),
  );
}

import { escaped, svgDocument, svgElement } from '../../../src/core/drawing/svg';
import type { FromWebview } from '../../../src/protocol/panel';
import { formatNumber } from '../format';
import { t } from '../l10n';
import { axisLabels } from './axisLabels';
import { timeAxis } from './ticks';
import { rightMargin, type Lane } from './lane';
import { fileNameOf } from './laneSet';
import type { PlotGroup } from './plotGroup';
import { axisWidth } from './scales';
import { shadeOf, type StripPaint } from './strip';
import { readTheme, type PlotTheme } from './theme';

/** What a saved plot says beside its curves. */
export interface Caption {
  readonly title: string;
  readonly subtitle: string;
}

const captionHeight = 44;
const laneGap = 8;
const titleHeight = 16;
const stripHeight = 8;
const axisHeight = 24;

/** Hands a drawing to the host, which asks where to save it. */
export function savePlot(
  post: (message: Extract<FromWebview, { type: 'savePlot' }>) => void,
  format: 'svg' | 'png',
  group: PlotGroup,
): void {
  const names = group.recordings.map(({ summary }) => fileNameOf(summary));
  const { start, end } = group.window;
  const unit = group.timed ? 's' : t('steps');
  const caption = { title: names.join(' · '), subtitle: `${formatNumber(start, 6)} – ${formatNumber(end, 6)} ${unit}` };
  const data = format === 'svg' ? svgOf(group, caption) : pngOf(group, caption);
  const stem = names.map((name) => name.replace(/\.[^.]*$/, '')).join('-');
  post({ type: 'savePlot', format, name: stem.slice(0, 180), data });
}

/** The drawing as SVG: curves as paths, texts as texts. */
export function svgOf(group: PlotGroup, caption: Caption): string {
  const theme = readTheme();
  const { lanes, window } = group;
  const width = lanes[0]?.plot.width ?? 600;
  const plotWidth = width - axisWidth - rightMargin;
  const x = (at: number): number => axisWidth + ((at - window.start) / (window.end - window.start)) * plotWidth;
  const parts: string[] = [];
  let top = captionHeight;
  parts.push(text(caption.title, 4, 18, theme.text, 14, 'start', 600), text(caption.subtitle, 4, 35, theme.dim, 11));
  for (const lane of lanes) {
    const height = laneHeightOf(lane);
    parts.push(text(titleOf(lane), axisWidth, top + 11, theme.dim, 11));
    parts.push(laneOf(lane, top + titleHeight, height, width, x, theme));
    top += titleHeight + height;
    for (const strip of lane.content.strips) {
      parts.push(stripOf(strip, top + 2, x, theme));
      top += stripHeight + 2;
    }
    top += laneGap;
  }
  const axis = timeAxis(window.start, window.end, group.timed, Math.max(3, Math.floor(plotWidth / 90)));
  for (const { text: label, left } of axisLabels(axis, x, textWidth, width)) {
    parts.push(text(label, left, top + 8, theme.dim, 11));
  }
  const height = top + axisHeight;
  const area = svgElement('rect', { x: axisWidth, y: 0, width: plotWidth, height });
  const content = [
    svgElement('title', {}, escaped(caption.title)),
    svgElement('defs', {}, svgElement('clipPath', { id: 'area' }, area)),
    svgElement('rect', { width, height, fill: theme.surface }),
    ...parts,
  ];
  return svgDocument(width, height, {}, `\n${content.join('\n')}\n`);
}

/** The width of a text as the drawing writes it, in pixels. */
function textWidth(label: string): number {
  const context = document.createElement('canvas').getContext('2d');
  if (context === null) throw new Error('this window draws nothing');
  context.font = '11px sans-serif';
  return context.measureText(label).width;
}

function titleOf({ content: { title, unit } }: Lane): string {
  return unit === '' ? title : `${title} [${unit}]`;
}

function laneHeightOf(lane: Lane): number {
  return Math.round(lane.plot.over.clientHeight);
}

function laneOf(
  lane: Lane,
  top: number,
  height: number,
  width: number,
  x: (at: number) => number,
  theme: PlotTheme,
): string {
  const { min, max } = lane.plot.scales['y'] ?? {};
  const [low, high] = [min ?? 0, max ?? 1];
  const y = (value: number): number => top + height * (1 - (value - low) / (high - low));
  const [bottomLabel, topLabel] = lane.content.range;
  const frame = svgElement('path', {
    d: `M${axisWidth} ${top}V${top + height}H${width - rightMargin}`,
    fill: 'none',
    stroke: theme.grid,
  });
  const labels = [topLabel, bottomLabel].map((value) =>
    text(Number(value.toPrecision(4)).toString(), axisWidth - 5, y(value) + 4, theme.dim, 11, 'end'),
  );
  const curves = lane.content.curves.map(({ curve, colour }) => {
    const points = curve.x.flatMap((at, i) => {
      const px = x(at);
      const value = curve.y[i];
      if (value === undefined || px < axisWidth - 50 || px > width + 50) return [];
      return [`${round(px)} ${round(y(value))}`];
    });
    const d = points.length === 0 ? '' : `M${points.join('L')}`;
    const stroke = { stroke: colour, 'stroke-width': 1.2, 'stroke-linejoin': 'round' };
    return svgElement('path', { d, fill: 'none', ...stroke, 'clip-path': 'url(#area)' });
  });
  return [frame, ...labels, ...curves].join('\n');
}

function stripOf(
  { window, distances, scale }: StripPaint,
  top: number,
  x: (at: number) => number,
  theme: PlotTheme,
): string {
  const width = (window.end - window.start) / distances.length;
  const cells = distances.flatMap((value, i) => {
    if (value === null) return [];
    const left = x(window.start + i * width);
    const cell = { x: round(left), y: top, width: round(x(window.start + (i + 1) * width) - left) };
    return [svgElement('rect', { ...cell, height: stripHeight, 'fill-opacity': round(shadeOf(value, scale)) })];
  });
  return svgElement('g', { fill: theme.differ, 'clip-path': 'url(#area)' }, cells.join(''));
}

function text(
  content: string,
  x: number,
  y: number,
  colour: string,
  size: number,
  anchor = 'start',
  weight = 400,
): string {
  const place = { x: round(x), y: round(y), 'text-anchor': anchor };
  const style = { 'font-family': 'sans-serif', 'font-size': size, 'font-weight': weight, fill: colour };
  return svgElement('text', { ...place, ...style }, escaped(content));
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** The drawing as PNG in base64, at the resolution of the screen, from what is on the canvases. */
export function pngOf(group: PlotGroup, caption: Caption): string {
  const theme = readTheme();
  const ratio = devicePixelRatio;
  const { lanes } = group;
  const width = lanes[0]?.plot.width ?? 600;
  const heightOf = (lane: Lane) => titleHeight + lane.plot.height + lane.strips.length * (stripHeight + 2) + laneGap;
  const height = captionHeight + lanes.reduce((sum, lane) => sum + heightOf(lane), 0);
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('this window draws nothing');
  context.scale(ratio, ratio);
  context.fillStyle = theme.surface;
  context.fillRect(0, 0, width, height);
  const write = (content: string, x: number, y: number, colour: string, font: string): void => {
    context.fillStyle = colour;
    context.font = font;
    context.fillText(content, x, y);
  };
  write(caption.title, 4, 18, theme.text, `600 14px ${theme.font}`);
  write(caption.subtitle, 4, 35, theme.dim, `11px ${theme.font}`);
  let top = captionHeight;
  for (const lane of lanes) {
    write(titleOf(lane), axisWidth, top + 11, theme.dim, `11px ${theme.font}`);
    const { canvas: curves } = lane.plot.ctx;
    context.drawImage(curves, 0, top + titleHeight, lane.plot.width, lane.plot.height);
    let below = top + titleHeight + lane.plot.height;
    for (const strip of lane.strips) {
      if (!strip.hidden) context.drawImage(strip, axisWidth, below, lane.plot.over.clientWidth, stripHeight);
      below += stripHeight + 2;
    }
    top += heightOf(lane);
  }
  return canvas.toDataURL('image/png').replace(/^data:image\/png;base64,/, '');
}

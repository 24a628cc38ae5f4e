import { formatCount, formatDecimals } from '../../src/l10n/numbers';
import { element, svg } from '../shared/dom';
import { formatNumber } from '../shared/format';
import { t } from '../shared/l10n';

export interface Series {
  readonly name: string;
  /** Says its colour and its dashes. */
  readonly className: string;
}

export type Points = readonly (readonly [step: number, value: number])[];

const size = { width: 480, height: 200 };
const margin = { left: 44, right: 10, top: 8, bottom: 24 };

/** A line chart over training steps, with a legend that gives the newest values. */
export function chart(title: string, series: readonly Series[]) {
  const drawing = svg('svg', { class: 'chart', viewBox: `0 0 ${size.width} ${size.height}`, role: 'img' });
  const legend = element('figcaption', {});
  const node = element('figure', {}, element('h2', {}, title), drawing, legend);

  return {
    node,
    update(steps: number, lines: readonly Points[]): void {
      const values = lines.flatMap((points) => points.map(([, value]) => value));
      const [low, high] = rangeOf(values);
      const x = (step: number) => margin.left + (step / Math.max(steps, 1)) * (size.width - margin.left - margin.right);
      const y = (value: number) =>
        size.height - margin.bottom - ((value - low) / (high - low)) * (size.height - margin.top - margin.bottom);
      drawing.replaceChildren(
        ...[low, (low + high) / 2, high].flatMap((value) => gridLine(y(value), formatNumber(value, 2))),
        ...[0, steps / 2, steps].map((step) => stepLabel(x(step), Math.round(step), steps)),
        ...series.flatMap(({ className }, i) => lineOf(lines[i] ?? [], className, x, y)),
      );
      const newest = series.map(({ name, className }, i) => ({
        className,
        text: valueText(name, lines[i]?.at(-1)?.[1]),
      }));
      drawing.setAttribute('aria-label', `${title}: ${newest.map(({ text }) => text).join(', ')}`);
      legend.replaceChildren(
        ...newest.map(({ className, text }) => element('span', { class: 'legend' }, swatch(className), text)),
      );
    },
  };
}

function valueText(name: string, value: number | undefined): string {
  return value === undefined ? name : `${name} ${formatDecimals(value, 3)}`;
}

function rangeOf(values: readonly number[]): readonly [number, number] {
  if (values.length === 0) return [0, 1];
  const [low, high] = [Math.min(0, ...values), Math.max(...values)];
  return high - low < 1e-9 ? [low, low + 1] : [low, high];
}

function gridLine(y: number, text: string): readonly SVGElement[] {
  const line = svg('line', {
    class: 'grid',
    x1: `${margin.left}`,
    x2: `${size.width - margin.right}`,
    y1: `${y}`,
    y2: `${y}`,
  });
  return [line, svg('text', { class: 'tick', x: `${margin.left - 6}`, y: `${y + 4}`, 'text-anchor': 'end' }, text)];
}

function stepLabel(x: number, step: number, steps: number): SVGElement {
  const anchor = step === 0 ? 'start' : step === steps ? 'end' : 'middle';
  const attributes = { class: 'tick', x: `${x}`, y: `${size.height - 6}`, 'text-anchor': anchor };
  return svg('text', attributes, step === steps ? t('step {0}', formatCount(step)) : formatCount(step));
}

function lineOf(
  points: Points,
  className: string,
  x: (step: number) => number,
  y: (value: number) => number,
): readonly SVGElement[] {
  const newest = points.at(-1);
  if (newest === undefined) return [];
  const path = points
    .map(([step, value], i) => `${i === 0 ? 'M' : 'L'}${x(step).toFixed(1)} ${y(value).toFixed(1)}`)
    .join('');
  const [step, value] = newest;
  const dot = svg('circle', { class: `dot ${className}`, cx: x(step).toFixed(1), cy: y(value).toFixed(1), r: '3' });
  return [svg('path', { class: `line ${className}`, d: path }), dot];
}

function swatch(className: string): SVGElement {
  const attributes = { class: 'swatch', viewBox: '0 0 20 8', width: '20', height: '8', 'aria-hidden': 'true' };
  return svg('svg', attributes, svg('path', { class: `line ${className}`, d: 'M0 4L20 4' }));
}

import { axes, colourOf, dot, horizontalTicks, label, line, placeIn, picture, verticalTicks } from '../charts/svg';
import type { Area, Point } from '../charts/svg';
import type { Interval } from '../evaluation/bootstrap';
import { methodNames, methods, type MethodName } from './methods';
import type { MetricName, TargetFigures } from './summary';
import { largest, smallest } from '../../recordings/extremes';

const margin = { left: 48, right: 16, top: 64, bottom: 44 };
const plotHeight = 240;
const targetWidth = 110;

const colourOfMethod = (method: MethodName): string => colourOf(methodNames.indexOf(method));

/** One metric of every method on every target: a dot, and a line over its interval. */
export function dotChart(title: string, metric: MetricName, targets: readonly TargetFigures[]): string {
  const shown = targets.filter(({ methods: all }) => all.some(({ metrics }) => metrics[metric] !== null));
  const values = shown.flatMap(({ methods: all }) => all.flatMap(({ metrics }) => boundsOf(metrics[metric])));
  const [low, high] = [smallest(values, 1), largest(values, 0)];
  const span = Math.max(high - low, 0.01);
  const area: Area = {
    left: margin.left,
    right: margin.left + shown.length * targetWidth,
    top: margin.top,
    bottom: margin.top + plotHeight,
    x: [0, shown.length],
    y: [Math.max(low - 0.05 * span, 0), Math.min(high + 0.05 * span, 1)],
  };
  const place = placeIn(area);
  const marks = shown.flatMap(({ methods: all }, t) =>
    all.flatMap(({ method, metrics }) => {
      const interval = metrics[metric];
      if (interval === null) return [];
      const x = t + 0.14 + (0.72 * methodNames.indexOf(method)) / (methodNames.length - 1);
      const at = (value: number): Point => place([x, value]);
      const colour = colourOfMethod(method);
      return [line([at(interval.low), at(interval.high)], colour), dot(at(interval.value), colour)];
    }),
  );
  const names = shown.map(({ study, name }, t) => {
    const [x] = place([t + 0.5, area.y[0]]);
    const lines = study === name ? [study] : [study, name];
    return lines.map((text, i) => label(x, area.bottom + 18 + 15 * i, text, { anchor: 'middle' })).join('');
  });
  const ticks = roundTicks(area.y);
  const between = shown
    .slice(1)
    .map((_, t) => line([place([t + 1, area.y[0]]), place([t + 1, area.y[1]])], '#d8dee4', 1));
  const width = Math.max(area.right + margin.right, legendWidth);
  return picture(width, area.bottom + margin.bottom, [
    label(margin.left, 18, title, { bold: true }),
    legend(methodsIn(shown), margin.left, 38),
    ...between,
    axes(area),
    verticalTicks(area, ticks, (value) => value.toFixed(2)),
    ...names,
    ...marks,
  ]);
}

const boundsOf = (interval: Interval | null): number[] => (interval === null ? [] : [interval.low, interval.high]);

/** Multiples of 0.02, 0.05, 0.1 or 0.2 within a range, eight at most. */
function roundTicks([from, to]: readonly [number, number]): readonly number[] {
  const step = [0.02, 0.05, 0.1].find((size) => (to - from) / size <= 7) ?? 0.2;
  const first = Math.ceil(from / step - 1e-9);
  const count = Math.floor(to / step + 1e-9) - first + 1;
  return Array.from({ length: count }, (_, i) => (first + i) * step);
}

const panelSize = 220;
const panelsPerRow = 3;

/** Receiver operating characteristics, one panel per target. */
export function rocChart(title: string, targets: readonly TargetFigures[]): string {
  const shown = targets.filter(({ methods: all }) => all.some(({ roc }) => roc !== null));
  const rows = Math.ceil(shown.length / panelsPerRow);
  const panels = shown.flatMap((target, t) => {
    const left = margin.left + (t % panelsPerRow) * (panelSize + 48);
    const top = margin.top + 16 + Math.floor(t / panelsPerRow) * (panelSize + 64);
    return rocPanel(target, { left, right: left + panelSize, top, bottom: top + panelSize, x: [0, 1], y: [0, 1] });
  });
  const width = Math.max(margin.left + panelsPerRow * (panelSize + 48), legendWidth);
  return picture(width, margin.top + 16 + rows * (panelSize + 64), [
    label(margin.left, 18, title, { bold: true }),
    legend(methodsIn(shown), margin.left, 38),
    ...panels,
  ]);
}

function rocPanel({ study, name, methods: all }: TargetFigures, area: Area): readonly string[] {
  const place = placeIn(area);
  const shares = [0, 0.5, 1];
  const curves = all.flatMap(({ method, roc }) =>
    roc === null
      ? []
      : [
          line(
            roc.map((tar, i) => place([i / (roc.length - 1), tar])),
            colourOfMethod(method),
          ),
        ],
  );
  return [
    label(area.left, area.top - 8, study === name ? study : `${study}: ${name}`),
    line([place([0, 1]), place([1, 0])], '#d8dee4', 1),
    axes(area),
    verticalTicks(area, shares, String),
    horizontalTicks(area, shares, String),
    ...curves,
  ];
}

const legendWidth = 720;

function legend(shown: readonly MethodName[], left: number, top: number): string {
  let x = left;
  const entries = shown.map((method) => {
    const { title } = methods[method];
    const entry = dot([x + 4, top - 4], colourOfMethod(method)) + label(x + 12, top, title);
    // About the width of the text.
    x += 36 + 6.6 * title.length;
    return entry;
  });
  return entries.join('');
}

function methodsIn(targets: readonly TargetFigures[]): readonly MethodName[] {
  return methodNames.filter((name) => targets.some(({ methods: all }) => all.some(({ method }) => method === name)));
}

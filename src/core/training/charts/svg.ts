import { escaped, svgDocument, svgElement } from '../../drawing/svg';

/** Colours of lines and marks, in their order, that are told apart on white. */
export const palette = ['#1f6feb', '#d1570a', '#1a7f37', '#8250df', '#bf3989', '#57606a'] as const;

/** The colour of the `index`-th line or mark; after the last one they begin again. */
export const colourOf = (index: number): string => palette[index % palette.length] ?? palette[0];

const axisColour = '#57606a';

/** A whole picture on white, so that it can be read on any page. */
export function picture(width: number, height: number, content: readonly string[]): string {
  const surface = svgElement('rect', { width: '100%', height: '100%', fill: '#fff' });
  return svgDocument(width, height, { 'font-family': 'sans-serif', 'font-size': 12 }, surface + content.join(''));
}

export function moved(x: number, y: number, content: readonly string[]): string {
  return svgElement('g', { transform: `translate(${x} ${y})` }, content.join(''));
}

export interface TextOptions {
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly colour?: string;
  readonly bold?: boolean;
}

export function label(x: number, y: number, text: string, { anchor, colour, bold }: TextOptions = {}): string {
  const place = { x: short(x), y: short(y), 'text-anchor': anchor };
  return svgElement(
    'text',
    { ...place, fill: colour, 'font-weight': bold === true ? 'bold' : undefined },
    escaped(text),
  );
}

export type Point = readonly [x: number, y: number];

export function line(points: readonly Point[], colour: string, width = 1.5): string {
  const path = points.map(([x, y]) => `${short(x)},${short(y)}`).join(' ');
  return svgElement('polyline', { points: path, fill: 'none', stroke: colour, 'stroke-width': width });
}

export function dot([x, y]: Point, colour: string): string {
  return svgElement('circle', { cx: short(x), cy: short(y), r: 3.5, fill: colour });
}

/** Where a plot lies in a picture, and the values at its edges. */
export interface Area {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly x: readonly [from: number, to: number];
  readonly y: readonly [from: number, to: number];
}

/** The place of values in a plot. */
export function placeIn({ left, right, top, bottom, x, y }: Area): (point: Point) => Point {
  return ([a, b]) => [
    left + ((a - x[0]) / (x[1] - x[0])) * (right - left),
    bottom - ((b - y[0]) / (y[1] - y[0])) * (bottom - top),
  ];
}

/** The two axes of a plot. */
export function axes({ left, right, top, bottom }: Area): string {
  return svgElement('path', { d: `M${left} ${top}V${bottom}H${right}`, fill: 'none', stroke: axisColour });
}

/** Values beside the vertical axis. */
export function verticalTicks(area: Area, values: readonly number[], written: (value: number) => string): string {
  const place = placeIn(area);
  return values
    .map((value) => label(area.left - 6, place([area.x[0], value])[1] + 4, written(value), { anchor: 'end' }))
    .join('');
}

/** Values below the horizontal axis. */
export function horizontalTicks(area: Area, values: readonly number[], written: (value: number) => string): string {
  const place = placeIn(area);
  return values
    .map((value) => label(place([value, area.y[0]])[0], area.bottom + 18, written(value), { anchor: 'middle' }))
    .join('');
}

function short(value: number): string {
  return String(Math.round(value * 10) / 10);
}

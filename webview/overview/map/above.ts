import { placed, type Wish } from './labelPlaces';
import { cssOf, type MapTheme } from './mapTheme';
import { toScreen, type Point, type Size, type View } from './view';

const fontSize = 12;

/** A name of points, with their middle on the map. */
export interface Name {
  readonly text: string;
  readonly middle: Point;
}

/** Writes names over the points, each on a rim in the colour of the page, none over another. */
export function writeNames(
  context: CanvasRenderingContext2D,
  names: readonly Name[],
  { view, size, theme }: { readonly view: View; readonly size: Size; readonly theme: MapTheme },
): void {
  context.font = `600 ${fontSize}px ${theme.font}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  const wishes = names.map(({ text, middle }): Wish => {
    const at = toScreen(view, size, middle);
    return { text, at, width: context.measureText(text).width + 8 };
  });
  for (const { text, at } of placed(wishes, fontSize + 6, size)) {
    context.lineWidth = 4;
    context.strokeStyle = cssOf(theme.surface);
    context.strokeText(text, at.x, at.y);
    context.fillStyle = cssOf(theme.text);
    context.fillText(text, at.x, at.y);
  }
}

/** Draws a ring around a point. @param at on the screen */
export function drawRing(
  context: CanvasRenderingContext2D,
  at: Point,
  radius: number,
  theme: MapTheme,
  strong: boolean,
): void {
  for (const [width, colour] of [
    [strong ? 5 : 3, theme.surface],
    [strong ? 2.5 : 1.5, strong ? theme.focus : theme.text],
  ] as const) {
    context.beginPath();
    context.arc(at.x, at.y, radius, 0, 2 * Math.PI);
    context.lineWidth = width;
    context.strokeStyle = cssOf(colour);
    context.stroke();
  }
}

/** Draws the line of a lasso. @param line on the screen */
export function drawLasso(context: CanvasRenderingContext2D, line: readonly Point[], theme: MapTheme): void {
  const [first, ...others] = line;
  if (first === undefined) return;
  context.beginPath();
  context.moveTo(first.x, first.y);
  for (const { x, y } of others) context.lineTo(x, y);
  context.closePath();
  const [red, green, blue] = theme.focus;
  context.fillStyle = `rgb(${red} ${green} ${blue} / 0.12)`;
  context.fill();
  context.lineWidth = 1.5;
  context.strokeStyle = cssOf(theme.focus);
  context.stroke();
}

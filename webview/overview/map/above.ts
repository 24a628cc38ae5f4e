import type { Colouring } from './colouring';
import { middleOf, placed, type Wish } from './labelPlaces';
import { cssOf, type MapTheme } from './mapTheme';
import { toScreen, type Point, type Size, type View } from './view';

/** Names that are written on a map at most, and the characters of each. */
const mostNames = 40;
const mostCharacters = 24;
const fontSize = 12;

/** A name of points, with their middle on the map. */
export interface Name {
  readonly text: string;
  readonly middle: Point;
}

/** The names of the texts that have points of their own, those of most points first. @param shown whether a point is */
export function namesOf(
  { of }: { readonly of: readonly number[] },
  texts: readonly string[],
  x: readonly number[],
  y: readonly number[],
  shown: (i: number) => boolean,
): readonly Name[] {
  const members = new Map<number, number[]>();
  of.forEach((text, i) => {
    if (text < 0 || !shown(i)) return;
    const group = members.get(text);
    if (group === undefined) members.set(text, [i]);
    else group.push(i);
  });
  return [...members]
    .sort(([a, one], [b, other]) => other.length - one.length || a - b)
    .slice(0, mostNames)
    .map(([text, points]) => ({ text: cut(texts[text] ?? ''), middle: middleOf(points, x, y) }));
}

function cut(text: string): string {
  const characters = Array.from(text);
  return characters.length <= mostCharacters ? text : `${characters.slice(0, mostCharacters - 1).join('')}…`;
}

/** Whether names are worth writing: not for each of many. */
export function areNames({ kind, entries }: Colouring): boolean {
  return kind === 'texts' && entries.length > 1;
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

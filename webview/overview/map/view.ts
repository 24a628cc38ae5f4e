/** Which part of a map is seen, and how large: pure functions of what was seen before. */

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** In pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The place of the map in the middle, and the pixels that a unit of the map takes. On a map y grows upwards. */
export interface View extends Point {
  readonly scale: number;
}

/** Pixels around points that are fitted. */
const margin = 28;
/** How much farther than fitting all points one can see, and how much nearer. */
const range = { least: 0.5, most: 4000 };

/** The view that shows all of some points. @param x, y their places, of which there may be none */
export function fitted(x: readonly number[], y: readonly number[], { width, height }: Size): View {
  const [left, right] = extent(x);
  const [bottom, top] = extent(y);
  const across = Math.max(1, width - 2 * margin) / Math.max(right - left, 1e-9);
  const up = Math.max(1, height - 2 * margin) / Math.max(top - bottom, 1e-9);
  const whole = Math.max(1, Math.min(width, height) - 2 * margin) / 2;
  // A single point, or several at one place, are no reason to look closer than at a whole map.
  const scale = Math.min(across, up, whole * 50);
  return { x: (left + right) / 2, y: (bottom + top) / 2, scale };
}

/** From the map to the screen. */
export function toScreen({ x, y, scale }: View, { width, height }: Size, at: Point): Point {
  return { x: width / 2 + (at.x - x) * scale, y: height / 2 - (at.y - y) * scale };
}

/** From the screen to the map. */
export function toMap({ x, y, scale }: View, { width, height }: Size, at: Point): Point {
  return { x: x + (at.x - width / 2) / scale, y: y - (at.y - height / 2) / scale };
}

/** Moved by pixels. */
export function panned(view: View, by: Point): View {
  return { ...view, x: view.x - by.x / view.scale, y: view.y + by.y / view.scale };
}

/** Larger by a factor, with what lies under `at` staying there. @param whole the view that shows everything */
export function zoomed(view: View, size: Size, at: Point, factor: number, whole: View): View {
  const scale = Math.min(Math.max(view.scale * factor, whole.scale * range.least), whole.scale * range.most);
  const under = toMap(view, size, at);
  return {
    x: under.x - (at.x - size.width / 2) / scale,
    y: under.y + (at.y - size.height / 2) / scale,
    scale,
  };
}

/** Moved just so far that a place is well in sight. */
export function showing(view: View, size: Size, place: Point): View {
  const at = toScreen(view, size, place);
  const clamp = (value: number, most: number): number =>
    Math.min(Math.max(value, margin), Math.max(margin, most - margin));
  return panned(view, { x: clamp(at.x, size.width) - at.x, y: clamp(at.y, size.height) - at.y });
}

function extent(values: readonly number[]): readonly [number, number] {
  let [least, most] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return least <= most ? [least, most] : [-1, 1];
}

import type { Point, Size } from './view';

/** A text that may be written on a map. */
export interface Wish {
  readonly text: string;
  /** Its middle, in pixels. */
  readonly at: Point;
  /** In pixels. */
  readonly width: number;
}

/**
 * Which texts are written: in their order, each that lies on the screen and over none that was taken before.
 * @param height of each, in pixels
 */
export function placed(wishes: readonly Wish[], height: number, screen: Size): readonly Wish[] {
  const taken: Wish[] = [];
  for (const wish of wishes) {
    const { x, y } = wish.at;
    const isSeen =
      x - wish.width / 2 >= 0 &&
      x + wish.width / 2 <= screen.width &&
      y - height / 2 >= 0 &&
      y + height / 2 <= screen.height;
    if (isSeen && !taken.some((other) => overlaps(wish, other, height))) taken.push(wish);
  }
  return taken;
}

function overlaps(a: Wish, b: Wish, height: number): boolean {
  return Math.abs(a.at.x - b.at.x) < (a.width + b.width) / 2 && Math.abs(a.at.y - b.at.y) < height;
}

/** Where the name of some points is written: at the one of them that is nearest to their mean. */
export function middleOf(members: readonly number[], x: readonly number[], y: readonly number[]): Point {
  let mean = { x: 0, y: 0 };
  for (const i of members) {
    mean = { x: mean.x + (x[i] ?? 0) / members.length, y: mean.y + (y[i] ?? 0) / members.length };
  }
  let best = mean;
  let least = Infinity;
  for (const i of members) {
    const at = { x: x[i] ?? 0, y: y[i] ?? 0 };
    const distance = (at.x - mean.x) ** 2 + (at.y - mean.y) ** 2;
    if (distance < least) [best, least] = [at, distance];
  }
  return best;
}

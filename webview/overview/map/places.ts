import KDBush from 'kdbush';
import type { Point } from './view';

export type Direction = 'left' | 'right' | 'up' | 'down';

const directions: Readonly<Record<Direction, Point>> = {
  left: { x: -1, y: 0 },
  right: { x: 1, y: 0 },
  up: { x: 0, y: 1 },
  down: { x: 0, y: -1 },
};

/** Points in a plane, found by where they are. */
export class Places {
  private readonly tree: KDBush;

  /** @param x, y alike in length, in the units of the map */
  constructor(
    readonly x: readonly number[],
    readonly y: readonly number[],
  ) {
    this.tree = new KDBush(x.length, 64, Float64Array);
    x.forEach((each, i) => this.tree.add(each, y[i] ?? 0));
    this.tree.finish();
  }

  /** The number of the point that is nearest to a place, or `null` where none lies within `reach`. */
  nearest(at: Point, reach: number, among: (index: number) => boolean): number | null {
    let best: number | null = null;
    let least = Infinity;
    for (const i of this.tree.within(at.x, at.y, reach)) {
      const distance = squared(this.offset(i, at));
      // Of points at one place the first, so that the answer does not depend on the tree.
      if ((distance < least || (distance === least && i < (best ?? Infinity))) && among(i))
        [best, least] = [i, distance];
    }
    return best;
  }

  /**
   * The point to step to from one: of those that lie within 45 degrees of a direction the nearest, or `null`. Points at
   * the same place are stepped through by their numbers, with those at its right and above.
   */
  step(from: number, direction: Direction, among: (index: number) => boolean): number | null {
    const at = { x: this.x[from] ?? 0, y: this.y[from] ?? 0 };
    const twin = this.twin(from, at, direction === 'right' || direction === 'up' ? 1 : -1, among);
    if (twin !== null) return twin;
    // Few points lie far away: the reach grows until one is found.
    for (let reach = 1 / 64; reach < 8; reach *= 4) {
      const found = this.ahead(at, directions[direction], reach, among);
      if (found !== null) return found;
    }
    return null;
  }

  private ahead(at: Point, along: Point, reach: number, among: (index: number) => boolean): number | null {
    let best: number | null = null;
    let least = Infinity;
    for (const i of this.tree.within(at.x, at.y, reach)) {
      const by = this.offset(i, at);
      const ahead = by.x * along.x + by.y * along.y;
      const beside = Math.abs(by.x * along.y - by.y * along.x);
      // What lies at exactly 45 degrees is beside, not above or below: every point lies in one direction.
      if (ahead <= 0 || beside > ahead || (beside === ahead && along.x === 0)) continue;
      const distance = squared(by);
      if ((distance < least || (distance === least && i < (best ?? Infinity))) && among(i))
        [best, least] = [i, distance];
    }
    return best;
  }

  private twin(from: number, at: Point, by: 1 | -1, among: (index: number) => boolean): number | null {
    const same = this.tree
      .within(at.x, at.y, 1e-6)
      .filter((i) => i !== from && (by === 1 ? i > from : i < from) && among(i) && squared(this.offset(i, at)) === 0);
    if (same.length === 0) return null;
    return by === 1 ? same.reduce((a, b) => Math.min(a, b)) : same.reduce((a, b) => Math.max(a, b));
  }

  private offset(i: number, at: Point): Point {
    return { x: (this.x[i] ?? 0) - at.x, y: (this.y[i] ?? 0) - at.y };
  }
}

function squared({ x, y }: Point): number {
  return x * x + y * y;
}

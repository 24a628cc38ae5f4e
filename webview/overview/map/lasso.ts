import type { Point } from './view';

/**
 * The numbers of the points inside a closed line, by the even-odd rule.
 * @param line its corners; the last is joined to the first
 * @param among which points may be inside
 */
export function inside(
  line: readonly Point[],
  x: readonly number[],
  y: readonly number[],
  among: (index: number) => boolean,
): readonly number[] {
  if (line.length < 3) return [];
  const [left, right, bottom, top] = box(line);
  const found: number[] = [];
  for (const [i, px] of x.entries()) {
    const py = y[i] ?? NaN;
    if (px < left || px > right || py < bottom || py > top || !among(i)) continue;
    if (isInside(line, px, py)) found.push(i);
  }
  return found;
}

function isInside(line: readonly Point[], px: number, py: number): boolean {
  let isIn = false;
  let before = line.at(-1);
  for (const corner of line) {
    if (before !== undefined && before.y > py !== corner.y > py) {
      const crossing = corner.x + ((py - corner.y) / (before.y - corner.y)) * (before.x - corner.x);
      if (px < crossing) isIn = !isIn;
    }
    before = corner;
  }
  return isIn;
}

function box(line: readonly Point[]): readonly [number, number, number, number] {
  let [left, right, bottom, top] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { x, y } of line) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    bottom = Math.min(bottom, y);
    top = Math.max(top, y);
  }
  return [left, right, bottom, top];
}

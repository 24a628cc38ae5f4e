import type { TimeAxis } from './ticks';

/** A label of the axis of time, with its left edge and width in pixels. */
export interface AxisLabel {
  readonly text: string;
  readonly left: number;
  readonly width: number;
}

/** Pixels between two labels. */
const gap = 6;

/**
 * The labels of an axis below their ticks, the last one with the unit. One that would be cut off at the right edge is moved
 * to the left, and takes the place of those that it would touch.
 *
 * @param at the pixel of a value
 * @param widthOf a text in pixels
 * @param right the edge
 */
export function axisLabels(
  { ticks, unit }: TimeAxis,
  at: (value: number) => number,
  widthOf: (text: string) => number,
  right: number,
): readonly AxisLabel[] {
  const placed: AxisLabel[] = [];
  ticks.forEach(({ value, label }, i) => {
    const text = i === ticks.length - 1 ? `${label} ${unit}` : label;
    const width = widthOf(text);
    const left = Math.min(at(value) - width / 2, right - width);
    for (let last = placed.at(-1); last !== undefined && last.left + last.width + gap > left; last = placed.at(-1)) {
      placed.pop();
    }
    placed.push({ text, left, width });
  });
  return placed;
}

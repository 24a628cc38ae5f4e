import { describe, expect, it } from 'vitest';
import { axisLabels } from '../../../../../webview/shared/plots/axisLabels';

const axis = {
  unit: 'steps',
  ticks: [0, 50, 100].map((value) => ({ value, label: String(value * 1000) })),
};
const widthOf = (text: string) => 6 * text.length;

describe('the labels of the axis of time', () => {
  it('stand below their ticks, the last one with the unit', () => {
    const labels = axisLabels(axis, (value) => 50 + 4 * value, widthOf, 1000);
    expect(labels.map(({ text }) => text)).toEqual(['0', '50000', '100000 steps']);
    expect(labels.map(({ left, width }) => left + width / 2)).toEqual([50, 250, 450]);
  });

  it('are never cut off at the right, and never touch', () => {
    for (let edge = 452; edge < 600; edge += 7) {
      const labels = axisLabels(axis, (value) => 50 + 4 * value, widthOf, edge);
      const last = labels.at(-1)!;
      expect(last.text).toBe('100000 steps');
      expect(last.left + last.width).toBeLessThanOrEqual(edge);
    }
    const narrow = axisLabels(axis, (value) => 50 + value, widthOf, 155);
    expect(narrow.map(({ text }) => text)).toEqual(['0', '100000 steps']);
    const [first, last] = narrow;
    expect(first!.left + first!.width).toBeLessThan(last!.left);
  });
});

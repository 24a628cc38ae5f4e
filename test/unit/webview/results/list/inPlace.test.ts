import { describe, expect, it } from 'vitest';
import type { PanelItem, PanelResults } from '../../../../../src/protocol/panel';
import { hasSameOrder, replaced } from '../../../../../webview/results/list/inPlace';
import { Pages } from '../../../../../webview/results/list/pages';
import { results } from '../../samples';

const [sample] = results().items;
const refOf = (name: number) => ({ path: `/${name}`, number: 0 });
const item = (name: number): PanelItem =>
  sample?.kind === 'match' ? { ...sample, sequence: { ...sample.sequence, ref: refOf(name) } } : sample!;
const items = (from: number, count: number) => Array.from({ length: count }, (_, i) => item(from + i));
const made = (list: number, its: readonly PanelItem[], more: Partial<PanelResults> = {}) =>
  results({ list, items: its, length: 200, ...more });

describe('a list that is made again', () => {
  const before = new Pages(made(1, items(0, 50)));
  before.receive(50, items(50, 50), 119);

  it('moves with the match that the extension was told to keep in sight, far down the list as well', () => {
    const kept = { ref: refOf(60), position: 75 };
    const { pages, shift, active } = replaced(before, made(2, items(0, 50), { kept }), null, 60);
    expect([shift, active]).toEqual([15, 75]);
    expect([3, 75, 80].map((at) => pages.at(at))).toEqual([item(3), item(60), item(65)]);
  });

  it('does not move for one that is no longer listed', () => {
    const kept = { ref: refOf(60), position: null };
    expect(replaced(before, made(2, items(0, 50), { kept }), refOf(1), 60)).toMatchObject({ shift: 0, active: 60 });
  });

  it('finds what is to stay among its first matches by itself, and takes the focus along', () => {
    const grown = made(2, [...items(300, 5), ...items(0, 45)]);
    expect(replaced(before, grown, refOf(4), 2)).toMatchObject({ shift: 5, active: 7 });
    expect(replaced(before, grown, null, 0)).toMatchObject({ shift: 0, active: 5 });
  });

  it('is of the same order when only labels differ, unless it is arranged by them', () => {
    const first = made(1, items(0, 50));
    const labelled = (arrangement: Partial<PanelResults['arrangement']>) =>
      made(2, items(0, 50), { arrangement: { ...first.arrangement, ...arrangement } });
    expect(hasSameOrder(first, labelled({}))).toBe(true);
    expect(hasSameOrder(first, labelled({ grouping: 'label' }))).toBe(false);
    expect(hasSameOrder(first, labelled({ sorting: { key: 'label', descending: false } }))).toBe(false);
    expect(hasSameOrder(first, made(2, items(0, 50), { ranking: 'b' }))).toBe(false);
  });
});

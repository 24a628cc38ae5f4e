import { describe, expect, it } from 'vitest';
import { columnsFor, needsOther } from '../../../../../webview/results/list/rowPlots';

describe('the columns to ask for', () => {
  it('follow the pixels of the screen, within bounds', () => {
    expect([columnsFor(300, 1), columnsFor(300, 1.5), columnsFor(300, 3), columnsFor(300, 0.5)]).toEqual([
      300, 450, 600, 300,
    ]);
    expect([columnsFor(0, 2), columnsFor(9000, 2)]).toEqual([1, 4096]);
  });

  it('are asked for again only when the width has changed a lot', () => {
    expect([needsOther(0, 300), needsOther(300, 301), needsOther(300, 390), needsOther(300, 160)]).toEqual([
      true,
      false,
      false,
      false,
    ]);
    expect([needsOther(300, 400), needsOther(300, 140), needsOther(0, 1)]).toEqual([true, true, false]);
  });
});

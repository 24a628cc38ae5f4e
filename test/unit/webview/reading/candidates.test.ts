import { describe, expect, it } from 'vitest';
import type { ReadingDescription } from '../../../../src/protocol/reading';
import { candidatesOf, isMeant, keptOf, renamedOf, withChannels } from '../../../../webview/reading/candidates';

const table: ReadingDescription = {
  ...{ format: 'delimited', problem: null, decidable: [], sequences: [], sequenceCount: 0, channels: ['x', 'y'] },
  decided: {},
  table: {
    rows: [],
    columns: [
      { name: 't', role: 'clock' },
      { name: 'x', role: 'channel' },
      { name: 'y', role: 'channel' },
      { name: 'y', role: 'leftOut' },
      { name: null, role: 'channel' },
    ],
  },
};
const nothing = { names: new Map<number, string>(), units: new Map<number, string>() };

describe('the channels to choose from', () => {
  it('are the columns of a table, named by number where a name does not do', () => {
    expect(candidatesOf(table).map(({ choice }) => choice)).toEqual(['t', 'x', 3, 4, 5]);
    expect(keptOf(table, {}).map(({ number }) => number)).toEqual([2, 3, 5]);
    expect(keptOf({ ...table, decided: { channels: [3] } }, {}).map(({ number }) => number)).toEqual([3]);
    expect(keptOf(table, { channels: [' x ', 9, 't'] }).map(({ number }) => number)).toEqual([2, 1]);
  });

  it('are the channels of other formats', () => {
    const plain = { ...table, table: null };
    expect(candidatesOf(plain)).toMatchObject([{ choice: 'x', role: null }, { choice: 'y' }]);
    expect(keptOf(plain, {})).toHaveLength(2);
    expect(candidatesOf(plain).map((candidate) => isMeant(candidate, 2))).toEqual([false, true]);
  });

  it('keep their names and units when others go', () => {
    const decisions = { rate: 5, channels: ['x', 3, 5], names: ['up', 'down', 'side'], units: [null, 'm', 'V'] };
    const kept = keptOf(table, decisions);
    const renamed = renamedOf(kept, decisions);
    expect(withChannels(decisions, kept.slice(1), renamed, nothing)).toEqual({
      rate: 5,
      channels: [3, 5],
      names: ['down', 'side'],
      units: ['m', 'V'],
    });
  });

  it('take the names that were found for those that nobody gave', () => {
    const kept = keptOf(table, {});
    const found = { names: new Map([[5, 'found']]), units: new Map([[2, 'g']]) };
    const renamed = { names: new Map([[2, 'up']]), units: new Map([[3, 'm']]) };
    expect(withChannels({}, kept, renamed, found)).toEqual({
      channels: ['x', 3, 5],
      names: ['up', 'y', 'found'],
      units: ['g', 'm', null],
    });
    expect(withChannels({}, kept, nothing, found)).toEqual({ channels: ['x', 3, 5] });
  });
});

import { describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { fromWebview } from '../../../../../src/protocol/panel';
import {
  isAboutTooMany,
  matchesAbout,
  menuContext,
  messageFor,
  positionForKey,
} from '../../../../../webview/results/list/listActions';
import { Pages } from '../../../../../webview/results/list/pages';
import { nothingSelected } from '../../../../../webview/results/list/selection';
import { results } from '../../samples';

const pages = new Pages(results({ list: 7 }));
const none = { pages, selection: nothingSelected };
const some = {
  pages,
  selection: {
    parts: [
      [1, 2],
      [300, 390],
    ] as const,
    anchor: 1,
  },
};

describe('a command on a row', () => {
  it.each(['copyPaths', 'setLabel', 'exclude'] as const)('%s is about the selection if the row is in it', (command) => {
    const message = messageFor(command, 2, some);
    expect(message).toEqual({ type: command, list: 7, parts: some.selection.parts });
    expect(v.is(fromWebview, message)).toBe(true);
    expect(messageFor(command, 5, some)).toEqual({ type: command, list: 7, parts: [[5, 5]] });
    expect(messageFor(command, 5, none)).toEqual({ type: command, list: 7, parts: [[5, 5]] });
  });

  it('opens one match or several, and searches from the row alone', () => {
    const refs = matchesAbout(some, 1).map(({ sequence }) => sequence.ref);
    expect(messageFor('open', 1, some)).toEqual({ type: 'openSeveral', refs });
    expect(messageFor('open', 5, some)).toMatchObject({ type: 'open', ref: { path: '/w/ecg/106.hea' } });
    expect(messageFor('findSimilar', 1, some)).toMatchObject({ type: 'search', ref: { path: '/w/ecg/102.hea' } });
    expect(messageFor('showReading', 1, some)).toMatchObject({ type: 'reading', ref: { path: '/w/ecg/102.hea' } });
    for (const command of ['openAsText', 'reveal'] as const) {
      const message = messageFor(command, 1, some);
      expect(message).toMatchObject({ type: command, ref: { path: '/w/ecg/102.hea' } });
      expect(v.is(fromWebview, message)).toBe(true);
    }
    expect(messageFor('showReading', 200, none)).toBeNull();
    expect(messageFor('open', 200, none)).toBeNull();
    expect(messageFor('selectAll', 1, some)).toBeNull();
  });

  it('by key is about the selection wherever the focus is, but for what is done with one match alone', () => {
    for (const command of ['open', 'compare', 'copyPaths', 'setLabel', 'exclude'] as const) {
      expect(positionForKey(command, 5, some)).toBe(1);
      expect(positionForKey(command, 301, some)).toBe(301);
      expect(positionForKey(command, 5, none)).toBe(5);
    }
    for (const command of ['findSimilar', 'showReading', 'openAsText', 'reveal'] as const) {
      expect(positionForKey(command, 5, some)).toBe(5);
    }
  });

  it('opens and compares eight matches at most, heads of groups not counted', () => {
    for (const command of ['open', 'compare'] as const) {
      expect(isAboutTooMany(command, 1, some)).toBe(true);
      expect(isAboutTooMany(command, 5, some)).toBe(false);
    }
    expect(isAboutTooMany('copyPaths', 1, some)).toBe(false);
    const group = { kind: 'group', name: 'a', count: 9, collapsed: false } as const;
    const items = [
      group,
      ...results({ list: 7 })
        .items.filter((item) => item.kind === 'match')
        .slice(0, 8),
    ];
    const grouped = new Pages({ list: 7, length: 9, items });
    const selection = { parts: [[0, 8]] as const, anchor: null };
    expect(isAboutTooMany('compare', 1, { pages: grouped, selection })).toBe(false);
  });

  it('is told to the menu with the row’s place and how many matches it is about', () => {
    expect(JSON.parse(menuContext('p', 1, some, false))).toMatchObject({
      webviewSection: 'match',
      kindredPanel: 'p',
      kindredItem: 1,
      kindredSelected: 2,
      kindredMarked: false,
    });
  });
});

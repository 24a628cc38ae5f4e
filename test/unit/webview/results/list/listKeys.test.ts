import { describe, expect, it } from 'vitest';
import { type Focus, type Key, listCommand } from '../../../../../webview/results/list/listKeys';

const plain = { shiftKey: false, altKey: false, ctrlKey: false, metaKey: false };
const onRow: Focus = { index: 5, count: 20, onGroup: false, page: 8, textSelected: false };
const press = (key: string, focus: Partial<Focus> = {}, modifiers: Partial<Key> = {}): unknown =>
  listCommand({ key, ...plain, ...modifiers }, { ...onRow, ...focus });

describe('listCommand', () => {
  it.each([
    ['ArrowDown', 5, 6],
    ['ArrowDown', 19, 19],
    ['ArrowUp', 5, 4],
    ['ArrowUp', 0, 0],
    ['Home', 5, 0],
    ['End', 5, 19],
    ['PageDown', 5, 13],
    ['PageDown', 15, 19],
    ['PageUp', 5, 0],
    ['PageUp', 15, 7],
  ])('%s at row %d goes to row %d, with Shift selecting on the way', (key, index, to) => {
    expect(press(key, { index })).toEqual({ kind: 'go', to });
    expect(press(key, { index }, { shiftKey: true })).toEqual({ kind: 'extend', to });
  });

  it.each([
    ['Enter', {}, 'open'],
    ['Enter', { shiftKey: true }, 'search'],
    ['f', {}, 'search'],
    ['F', {}, 'search'],
    ['F', { shiftKey: true }, 'searchAll'],
    ['m', {}, 'markMore'],
    ['N', {}, 'markLess'],
    ['c', {}, 'compare'],
    [' ', {}, 'toggle'],
    ['l', {}, 'setLabel'],
    ['L', { shiftKey: true }, 'setLabel'],
    ['Delete', {}, 'exclude'],
    ['Escape', {}, 'selectNone'],
    ['a', { ctrlKey: true }, 'selectAll'],
    ['a', { metaKey: true }, 'selectAll'],
    ['c', { ctrlKey: true }, 'copyPaths'],
  ])('%j with %j on a match does: %s', (key, modifiers, kind) => {
    expect(press(key, {}, modifiers)).toEqual({ kind });
  });

  it('opens and closes groups', () => {
    const onGroup = { onGroup: true };
    expect([press('ArrowLeft', onGroup), press('ArrowRight', onGroup), press('Enter', onGroup)]).toEqual([
      { kind: 'collapse' },
      { kind: 'expand' },
      { kind: 'toggle' },
    ]);
    expect([press('f', onGroup), press('l', onGroup), press('Delete', onGroup)]).toEqual([null, null, null]);
  });

  it('leaves selected text, other keys and the editor’s shortcuts alone', () => {
    expect(press('c', { textSelected: true }, { ctrlKey: true })).toBeNull();
    expect([press('a'), press('Tab'), press('ArrowLeft')]).toEqual([null, null, null]);
    expect([press('f', {}, { ctrlKey: true }), press('l', {}, { ctrlKey: true })]).toEqual([null, null]);
    expect(press('C', {}, { ctrlKey: true, shiftKey: true })).toBeNull();
    expect(press('ArrowDown', {}, { altKey: true })).toBeNull();
  });
});

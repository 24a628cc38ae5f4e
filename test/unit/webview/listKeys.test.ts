import { describe, expect, it } from 'vitest';
import { type Focus, type Key, listCommand } from '../../../webview/listKeys';

const plain = { shiftKey: false, altKey: false, ctrlKey: false, metaKey: false };
const onRow: Focus = { index: 5, count: 20, onRow: true, page: 8 };
const press = (key: string, focus: Partial<Focus> = {}, modifiers: Partial<Key> = {}): unknown =>
  listCommand({ key, ...plain, ...modifiers }, { ...onRow, ...focus });

describe('listCommand', () => {
  it.each([
    ['ArrowDown', 5, 6],
    ['ArrowUp', 5, 4],
    ['ArrowUp', 0, 0],
    ['Home', 5, 0],
    ['End', 5, 19],
    ['PageDown', 5, 13],
    ['PageDown', 15, 19],
    ['PageUp', 5, 0],
    ['PageUp', 15, 7],
  ])('%s at row %d goes to row %d', (key, index, to) => {
    expect(press(key, { index })).toEqual({ kind: 'go', to });
  });

  it('leaves the list below its last row', () => {
    expect(press('ArrowDown', { index: 19 })).toEqual({ kind: 'go', to: 20 });
  });

  it('opens and searches from a row', () => {
    expect(press('Enter')).toEqual({ kind: 'open' });
    expect(press('Enter', {}, { shiftKey: true })).toEqual({ kind: 'search' });
    expect([press('f'), press('F', {}, { shiftKey: true })]).toEqual([{ kind: 'search' }, { kind: 'search' }]);
  });

  it('walks into the button of a row and out of it, where Enter is the button’s own', () => {
    expect(press('ArrowRight')).toEqual({ kind: 'toButton' });
    expect(press('ArrowLeft', { onRow: false })).toEqual({ kind: 'toRow' });
    expect(press('Escape', { onRow: false })).toEqual({ kind: 'toRow' });
    expect(press('Enter', { onRow: false })).toBeNull();
    expect(press('ArrowDown', { onRow: false })).toEqual({ kind: 'go', to: 6 });
  });

  it('leaves other keys and the editor’s shortcuts alone', () => {
    expect([press('a'), press('Tab'), press('Escape'), press('ArrowLeft')]).toEqual([null, null, null, null]);
    expect(press('f', {}, { ctrlKey: true })).toBeNull();
    expect(press('ArrowDown', {}, { altKey: true })).toBeNull();
    expect(press('End', {}, { shiftKey: true })).toBeNull();
  });
});

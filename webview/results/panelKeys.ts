import type { FromWebview } from '../../src/protocol/panel';
import type { MatchList } from './list/matchList';
import type { State } from './state';

/**
 * The keys that work anywhere in the panel: Alt+Left and Alt+Right walk through past queries, and ArrowDown enters the
 * list when nothing has the focus. They are kept from the editor, where Alt+Left goes back to another file.
 */
export function onPanelKey(
  post: (message: FromWebview) => void,
  stateNow: () => State,
  list: MatchList,
): (event: KeyboardEvent) => void {
  const take = (event: KeyboardEvent): void => {
    event.preventDefault();
    event.stopPropagation();
  };
  return (event) => {
    const { back, forward } = stateNow().history;
    const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (plain && event.altKey && event.key === 'ArrowLeft') {
      take(event);
      if (back) post({ type: 'back' });
    } else if (plain && event.altKey && event.key === 'ArrowRight') {
      take(event);
      if (forward) post({ type: 'forward' });
    } else if (plain && !event.altKey && event.key === 'ArrowDown' && document.activeElement === document.body) {
      if (list.length === 0) return;
      take(event);
      list.focus();
    }
  };
}

import type { PanelCommand } from '../../../src/protocol/panel';
import { listCommand, type ListCommand } from './listKeys';
import { extended, nothingSelected, type Selection, toggled } from './selection';

/** The list as keys and the pointer act on it. */
export interface ListActor {
  readonly length: number;
  /** The position that Tab reaches. */
  readonly active: number;
  readonly rowsOnScreen: number;
  readonly selection: Selection;
  /** The position of the row that holds a node. */
  positionOf(target: EventTarget | null): number | null;
  isGroup(position: number): boolean;
  activate(position: number): void;
  /** Makes a row the active one, in sight and with the keyboard focus. */
  focusAt(position: number): void;
  select(selection: Selection): void;
  /** Closes a group or opens it; without `collapsed` the other way round. */
  collapse(position: number, collapsed?: boolean): void;
  /** Plays the recording of a row, or ends it. */
  play(position: number): void;
  /** Has the list made again. */
  refresh(): void;
  /** @param position `null` for a key */
  run(command: PanelCommand, position: number | null): void;
  /** Tells the editor's context menu what it is about. */
  describeMenu(position: number | null): void;
  /** The editor's context menu is closed, or about to be. */
  menuClosed(): void;
  /** The focus has come into the list, or left it. */
  focused(focused: boolean): void;
}

/** Lets keys and the pointer on the rows inside `body` act on the list. */
export function bindListInput(body: HTMLElement, list: ListActor): void {
  body.addEventListener('focusin', (event) => {
    const position = list.positionOf(event.target);
    if (position !== null && position !== list.active) list.activate(position);
    list.focused(true);
  });
  body.addEventListener('focusout', () => {
    list.focused(false);
  });
  body.addEventListener('click', (event) => {
    click(event, list);
  });
  body.addEventListener('mousedown', (event) => {
    // Would select the text between the two clicks.
    if (event.shiftKey) event.preventDefault();
  });
  body.addEventListener('keydown', (event) => {
    press(event, list);
  });
  body.addEventListener('contextmenu', (event) => {
    list.describeMenu(list.positionOf(event.target));
  });
  // The editor says nothing of its menu, but takes the focus with it, and gives it back.
  const closed = (): void => {
    list.menuClosed();
  };
  window.addEventListener('focus', closed);
  window.addEventListener('pointerdown', closed);
  window.addEventListener('keydown', closed, { capture: true });
}

function click(event: MouseEvent, list: ListActor): void {
  const position = list.positionOf(event.target);
  if (position === null) return;
  if (list.isGroup(position)) list.collapse(position);
  else if (event.shiftKey) list.select(extended(list.selection, list.active, position));
  else if (event.ctrlKey || event.metaKey) list.select(toggled(list.selection, position));
  // Selecting text in a row ends with a click too.
  else if (getSelection()?.isCollapsed !== false) {
    list.select(nothingSelected);
    list.run('open', position);
  }
  list.activate(position);
}

function press(event: KeyboardEvent, list: ListActor): void {
  const position = list.positionOf(event.target);
  if (position === null) return;
  const command = listCommand(event, {
    index: position,
    count: list.length,
    onGroup: list.isGroup(position),
    page: list.rowsOnScreen,
    textSelected: getSelection()?.isCollapsed === false,
  });
  if (command === null) return;
  event.preventDefault();
  event.stopPropagation();
  carryOut(command, position, list);
}

function carryOut(command: ListCommand, position: number, list: ListActor): void {
  switch (command.kind) {
    case 'go':
      list.focusAt(command.to);
      return;
    case 'extend':
      list.select(extended(list.selection, position, command.to));
      list.focusAt(command.to);
      return;
    case 'toggle':
      if (list.isGroup(position)) list.collapse(position);
      else list.select(toggled(list.selection, position));
      return;
    case 'collapse':
    case 'expand':
      list.collapse(position, command.kind === 'collapse');
      return;
    case 'play':
      list.play(position);
      return;
    case 'refresh':
      list.refresh();
      return;
    case 'selectNone':
      list.select(nothingSelected);
      return;
    case 'open':
    case 'compare':
    case 'copyPaths':
    case 'setLabel':
    case 'exclude':
    case 'selectAll':
    case 'markMore':
    case 'markLess':
      list.run(command.kind, null);
      return;
    case 'search':
      list.run('findSimilar', null);
      return;
    case 'searchAll':
      list.run('findSimilarToAll', null);
  }
}

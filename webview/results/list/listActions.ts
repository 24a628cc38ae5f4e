import type { FromWebview, PanelCommand, PanelItem } from '../../../src/protocol/panel';
import type { SequenceRef } from '../../../src/protocol/engine';
import type { Pages } from './pages';
import { isSelected, type Parts, type Selection, selectedPositions } from './selection';

type Match = Extract<PanelItem, { kind: 'match' }>;

/** Recordings that are opened or compared together. */
export const mostTogether = 8;

/** The list as it is when something is to be done. */
export interface ListNow {
  readonly pages: Pages;
  readonly selection: Selection;
}

/** The match at a position, if there is one and it has come. */
export function matchAt(pages: Pages, position: number): Match | undefined {
  const item = pages.at(position);
  return item?.kind === 'match' ? item : undefined;
}

/** What a command on a position is about: the selection if the position is part of it. */
function partsAbout({ selection }: ListNow, position: number): Parts {
  return isSelected(selection, position) ? selection.parts : [[position, position]];
}

/** What is done with one match alone, whatever is selected. */
const alone: readonly PanelCommand[] = ['findSimilar', 'showReading', 'openAsText', 'reveal'];

/**
 * The position that stands for what a key acts on: one of the selection, if there is one, else the active position. What
 * is done with one match alone is done with the active one.
 */
export function positionForKey(command: PanelCommand, active: number, { selection }: ListNow): number {
  return alone.includes(command) || isSelected(selection, active) ? active : (selection.parts[0]?.[0] ?? active);
}

/** The first few matches that a command on a position is about. */
export function matchesAbout(now: ListNow, position: number): Match[] {
  const parts = partsAbout(now, position);
  // Heads of groups may be among the positions.
  return selectedPositions({ parts, anchor: null }, 2 * mostTogether)
    .flatMap((at) => matchAt(now.pages, at) ?? [])
    .slice(0, mostTogether);
}

/** Whether a command on a position is about more matches than can be opened or compared together. */
export function isAboutTooMany(command: PanelCommand, position: number, now: ListNow): boolean {
  if (command !== 'open' && command !== 'compare') return false;
  const about = selectedPositions({ parts: partsAbout(now, position), anchor: null }, 10_000);
  return about.filter((at) => now.pages.at(at)?.kind !== 'group').length > mostTogether;
}

/** What to tell the host for a command on a position, or `null` if there is nothing to tell. */
export function messageFor(command: PanelCommand, position: number, now: ListNow): FromWebview | null {
  const refs: SequenceRef[] = matchesAbout(now, position).map(({ sequence }) => sequence.ref);
  const [first] = refs;
  switch (command) {
    case 'open':
      if (first === undefined) return null;
      return refs.length === 1 ? { type: 'open', ref: first } : { type: 'openSeveral', refs };
    case 'findSimilar': {
      const match = matchAt(now.pages, position);
      return match === undefined ? null : { type: 'search', ref: match.sequence.ref };
    }
    case 'showReading':
    case 'openAsText':
    case 'reveal': {
      const match = matchAt(now.pages, position);
      const type = command === 'showReading' ? 'reading' : command;
      return match === undefined ? null : { type, ref: match.sequence.ref };
    }
    case 'copyPaths':
    case 'setLabel':
    case 'exclude':
    case 'markMore':
    case 'markLess':
    case 'unmark':
    case 'findSimilarToAll': {
      const parts = partsAbout(now, position).map(([from, to]): [number, number] => [from, to]);
      const type = command === 'findSimilarToAll' ? 'searchAll' : command;
      return { type, list: now.pages.list, parts };
    }
    case 'saveSet':
      return { type: 'saveSet' };
    case 'compare':
    case 'selectAll':
    case 'refresh':
    case 'focusFilter':
      return null;
  }
}

/** What the editor's context menu receives of the match at a position. */
export function menuContext(panel: string, position: number, now: ListNow, isMarked: boolean): string {
  return JSON.stringify({
    webviewSection: 'match',
    preventDefaultContextMenuItems: true,
    kindredPanel: panel,
    kindredItem: position,
    kindredSelected: matchesAbout(now, position).length,
    kindredMarked: isMarked,
  });
}

import type { SequenceRef } from '../../../src/protocol/engine';
import type { PanelResults } from '../../../src/protocol/panel';
import { matchAt } from './listActions';
import { Pages } from './pages';

/** A list that takes the place of another one. */
export interface Replaced {
  readonly pages: Pages;
  /** By how many rows what is in sight has moved. */
  readonly shift: number;
  /** Where the row with the focus stands now. */
  readonly active: number;
}

/**
 * The pages of a list that is made again. Rows that have not come yet are those of the list before, moved with what is in
 * sight.
 * @param anchor the match that is to stay where it is, if the list does not say itself where that stands now
 * @param active the position of the row with the focus
 */
export function replaced(before: Pages, next: PanelResults, anchor: SequenceRef | null, active: number): Replaced {
  const fresh = new Pages(next);
  const { ref, position } = next.kept ?? { ref: anchor, position: anchor && fresh.positionOf(anchor) };
  const stood = ref && before.positionOf(ref);
  const shift = position === null || stood === null ? 0 : position - stood;
  const focused = matchAt(before, active)?.sequence.ref;
  const found = focused === undefined ? null : fresh.positionOf(focused);
  const last = Math.max(0, next.length - 1);
  return {
    pages: new Pages(next, before, shift),
    shift,
    active: Math.max(0, Math.min(found ?? active + shift, last)),
  };
}

/** Whether two lists have the same matches at the same positions: they differ in labels at most. */
export function hasSameOrder(before: PanelResults, next: PanelResults): boolean {
  const { filter, sorting, grouping } = next.arrangement;
  const dependsOnLabels =
    sorting.key === 'label' || grouping === 'label' || filter.labels.length > 0 || filter.text.trim() !== '';
  return before.ranking === next.ranking && before.length === next.length && !dependsOnLabels;
}

/**
 * Takes the keyboard focus along to where a match stands now. While another part of the window has it, which it must not be
 * taken from, no row keeps it: what comes next would be done with another match.
 */
export function takeFocusAlong(focus: () => void): void {
  if (document.hasFocus()) focus();
  else if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
}

import type { PanelResults, PanelState } from '../src/protocol/panel';
import type { SequenceRef } from '../src/protocol/engine';

/** How many matches the host sends at first, and more each time. */
export const pageSize = 20;

/** One string for a ref, to compare it by and to look it up. */
export function keyOf(ref: SequenceRef): string {
  return `${ref.number}:${ref.path}`;
}

/** One string for what was asked: the same query in the same scope. */
export function questionOf(results: PanelResults): string {
  return `${results.scope}:${keyOf(results.query.ref)}`;
}

/** Where the user was in a list of matches. */
export interface Place {
  /** Pixels scrolled from the top. */
  readonly scroll: number;
  /** The match that has, or last had, the keyboard focus. */
  readonly active: SequenceRef | null;
}

export const startOfList: Place = { scroll: 0, active: null };

/** What must be kept to show `results` again after the window was reloaded. */
export function panelStateOf(results: PanelResults, place: Place): PanelState {
  const pages = Math.max(1, Math.ceil(results.matches.length / pageSize));
  return {
    query: results.query.ref,
    scope: results.scope,
    limit: Math.min(10_000, pages * pageSize),
    scroll: place.scroll,
    ...(place.active && { active: place.active }),
  };
}

/** The place in `saved` if it belongs to `results`, else the start. */
export function placeIn(saved: PanelState | null, results: PanelResults): Place {
  if (saved === null || saved.scope !== results.scope || keyOf(saved.query) !== keyOf(results.query.ref)) {
    return startOfList;
  }
  return { scroll: saved.scroll ?? 0, active: saved.active ?? null };
}

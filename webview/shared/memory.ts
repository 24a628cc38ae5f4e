import type { PanelResults, PanelState } from '../../src/protocol/panel';
import type { SequenceRef } from '../../src/protocol/engine';

/** One string for a ref, to compare it by and to look it up. */
export function keyOf(ref: SequenceRef): string {
  return `${ref.number}:${ref.path}`;
}

/** One string for what was asked: the same queries in the same scope. Marks change the answer, not the question. */
export function questionOf({ scope, query, set }: PanelResults): string {
  return [scope, ...[query, ...(set?.queries ?? [])].map(({ ref }) => keyOf(ref))].join(':');
}

/** Where the user was in a list of matches. */
export interface Place {
  /** Pixels scrolled from the top. */
  readonly scroll: number;
  /** The position that has, or last had, the keyboard focus. */
  readonly active: number;
}

export const startOfList: Place = { scroll: 0, active: 0 };

/** What must be kept to show `results` again after the window was reloaded. */
export function panelStateOf(panel: string, results: PanelResults, { scroll, active }: Place): PanelState {
  return { panel, query: results.query.ref, scope: results.scope, scroll, active };
}

/** The place in `saved` if it belongs to `results`, else the start. */
export function placeIn(saved: PanelState | null, results: PanelResults): Place {
  if (saved === null || saved.scope !== results.scope || keyOf(saved.query) !== keyOf(results.query.ref)) {
    return startOfList;
  }
  return { scroll: saved.scroll ?? 0, active: saved.active ?? 0 };
}

/** Where the user was in each list of a panel, the one before the window was reloaded included. */
export class Places {
  private readonly places = new Map<string, Place>();

  /** @param saved where the user was before the window was reloaded; it is about the first list alone */
  constructor(private saved: PanelState | null) {}

  of(results: PanelResults): Place {
    const place = this.places.get(questionOf(results)) ?? placeIn(this.saved, results);
    this.saved = null;
    return place;
  }

  keep(results: PanelResults, place: Place): void {
    this.places.set(questionOf(results), place);
  }
}

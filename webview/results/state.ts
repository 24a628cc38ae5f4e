import type { PanelFacets, PanelResults, ToWebview } from '../../src/protocol/panel';
import type { IndexStatus } from '../../src/protocol/engine';

/** What the panel knows; the views are drawn from it alone. Plots are not part of it: they go straight to their views. */
export interface State {
  readonly phase: Phase;
  /** The last results; they stay on screen while the next ones are on their way. */
  readonly results: PanelResults | null;
  /** The index as it was when `results` arrived. */
  readonly indexThen: IndexStatus | null;
  readonly index: IndexStatus | null;
  readonly history: History;
  /** Whether the tab keeps its results. */
  readonly pinned: boolean;
  /** What there is to filter by. */
  readonly facets: PanelFacets;
  /** Why a message of the host could not be used, or `null`. */
  readonly complaint: string | null;
}

export type Phase =
  | { readonly kind: 'waiting' | 'empty' | 'results' }
  | { readonly kind: 'searching'; readonly file: string }
  | { readonly kind: 'error'; readonly message: string };

export interface History {
  readonly back: boolean;
  readonly forward: boolean;
}

export type Action =
  | Exclude<ToWebview, { readonly type: 'page' | 'run' | 'answer' | 'unanswered' }>
  | { readonly type: 'complaint'; readonly text: string }
  | { readonly type: 'dismiss' };

/** The state until the host has said anything. */
export const initialState: State = {
  phase: { kind: 'waiting' },
  results: null,
  indexThen: null,
  index: null,
  history: { back: false, forward: false },
  pinned: false,
  facets: { labels: [], formats: [] },
  complaint: null,
};

/** The state after a message of the host, or an act of the user that only the panel is concerned with. */
export function reduce(state: State, action: Action): State {
  switch (action.type) {
    case 'empty':
      return {
        ...initialState,
        phase: { kind: 'empty' },
        index: state.index,
        complaint: state.complaint,
        pinned: state.pinned,
      };
    case 'searching':
      return { ...state, phase: { kind: 'searching', file: action.file }, history: action.history };
    case 'results':
      return {
        ...state,
        phase: { kind: 'results' },
        results: action.results,
        indexThen: state.index,
        history: action.history,
      };
    case 'error':
      return {
        ...state,
        phase: { kind: 'error', message: action.message },
        results: null,
        indexThen: null,
        history: action.history,
      };
    case 'index':
      // The host may tell of the index only after the first results.
      return { ...state, index: action.status, indexThen: state.indexThen ?? (state.results && action.status) };
    case 'trouble':
      return { ...state, complaint: action.message };
    case 'pinned':
      return { ...state, pinned: action.pinned };
    case 'facets':
      return { ...state, facets: action.facets };
    case 'complaint':
      return { ...state, complaint: action.text };
    case 'dismiss':
      return { ...state, complaint: null };
  }
}

export type Screen = 'waiting' | 'empty' | 'indexing' | 'searching' | 'matches' | 'noMatch' | 'error';

/** Which of the panel's screens shows `state`. */
export function screenOf(state: State): Screen {
  switch (state.phase.kind) {
    case 'waiting':
    case 'error':
      return state.phase.kind;
    case 'empty':
      return isGrowing(state.index) && state.index?.sequences === 0 ? 'indexing' : 'empty';
    case 'searching':
      return state.results === null ? 'searching' : screenOfResults(state.results, state.index);
    case 'results':
      return state.results === null ? 'empty' : screenOfResults(state.results, state.index);
  }
}

function screenOfResults(results: PanelResults, index: IndexStatus | null): Screen {
  if (results.candidates > 0) return 'matches';
  return isGrowing(index) ? 'indexing' : 'noMatch';
}

/** Whether the index does not hold yet all that it will. */
export function isGrowing(index: IndexStatus | null): boolean {
  return index !== null && index.state !== 'ready';
}

/** How the shown results relate to the index. */
export interface Freshness {
  /** `partial`: made while the index was on its way, so that the list is still growing. */
  readonly kind: 'current' | 'partial' | 'changed';
  /** Files that were added, changed or removed since. */
  readonly changes: number;
}

export function freshnessOf({ results, index, indexThen }: State): Freshness {
  if (results === null || index === null || indexThen === null) return { kind: 'current', changes: 0 };
  const [now, then] = [index.changes, indexThen.changes];
  const changes = now.opening === then.opening ? now.files - then.files : now.files;
  if (isGrowing(indexThen) && (isGrowing(index) || changes > 0)) return { kind: 'partial', changes };
  return { kind: changes > 0 ? 'changed' : 'current', changes };
}

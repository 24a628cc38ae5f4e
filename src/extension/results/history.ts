import * as v from 'valibot';
import { arrangement, type Arrangement } from '../../protocol/listing';
import {
  querySet,
  scope,
  sequenceRef,
  weights,
  type Comparing,
  type QuerySet,
  type SequenceRef,
} from '../../protocol/sequences';
import type { Shape } from '../../protocol/shapes';

const view = v.object({
  query: sequenceRef,
  set: v.exactOptional(querySet),
  scope,
  weights: v.optional(weights, null),
});

/** One query as it was asked: which sequences, among which others, with which weights for their channels. */
export type View = Shape<typeof view>;

/** What is asked about beside a query, and how. */
export interface Asking {
  readonly set?: QuerySet | undefined;
  /** How sequences are compared, if not as before. */
  readonly comparing?: Partial<Comparing>;
  /** A match beside which the query is shown at once. */
  readonly beside?: SequenceRef;
}

/** How many past queries are kept. */
const longest = 50;

const savedHistory = v.object({ views: v.pipe(v.array(view), v.maxLength(longest)), position: v.number() });

export type SavedHistory = Shape<typeof savedHistory>;

/** What is kept of a panel when its window is closed. */
export interface SavedPanel {
  readonly history: SavedHistory;
  readonly arrangement: Arrangement;
}

/** What was kept of a panel, as far as it can be trusted: the history is restored by itself. */
export const savedPanel = v.object({ history: v.unknown(), arrangement: v.optional(arrangement) });

/** What a panel lists: the query as it was asked, in which arrangement, and the ranking if there is one. */
export interface ListedView extends View {
  readonly arrangement: Arrangement;
  readonly ranking: string | null;
}

/** The queries of a panel in the order in which they were asked, and the one that is shown. */
export class QueryHistory {
  #views: View[] = [];
  #position = -1;

  get current(): View | undefined {
    return this.#views[this.#position];
  }

  /** Where the reader can go from here. */
  get directions(): { readonly back: boolean; readonly forward: boolean } {
    return { back: this.#position > 0, forward: this.#position < this.#views.length - 1 };
  }

  /** Asks something new: what lay ahead is forgotten. */
  push(view: View): void {
    this.#views = [...this.#views.slice(0, this.#position + 1), view].slice(-longest);
    this.#position = this.#views.length - 1;
  }

  /** Asks the current query differently, in its place. */
  replace(view: View): void {
    if (this.#position >= 0) this.#views[this.#position] = view;
  }

  /** Goes back (-1) or forward (1); tells whether there was anywhere to go. */
  move(step: -1 | 1): boolean {
    const position = this.#position + step;
    if (position < 0 || position >= this.#views.length) return false;
    this.#position = position;
    return true;
  }

  save(): SavedHistory {
    return { views: [...this.#views], position: this.#position };
  }

  /** Takes up a saved history; what does not fit counts as none. */
  restore(saved: unknown): void {
    const result = v.safeParse(savedHistory, saved);
    const fits = result.success && Number.isInteger(result.output.position);
    this.#views = fits ? [...result.output.views] : [];
    this.#position = fits ? Math.max(-1, Math.min(result.output.position, this.#views.length - 1)) : -1;
  }

  /** Every query that is kept. */
  get views(): readonly View[] {
    return this.#views;
  }
}

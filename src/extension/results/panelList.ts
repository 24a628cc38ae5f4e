import type { Listing, ListItem, ListParams } from '../../protocol/engine';
import { longestPage } from '../../protocol/panel';

/** Positions of a list, from the first to the last of each part. */
export type Parts = readonly (readonly [number, number])[];

/** How many positions an action on a selection may be about. */
const mostSelected = 10_000;

/** The list that a panel shows: its pages can be had until the next one takes its place. */
export class PanelList {
  readonly #parameters: Omit<ListParams, 'from' | 'count' | 'fresh'>;
  readonly #list: (parameters: ListParams) => Promise<Listing>;

  constructor(
    readonly id: number,
    parameters: Omit<ListParams, 'from' | 'count' | 'fresh'>,
    list: (parameters: ListParams) => Promise<Listing>,
  ) {
    this.#parameters = parameters;
    this.#list = list;
  }

  page(from: number, count: number): Promise<Listing> {
    return this.#list({ ...this.#parameters, from, count, fresh: false });
  }

  /** The matches at these positions, which the panel need not have seen. */
  async matchesIn(parts: Parts): Promise<readonly Extract<ListItem, { readonly kind: 'match' }>[]> {
    const found: Extract<ListItem, { readonly kind: 'match' }>[] = [];
    for (const [first, last] of parts) {
      for (let from = first; from <= last && found.length < mostSelected; from += longestPage) {
        const { items } = await this.page(from, Math.min(longestPage, last - from + 1));
        found.push(...items.filter((item) => item.kind === 'match'));
        if (items.length === 0) break;
      }
    }
    return found.slice(0, mostSelected);
  }
}

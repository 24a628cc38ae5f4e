import type {
  Arrangement,
  AskEngine,
  Comparing,
  IndexState,
  IndexStatus,
  Listing,
  ListItem,
  ListParams,
  Match,
  SequenceRef,
  SequenceSummary,
} from '../../protocol/engine';
import { longestPage, type FromPage } from '../../protocol/panel';
import { isGone } from '../engine/engineErrors';
import { detailsOf, messageOf } from '../failure';
import type { View } from './history';
import type { PanelScreen } from './panelScreen';
import type { ShownSequences } from './shownSequences';

/** Items of the first page: about as many as a tall window shows, twice. */
const firstPage = 50;

/** How many positions an action on a selection may be about. */
const mostSelected = 10_000;

export interface ListPort {
  readonly ask: AskEngine;
  log(text: string): void;
}

/** A message about matches at some positions of a list. */
export type OnSelection = FromPage<'exclude'>;

type MatchItem = Extract<ListItem, { readonly kind: 'match' }>;

/** A list that is shown; its pages can be had until the next one takes its place. */
interface ShownList extends Comparing {
  readonly id: number;
  readonly view: View;
  readonly arrangement: Arrangement;
  readonly ranking: string;
  readonly candidates: number;
  /** The labels as they were when it was made. */
  readonly labels: IndexStatus['changes'];
}

export interface SearchOptions {
  /** Whether to make a new ranking; else the one that is shown is kept if it is of the same view. */
  readonly fresh: boolean;
  /** Whether what is shown stays until there is something else, and for good if that fails. */
  readonly quietly: boolean;
  /** A match of which is told where it stands then. */
  readonly keep: SequenceRef | null;
  /** A match beside which the query is shown at once. */
  readonly beside: SequenceRef | null;
}

/** The list that a panel shows, and the search for the next one. */
export class PanelLists {
  readonly #port: ListPort;
  readonly #screen: PanelScreen;
  readonly #shown: ShownSequences;
  #list: ShownList | undefined;
  #searches = 0;
  #searching = new AbortController();
  /**
   * Whether the engine lost the ranking that is shown, as when it was started again. The rows stay until there is another:
   * it is searched for, and again when the index is complete, if that had been needed.
   */
  #lost: 'no' | 'searching' | 'waiting' = 'no';
  /** How many sequences the index held when a search found nothing in it; more of them are worth another search. */
  #foundNothingIn: number | undefined;

  constructor(port: ListPort, screen: PanelScreen, shown: ShownSequences) {
    this.#port = port;
    this.#screen = screen;
    this.#shown = shown;
  }

  /** The ranking that is shown of a view, or `null`. */
  rankingOf(view: View): string | null {
    return this.#list?.view === view ? this.#list.ranking : null;
  }

  /** How the sequences of a view are compared, which its list knows once there is one. */
  comparingOf(view: View): Comparing {
    const { scope, weights } = this.#list?.view === view ? this.#list : view;
    return { scope, weights };
  }

  /** Lists a view; a search that is under way is given up. */
  async search(view: View, arrangement: Arrangement, options: SearchOptions): Promise<void> {
    const { fresh, quietly, keep, beside } = options;
    const find = keep ?? beside;
    this.#searching.abort();
    const searching = (this.#searching = new AbortController());
    const id = ++this.#searches;
    this.#foundNothingIn = undefined;
    if (this.#lost !== 'no') this.#lost = quietly ? 'searching' : 'no';
    try {
      const ranking = fresh ? null : this.rankingOf(view);
      const part = { arrangement, from: 0, count: firstPage, ...(find === null ? {} : { find }) };
      const listing = await this.#listing(view, part, ranking, searching.signal);
      const compared = beside === null ? null : await this.#compared(listing, arrangement, searching.signal);
      if (id === this.#searches) this.#found(listing, { id, view, arrangement }, keep, compared);
    } catch (error) {
      if (id !== this.#searches) return;
      this.#lost = 'no';
      this.#port.log(detailsOf(error));
      if (quietly && this.#list?.view === view) this.#screen.warn(messageOf(error));
      else this.#screen.fail(messageOf(error));
    }
  }

  /** Sends the page a part of its list. @returns whether the ranking is lost, so that the view is to be listed again */
  async page({ list: id, from, count }: FromPage<'page'>): Promise<boolean> {
    const list = this.#list;
    if (list?.id !== id) return false;
    try {
      const { items, length } = await this.#part(list, from, count);
      if (this.#list === list) this.#screen.post({ type: 'page', list: id, from, items, length });
    } catch (error) {
      if (this.#list !== list) return false;
      if (isGone(error)) return this.#loses();
      this.#port.log(detailsOf(error));
      this.#screen.fail(messageOf(error));
    }
    return false;
  }

  /**
   * The matches at some positions of a list, which the page need not have seen: none of a list that is out of date.
   * @returns `null` if the ranking is lost, so that the view is to be listed again
   */
  async selected({ list: id, parts }: OnSelection): Promise<readonly SequenceRef[] | null> {
    const list = this.#list;
    if (list?.id !== id) return [];
    try {
      return (await this.#matchesIn(list, parts)).map(({ sequence }) => sequence.ref);
    } catch (error) {
      if (!isGone(error)) throw error;
      this.#loses();
      return null;
    }
  }

  /** Whether another search would find what the last one did not, now that the index has changed. */
  isWorthwhile({ sequences, state }: IndexStatus): boolean {
    if (this.#lost === 'waiting' && !isGrowing(state)) return true;
    return this.#foundNothingIn !== undefined && sequences > this.#foundNothingIn;
  }

  /** Whether the list of a view was made with other labels than there are now. */
  hasOtherLabels(view: View, { changes }: IndexStatus): boolean {
    if (this.#list?.view !== view) return false;
    const { opening, labels } = this.#list.labels;
    return opening === changes.opening && labels !== changes.labels;
  }

  dispose(): void {
    this.#searches++;
    this.#searching.abort();
  }

  #loses(): boolean {
    if (this.#lost !== 'no') return false;
    this.#lost = 'searching';
    return true;
  }

  /** @param ranking the one to list, or `null` for a new one */
  async #listing(
    view: View,
    part: Omit<ListParams, 'ranking'>,
    ranking: string | null,
    signal: AbortSignal,
  ): Promise<Listing> {
    try {
      if (ranking !== null) return await this.#port.ask('list', { ranking, ...part }, signal);
    } catch (error) {
      if (!isGone(error)) throw error;
    }
    return this.#port.ask('rank', { ...view, ...part }, signal);
  }

  /** The match that was looked for, wherever it stands in the list. */
  async #compared({ ranking, found }: Listing, arrangement: Arrangement, signal: AbortSignal): Promise<Match | null> {
    if (found === undefined || found === null) return null;
    const { items } = await this.#port.ask('list', { ranking, arrangement, from: found, count: 1 }, signal);
    const [item] = items;
    return item?.kind === 'match' ? item : null;
  }

  #found(
    listing: Listing,
    list: Pick<ShownList, 'id' | 'view' | 'arrangement'>,
    keep: SequenceRef | null,
    compared: Match | null,
  ): void {
    const { candidates, index, scope, weights, found } = listing;
    if (this.#lost !== 'no' && isGrowing(index.state) && candidates < (this.#list?.candidates ?? 0)) {
      this.#lost = 'waiting';
      this.#screen.indexChanged(index);
      return;
    }
    this.#lost = 'no';
    const labels = index.changes;
    const shown = (this.#list = { ...list, ranking: listing.ranking, candidates, scope, weights, labels });
    this.#shown.add(listing.query);
    for (const sequence of askedBeside(listing)) this.#shown.add(sequence);
    this.#knows(listing);
    const kept = keep === null || found === undefined ? {} : { kept: { ref: keep, position: found } };
    if (compared !== null) this.#shown.add(compared.sequence);
    const shownBeside = compared === null ? {} : { compared };
    this.#screen.displayResults(
      { list: list.id, arrangement: list.arrangement, ...listing, ...kept, ...shownBeside },
      index,
    );
    this.#port.ask('facets', { ...list.view, scope }).then(
      (facets) => {
        if (this.#list === shown) this.#screen.facets = facets;
      },
      (error: unknown) => {
        this.#port.log(detailsOf(error));
      },
    );
    if (candidates > 0) return;
    this.#foundNothingIn = index.sequences;
    this.#screen.reportIndex();
  }

  async #part({ ranking, arrangement }: ShownList, from: number, count: number): Promise<Listing> {
    const listing = await this.#port.ask('list', { ranking, arrangement, from, count });
    this.#knows(listing);
    return listing;
  }

  async #matchesIn(list: ShownList, parts: OnSelection['parts']): Promise<readonly MatchItem[]> {
    const found: MatchItem[] = [];
    for (const [first, last] of parts) {
      for (let from = first; from <= last && found.length < mostSelected; from += longestPage) {
        const { items } = await this.#part(list, from, Math.min(longestPage, last - from + 1));
        found.push(...items.filter((item) => item.kind === 'match'));
        if (items.length === 0) break;
      }
    }
    return found.slice(0, mostSelected);
  }

  #knows({ items }: Listing): void {
    for (const item of items) if (item.kind === 'match') this.#shown.add(item.sequence);
  }
}

function isGrowing(state: IndexState): boolean {
  return state === 'starting' || state === 'scanning' || state === 'indexing';
}

function askedBeside({ set }: Listing): readonly SequenceSummary[] {
  return set === null ? [] : [...set.queries, ...set.more, ...set.less];
}

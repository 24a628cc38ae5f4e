import { t } from '../../l10n/messages';
import type { IndexStatus } from '../../protocol/engine';
import type { PanelFacets, ToWebview } from '../../protocol/panel';
import { clipNullable, misfitOf } from './fitting';
import type { PanelPort } from './panelPort';
import { Throttle } from './throttle';

/** Milliseconds between two reports of the index. */
const reportInterval = 250;

type Directions = Extract<ToWebview, { readonly type: 'results' }>['history'];

/** What a panel shows, so that a page that is loaded anew can be told again. */
export class PanelScreen {
  readonly #port: Pick<PanelPort, 'post' | 'log'>;
  readonly #directions: () => Directions;
  readonly #report: Throttle;
  #shown: ToWebview = { type: 'empty' };
  #facets: PanelFacets | undefined;
  #isPinned = false;
  #index: IndexStatus | undefined;
  /** The index as it was when the results on the screen were made. */
  #indexOfResults: IndexStatus | undefined;

  /** @param reported called whenever the index was reported, at most a few times a second */
  constructor(port: Pick<PanelPort, 'post' | 'log'>, directions: () => Directions, reported: () => void) {
    this.#port = port;
    this.#directions = directions;
    this.#report = new Throttle(reportInterval, () => {
      this.#postIndex(this.#index);
      reported();
    });
  }

  get index(): IndexStatus | undefined {
    return this.#index;
  }

  get indexOfResults(): IndexStatus | undefined {
    return this.#indexOfResults;
  }

  get isPinned(): boolean {
    return this.#isPinned;
  }

  set isPinned(pinned: boolean) {
    this.#isPinned = pinned;
    this.post({ type: 'pinned', pinned });
  }

  set facets(facets: PanelFacets) {
    this.#facets = facets;
    this.post({ type: 'facets', facets });
  }

  indexChanged(status: IndexStatus): void {
    this.#index = status;
    this.#report.call();
  }

  reportIndex(): void {
    this.#report.call();
  }

  /** @param index the index that `shown` was made from, if it holds results */
  display(shown: ToWebview, index?: IndexStatus): void {
    this.#shown = shown;
    this.#indexOfResults = index;
    this.#index ??= index;
    this.show();
  }

  /** Tells the page everything. */
  show(): void {
    // In this order, because the page takes results to be made from the index that it was told of last.
    this.#postIndex(this.#indexOfResults);
    this.post({ type: 'pinned', pinned: this.#isPinned });
    this.post(this.#shown);
    if (this.#facets !== undefined) this.post({ type: 'facets', facets: this.#facets });
    this.#postIndex(this.#index);
  }

  /** Sends a message that the page will accept; instead of results that it would not, an error. */
  post(message: ToWebview): void {
    const misfit = misfitOf(message);
    if (misfit === undefined) {
      this.#port.post(message);
      return;
    }
    this.#port.log(`A message of type ${message.type} does not fit the panel: ${misfit}`);
    if (message.type !== 'results' && message.type !== 'page') return;
    this.fail(t('The results hold something that the panel cannot show. The log has the details.'));
  }

  /** Shows an error, in complete sentences for the user. */
  fail(message: string): void {
    this.display({ type: 'error', message, history: this.#directions() });
  }

  dispose(): void {
    this.#report.dispose();
  }

  #postIndex(status: IndexStatus | undefined): void {
    if (status === undefined) return;
    this.post({ type: 'index', status: { ...status, problem: clipNullable(status.problem) } });
  }
}

import * as v from 'valibot';
import { t } from '../../l10n/messages';
import type { IndexStatus } from '../../protocol/engine';
import { toWebview, type PanelFacets, type PanelResults, type ToWebview } from '../../protocol/panel';
import { Throttle } from '../editor/throttle';

/** Milliseconds between two reports of the index. */
const reportInterval = 250;

type Directions = Extract<ToWebview, { readonly type: 'results' }>['history'];

export interface ScreenPort {
  post(message: ToWebview): void;
  log(text: string): void;
}

/** What a panel shows, so that a page that is loaded anew can be told again. */
export class PanelScreen {
  readonly #port: ScreenPort;
  readonly #directions: () => Directions;
  readonly #report: Throttle;
  #shown: ToWebview = { type: 'empty' };
  #facets: PanelFacets | undefined;
  #isPinned = false;
  #index: IndexStatus | undefined;
  /** The index as it was when the results on the screen were made. */
  #indexOfResults: IndexStatus | undefined;

  /** @param reported called whenever the index was reported, at most a few times a second */
  constructor(port: ScreenPort, directions: () => Directions, reported: () => void) {
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

  /** @param index the index that the results were made from */
  displayResults(results: PanelResults, index: IndexStatus): void {
    this.display({ type: 'results', results, history: this.#directions() }, index);
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
    const parsed = v.safeParse(toWebview, message);
    if (parsed.success) {
      this.#port.post(parsed.output);
      return;
    }
    this.#port.log(`A message of type ${message.type} does not fit the panel: ${describeIssues(parsed.issues)}`);
    if (message.type !== 'results' && message.type !== 'page') return;
    this.fail(t('The results hold something that the panel cannot show. The log has the details.'));
  }

  /** Shows an error, in complete sentences for the user. */
  fail(message: string): void {
    this.display({ type: 'error', message, history: this.#directions() });
  }

  /** Says that something failed, in complete sentences for the user; what is shown stays. */
  warn(message: string): void {
    this.post({ type: 'trouble', message });
  }

  dispose(): void {
    this.#report.dispose();
  }

  #postIndex(status: IndexStatus | undefined): void {
    if (status === undefined) return;
    this.post({ type: 'index', status });
  }
}

/** One line for the log: where in a message what did not fit. */
export function describeIssues(issues: readonly v.BaseIssue<unknown>[]): string {
  return issues.map((issue) => `${v.getDotPath(issue) ?? 'message'}: ${issue.message}`).join('; ');
}

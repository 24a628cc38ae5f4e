import * as v from 'valibot';
import { EventEmitter, type Disposable, type ExtensionContext, type LogOutputChannel } from 'vscode';
import { querySet, sequenceRef } from '../../../protocol/sequences';
import { withSearch, type RecentSearch } from './recentNodes';
import { inBackground } from '../../editor/notify';

const key = 'kindred.recentSearches';

const recentSearches = v.array(v.object({ query: sequenceRef, set: v.exactOptional(querySet), file: v.string() }));

/** What was searched in this workspace, the latest first, whichever tab it was in. */
export class RecentSearches implements Disposable {
  readonly #context: ExtensionContext;
  readonly #log: LogOutputChannel;
  readonly #changed = new EventEmitter<undefined>();
  #searches: readonly RecentSearch[];

  readonly onDidChange = this.#changed.event;

  constructor(context: ExtensionContext, log: LogOutputChannel) {
    this.#context = context;
    this.#log = log;
    const kept = v.safeParse(recentSearches, context.workspaceState.get(key));
    this.#searches = kept.success ? kept.output : [];
  }

  get searches(): readonly RecentSearch[] {
    return this.#searches;
  }

  add(search: RecentSearch): void {
    this.#keep(withSearch(this.#searches, search));
  }

  clear(): void {
    this.#keep([]);
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #keep(searches: readonly RecentSearch[]): void {
    this.#searches = searches;
    this.#changed.fire(undefined);
    inBackground(this.#log, this.#context.workspaceState.update(key, searches));
  }
}

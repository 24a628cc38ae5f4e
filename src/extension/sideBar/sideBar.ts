import type { Disposable, LogOutputChannel } from 'vscode';
import { encoderItems } from '../encoders/encoderItems';
import type { EncoderShelf } from '../encoders/encoderShelf';
import type { Situation } from '../index/situation';
import { Throttle } from '../editor/throttle';
import type { IndexedWorkspace } from '../workspace/indexedWorkspace';
import { encoderNodes } from '../encoders/encoderNodes';
import { indexNodes } from '../index/indexNodes';
import { recentNodes } from '../results/recent/recentNodes';
import type { RecentSearches } from '../results/recent/recentSearches';
import { SideBarTree } from '../editor/treeView';

/** Milliseconds between two readings of the index while it grows. */
const readInterval = 2000;

/** Kindred's views in the side bar: the index, recent searches and encoders. */
export class SideBar implements Disposable {
  readonly #workspace: IndexedWorkspace;
  readonly #shelf: EncoderShelf;
  readonly #index: SideBarTree;
  readonly #recent: SideBarTree;
  readonly #encoders: SideBarTree;
  readonly #refresh: Throttle;
  readonly #subscriptions: readonly Disposable[];
  #wasOpen = false;

  constructor(workspace: IndexedWorkspace, recent: RecentSearches, shelf: EncoderShelf, log: LogOutputChannel) {
    this.#workspace = workspace;
    this.#shelf = shelf;
    this.#index = new SideBarTree('kindred.index', () => this.#readIndex(), log);
    this.#recent = new SideBarTree('kindred.recent', () => Promise.resolve(recentNodes(recent.searches)), log);
    this.#encoders = new SideBarTree('kindred.encoders', () => this.#readEncoders(), log);
    this.#refresh = new Throttle(readInterval, () => {
      this.#index.refresh();
    });
    this.#subscriptions = [
      recent.onDidChange(() => {
        this.#recent.refresh();
      }),
      shelf.onDidChange(() => {
        this.#encoders.refresh();
      }),
    ];
  }

  follow(situation: Situation): void {
    this.#refresh.call();
    const isOpen = situation.kind === 'open';
    if (isOpen !== this.#wasOpen) this.#encoders.refresh();
    this.#wasOpen = isOpen;
  }

  dispose(): void {
    this.#refresh.dispose();
    for (const part of [...this.#subscriptions, this.#index, this.#recent, this.#encoders]) part.dispose();
  }

  async #readIndex() {
    const { situation } = this.#workspace;
    if (situation.kind !== 'open') return [];
    const engine = this.#workspace.engine();
    const [layouts, skipped] = await Promise.all([engine.ask('layouts', {}), engine.ask('skipped', {})]);
    return indexNodes(layouts, skipped, situation.status.unsure);
  }

  async #readEncoders() {
    if (this.#workspace.situation.kind !== 'open') return [];
    return encoderNodes(encoderItems(await this.#shelf.all(), this.#shelf.active));
  }
}

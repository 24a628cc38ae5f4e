import * as v from 'valibot';
import { ViewColumn, window, type Disposable, type WebviewPanel, type WebviewPanelSerializer } from 'vscode';
import { t } from '../../l10n/messages';
import type { IndexStatus } from '../../protocol/engine';
import { panelState, type PanelCommand } from '../../protocol/panel';
import { setContextKey } from '../editor/contextKey';
import { OpenPanel, type PanelEvents, type PanelWorld } from './openPanel';
import type { Asking, SavedPanel, View } from './history';
import type { ShownSequence } from './shownSequences';
import { inBackground } from '../editor/notify';

export const viewType = 'kindred.results';
const savedKey = 'kindred.panel';
const pinnedKey = 'kindred.pinnedPanels';

const pinnedPanels = v.record(v.string(), v.unknown());

/** What a menu of the page hands over: hostile, as everything from a page. */
const menuContext = v.object({ kindredPanel: v.string(), kindredItem: v.pipe(v.number(), v.integer(), v.minValue(0)) });

/** The tabs with results of this window: one that follows the user's searches, and those that are pinned. */
export class ResultsPanels implements WebviewPanelSerializer, Disposable {
  readonly #world: PanelWorld;
  readonly #asked: (view: View, file: string) => void;
  readonly #open = new Set<OpenPanel>();

  /** @param asked told of every search */
  constructor(world: PanelWorld, asked: (view: View, file: string) => void) {
    this.#world = world;
    this.#asked = asked;
  }

  /**
   * Shows what is most like `query` and a set beside it, in the tab that is not pinned or a new one beside the active
   * editor.
   */
  async show(query: ShownSequence, asking?: Asking): Promise<void> {
    const open = [...this.#open].find(({ isPinned }) => !isPinned);
    open?.panel.reveal(undefined, false);
    await (open ?? this.#create()).session.show(query, asking);
  }

  /** Called by the editor for each tab when the window was reloaded. */
  async deserializeWebviewPanel(panel: WebviewPanel, state: unknown): Promise<void> {
    const kept = v.safeParse(v.pick(panelState, ['panel']), state);
    const pinned = this.#pinned();
    const id = kept.success ? kept.output.panel : undefined;
    const isPinned = id !== undefined && id in pinned;
    const saved = isPinned ? pinned[id] : this.#world.context.workspaceState.get(savedKey);
    const open = this.#take(new OpenPanel(panel, saved, this.#world, this.#events(), id));
    open.isPinned = isPinned;
    // The editor shows the panel only once this has returned, and a search may wait for the engine.
    inBackground(this.#world.log, open.session.resume());
    await Promise.resolve();
  }

  /** Lets a page do what a menu, which says of which match it is, or a key of the editor asks for. */
  run(command: PanelCommand, context: unknown): void {
    const about = v.safeParse(menuContext, context);
    const { kindredPanel, kindredItem } = about.success ? about.output : { kindredPanel: null, kindredItem: null };
    const open = [...this.#open].find(({ id, panel }) => (kindredPanel === null ? panel.active : id === kindredPanel));
    open?.session.run(command, kindredItem);
  }

  /** What the lists say of recordings, such as their labels, may have changed. */
  async refresh(): Promise<void> {
    await Promise.all([...this.#open].map(({ session }) => session.refresh()));
  }

  indexChanged(status: IndexStatus): void {
    for (const { session } of this.#open) session.indexChanged(status);
  }

  /** Leaves the panels themselves to the editor, which brings them back when it only reloads its window. */
  dispose(): void {
    for (const { session } of this.#open) session.dispose();
    this.#open.clear();
  }

  #create(): OpenPanel {
    // Beside the recording that is looked at; where there are results already, as a tab beside them.
    const column = [...this.#open].at(-1)?.panel.viewColumn ?? ViewColumn.Beside;
    const place = { viewColumn: column, preserveFocus: false };
    const panel = window.createWebviewPanel(viewType, t('Similar Sequences'), place);
    // With the history of the tab before it: closing a tab does not forget what was asked.
    const saved = this.#world.context.workspaceState.get(savedKey);
    return this.#take(new OpenPanel(panel, saved, this.#world, this.#events()));
  }

  #take(open: OpenPanel): OpenPanel {
    this.#open.add(open);
    return open;
  }

  #events(): PanelEvents {
    return {
      moved: (open, view, file) => {
        this.#keep(open);
        this.#asked(view, file);
      },
      searchElsewhere: (query, set) => this.show(query, { set }),
      pinned: (open) => {
        if (open.isPinned) this.#keep(open);
        else this.#forget(open);
      },
      focused: (focused) => {
        setContextKey(this.#world.log, 'kindred.matchFocused', focused);
      },
      closed: (open) => {
        this.#open.delete(open);
        if (open.isPinned) this.#forget(open);
      },
    };
  }

  #pinned(): Readonly<Record<string, unknown>> {
    const kept = v.safeParse(pinnedPanels, this.#world.context.workspaceState.get(pinnedKey));
    return kept.success ? kept.output : {};
  }

  #keep(open: OpenPanel): void {
    if (open.isPinned) this.#store(pinnedKey, { ...this.#pinned(), [open.id]: open.saved });
    else this.#store(savedKey, open.saved);
  }

  #forget(open: OpenPanel): void {
    const others = Object.entries(this.#pinned()).filter(([id]) => id !== open.id);
    this.#store(pinnedKey, Object.fromEntries(others));
    if (this.#open.has(open)) this.#keep(open);
  }

  #store(key: string, value: SavedPanel | Readonly<Record<string, unknown>> | undefined): void {
    inBackground(this.#world.log, this.#world.context.workspaceState.update(key, value));
  }
}

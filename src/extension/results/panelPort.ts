import type { Facets, Listing, ListParams, Plot, PlotParams, Scope, SequenceRef } from '../../protocol/engine';
import type { PanelArrangement, ToWebview } from '../../protocol/panel';
import type { Answer, ExportRequest, Question, SavePlot } from '../../protocol/questions';
import type { SavedHistory, View } from './history';
import type { ShownSequence } from './shownSequences';

/** What is kept of a panel when its window is closed. */
export interface SavedPanel {
  readonly history: SavedHistory;
  readonly arrangement: PanelArrangement;
}

/** What a panel lists: the query as it was asked, and in which arrangement. */
export interface ListedView extends View {
  readonly arrangement: PanelArrangement;
}

/** What a panel needs of the world around it. Those after `log` deal with their failures themselves. */
export interface PanelPort {
  post(message: ToWebview): void;
  list(parameters: ListParams): Promise<Listing>;
  facets(parameters: { readonly query: SequenceRef; readonly scope: Scope }): Promise<Facets>;
  plot(parameters: PlotParams): Promise<Plot>;
  /** Has a question of the page answered. */
  reply(question: Question, view: View): Promise<Answer>;
  /** What is kept has changed; the panel is about `file` now. */
  moved(saved: SavedPanel, file: string): void;
  log(text: string): void;
  open(ref: SequenceRef): Promise<void>;
  openSeveral(refs: readonly SequenceRef[]): Promise<void>;
  /** Searches in another panel, because this one is pinned. */
  searchElsewhere(query: ShownSequence): Promise<void>;
  pick(): Promise<void>;
  showSkipped(): Promise<void>;
  copyPaths(paths: readonly string[]): Promise<void>;
  /** Asks the user for a label and gives it to sequences. @returns whether they have it now */
  setLabel(refs: readonly SequenceRef[]): Promise<boolean>;
  /** Saves a table or a drawing. */
  takeAway(what: ExportRequest | SavePlot, view: ListedView): Promise<void>;
  /** The user wants the panel to keep its results, or no longer. */
  pin(pinned: boolean): void;
  focused(focused: boolean): void;
}

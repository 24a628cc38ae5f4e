import type { AskEngine } from '../../protocol/engine';
import type { FromPage, FromWebview, ToWebview } from '../../protocol/panel';
import type { QuerySet, SequenceRef } from '../../protocol/sequences';
import type { Handlers } from '../editor/pageMessages';
import type { ListedView, SavedPanel, View } from './history';
import type { ShownSequence } from './shownSequences';

/** What a page asks for that does not change its panel. */
type Passed =
  | ('open' | 'openAsText' | 'reveal' | 'openSeveral' | 'reading')
  | ('pin' | 'focused' | 'pick' | 'skipped' | 'dropped' | 'findPart' | 'overview');

/** What a panel needs of the world around it. Those after `log` deal with their failures themselves. */
export interface PanelPort {
  readonly ask: AskEngine;
  post(message: ToWebview): void;
  /** What is kept has changed; the panel is about `file` now. */
  moved(saved: SavedPanel, file: string): void;
  log(text: string): void;
  /** Searches in another panel, because this one is pinned. */
  searchElsewhere(query: ShownSequence, set: QuerySet | undefined): Promise<void>;
  copyPaths(paths: readonly string[]): Promise<void>;
  /** Asks the user for a label and gives it to sequences. @returns whether they have it now */
  setLabel(refs: readonly SequenceRef[]): Promise<boolean>;
  /** Saves a table or a drawing. */
  takeAway(what: FromPage<'export'> | FromPage<'savePlot'>, view: ListedView): Promise<void>;
  /** Copies a cell for a notebook that gives what a view lists. */
  copyPython(view: ListedView): Promise<void>;
  /** Saves what a view asks about in a file of its own. */
  saveSet(view: View): Promise<void>;
  readonly passed: Handlers<FromWebview, Passed>;
}

import type { Match } from '../../../src/protocol/engine';
import type { Calibration } from '../explain/meaning';
import type { FromWebview, PanelCommand, PanelResults, ToWebview } from '../../../src/protocol/panel';
import type { Neighbours } from './neighbours';
import type { Selection } from './selection';

/** The list of matches as the rest of the page sees it. */
export interface MatchList {
  readonly node: HTMLElement;
  /** Shows another list from its start, or the same one anew. */
  update(results: PanelResults): void;
  receive(page: Extract<ToWebview, { type: 'page' }>): void;
  /** The position that Tab reaches. */
  active(): number;
  activate(position: number): void;
  /** Moves the keyboard focus to the active row. */
  focus(): void;
  holdsFocus(): boolean;
  length(): number;
  selection(): Selection;
  /** How many of the selected positions are known to be heads of groups. */
  selectedHeads(): number;
  readonly select: (selection: Selection) => void;
  /** Does what a key, a menu or a button asks for, with the selection if the position is part of it. */
  run(command: PanelCommand, position: number | null): void;
  /** Says beside every distance what it means, or with `null` nothing. */
  calibrated(calibration: Calibration | null): void;
  /** The matches before and after one, of those that have come; the others are asked for. */
  neighbours(match: Match): Neighbours;
}

export interface ListEvents {
  readonly post: (message: FromWebview) => void;
  /** Names the panel. */
  readonly panel: string;
  /** A few matches are to be compared with the query. */
  readonly compare: (matches: readonly Match[]) => void;
  /** The selection or the number of rows has changed. */
  readonly selected: () => void;
  readonly sort: (key: PanelResults['arrangement']['sorting']['key']) => void;
  /** A group is to be closed, or opened. */
  readonly collapse: (name: string, collapsed: boolean) => void;
}

import type { Match, SequenceRef } from '../../../src/protocol/engine';
import type { FromWebview, PanelCommand, PanelResults, ToWebview } from '../../../src/protocol/panel';
import { distanceFormat } from '../../shared/format';
import { t } from '../../shared/l10n';
import { keyOf } from '../../shared/memory';
import { type Calibration, meaningOf } from '../explain/meaning';
import { marksIn, wantedFor } from '../wanted';
import { DrawnRows, positionsIn, rowsBetween } from './drawnRows';
import { isAboutTooMany, matchAt, matchesAbout, messageFor, mostTogether, positionForKey } from './listActions';
import { hasSameOrder, replaced, takeFocusAlong } from './inPlace';
import { ListFrame } from './listFrame';
import { describeList, listHead } from './listHead';
import { bindListInput, type ListActor } from './listInput';
import type { RowContext } from './matchRow';
import { isMadeAgain, type Neighbours, neighboursOf, Pages } from './pages';
import { row } from './row';
import { RowMenu } from './rowMenu';
import type { RowPlots } from './rowPlots';
import type { RowSound } from './rowSound';
import { allSelected, isSelected, nothingSelected, selectedPositions, type Selection, toggled } from './selection';

/** Rows beyond either edge of the window that are drawn already. */
const beyond = 6;

export interface ListEvents {
  readonly post: (message: FromWebview) => void;
  /** Names the panel. */
  readonly panel: string;
  /** A few matches are to be compared with the query. */
  readonly compare: (matches: readonly Match[]) => void;
  readonly refresh: () => void;
  /** Why something is not done, in a sentence. */
  readonly refuse: (reason: string) => void;
  /** The selection or the number of rows has changed. */
  readonly selected: () => void;
  readonly sort: (key: PanelResults['arrangement']['sorting']['key']) => void;
  /** A group is to be closed, or opened. */
  readonly collapse: (name: string, collapsed: boolean) => void;
}

/**
 * The ranked matches as a grid of rows, of which only those in sight exist and Tab reaches one (roving tabindex). The
 * node is as high as the whole list, and rows take their places in it.
 */
export class MatchList implements ListActor {
  readonly node: HTMLElement;
  private readonly head;
  private readonly frame: ListFrame;
  private readonly rows: DrawnRows;
  private readonly menu: RowMenu;
  private results: PanelResults | null = null;
  private pages = new Pages({ list: -1, length: 0, items: [] });
  private context: Omit<RowContext, 'playing'> | null = null;
  private activePosition = 0;
  private chosen = nothingSelected;
  private isDrawingSoon = false;

  constructor(
    private readonly plots: RowPlots,
    private readonly sound: RowSound,
    private readonly events: ListEvents,
  ) {
    this.head = listHead(events.sort);
    this.frame = new ListFrame(this.head.node, () => {
      this.drawSoon();
    });
    this.node = this.frame.node;
    const at = (act: (position: number) => void) => (rowNode: HTMLElement) => {
      const position = this.positionOf(rowNode);
      if (position !== null) act(position);
    };
    const acts = {
      run: (command: PanelCommand, rowNode: HTMLElement) => {
        this.run(command, this.positionOf(rowNode));
      },
      toggle: at((position) => {
        this.select(toggled(this.chosen, position));
      }),
      play: at((position) => {
        this.play(position);
      }),
    };
    this.rows = new DrawnRows(this.frame.body, () => row(acts, plots));
    this.menu = new RowMenu(this.frame.body, events.panel);
    bindListInput(this.frame.body, this);
  }

  get length(): number {
    return this.pages.length;
  }

  get active(): number {
    return this.activePosition;
  }

  get rowsOnScreen(): number {
    return this.frame.rowsOnScreen;
  }

  get selection(): Selection {
    return this.chosen;
  }

  /** How many of the selected positions are known to be heads of groups. */
  get selectedHeads(): number {
    return selectedPositions(this.chosen, 10_000).filter((position) => this.isGroup(position)).length;
  }

  /** Whether something is about to be done with the rows as they are. */
  get isHeld(): boolean {
    return this.chosen.parts.length > 0 || this.menu.isOpen;
  }

  /** The match that must not move: the one under the pointer, else with the focus, else the first in sight. */
  get anchor(): SequenceRef | null {
    const { frame, holdsFocus, activePosition, length } = this;
    const isInSight = frame.firstInSight <= activePosition && activePosition < length;
    const first = frame.firstInSight > 0 ? frame.firstInSight : null;
    const position = this.positionOf(frame.pointed) ?? (holdsFocus && isInSight ? activePosition : first);
    return (position === null ? undefined : matchAt(this.pages, position))?.sequence.ref ?? null;
  }

  get holdsFocus(): boolean {
    return this.frame.body.contains(document.activeElement);
  }

  /** Shows another list from its start, or the same one again. */
  update(next: PanelResults): void {
    const before = this.results;
    const same = before !== null && keyOf(before.query.ref) === keyOf(next.query.ref);
    const again = before !== null && isMadeAgain(before, next);
    const { pages, shift, active } = again
      ? replaced(this.pages, next, this.anchor, this.activePosition)
      : { pages: new Pages(next), shift: 0, active: Math.min(this.activePosition, Math.max(0, next.length - 1)) };
    const isElsewhere = this.holdsFocus && again && active !== this.activePosition;
    [this.pages, this.results, this.activePosition] = [pages, next, active];
    const format = distanceFormat([next.nearest]);
    const meaning = this.context?.meaning ?? (() => []);
    this.context = {
      wanted: (match) => wantedFor(next, match),
      marks: marksIn(next),
      format,
      farthest: next.farthest,
      meaning,
    };
    this.node.style.setProperty('--digits', `${format(next.farthest).length}ch`);
    describeList(this.node, next);
    this.head.update(next.arrangement.sorting);
    if (!same) {
      this.plots.refresh();
      this.sound.stop();
    }
    if (!again || !hasSameOrder(before, next)) this.chosen = nothingSelected;
    this.frame.setLength(this.length);
    this.frame.measure();
    this.frame.moveBy(shift);
    this.draw();
    if (isElsewhere) {
      takeFocusAlong(() => {
        this.focus();
      });
    }
    this.events.selected();
  }

  /** Takes up a part of the list that has come. */
  receive({ list, from, items, length }: Extract<ToWebview, { type: 'page' }>): void {
    if (list !== this.pages.list) return;
    this.pages.receive(from, items, length);
    this.frame.setLength(length);
    this.draw();
  }

  /** Says beside every distance what it means, or with `null` nothing. */
  calibrated(calibration: Calibration | null): void {
    if (this.context === null) return;
    const { format } = this.context;
    const meaning = (distance: number) => (calibration === null ? [] : meaningOf(calibration, distance, format));
    this.context = { ...this.context, meaning };
    this.draw();
  }

  play(position: number): void {
    const match = matchAt(this.pages, position);
    if (match !== undefined) this.sound.toggle(match.sequence);
  }

  /** The matches before and after one, of those that have come; the others are asked for. */
  neighbours({ sequence }: Match): Neighbours {
    return neighboursOf(this.pages, sequence.ref, (position) => {
      this.ask(position, position);
    });
  }

  /** Moves the keyboard focus to the active row. */
  focus(): void {
    this.draw();
    this.rows.at(this.activePosition)?.node.focus({ preventScroll: true });
  }

  focusAt(position: number): void {
    this.activate(position);
    this.frame.scrollTo(this.activePosition);
    this.focus();
  }

  activate(position: number): void {
    this.activePosition = Math.max(0, Math.min(position, this.length - 1));
    this.draw();
  }

  select(selection: Selection): void {
    this.chosen = selection;
    this.draw();
    this.events.selected();
  }

  collapse(position: number, collapsed?: boolean): void {
    const item = this.pages.at(position);
    if (item?.kind !== 'group' || item.collapsed === collapsed) return;
    this.events.collapse(item.name, collapsed ?? !item.collapsed);
  }

  /**
   * Does what a menu or a button asks for, with the selection if the position is part of it.
   * @param asked `null` for a key, which acts on the selection wherever the focus is
   */
  run(command: PanelCommand, asked: number | null): void {
    const now = { pages: this.pages, selection: this.chosen };
    const position = asked ?? positionForKey(command, this.activePosition, now);
    if (isAboutTooMany(command, position, now)) {
      this.events.refuse(t('At most {0} recordings can be opened or compared together. Select fewer.', mostTogether));
      return;
    }
    if (command === 'selectAll') this.select(allSelected(this.length));
    if (command === 'compare') this.events.compare(matchesAbout(now, position));
    const message = messageFor(command, position, now);
    if (message !== null) this.events.post(message);
  }

  positionOf(target: EventTarget | null): number | null {
    return this.rows.positionOf(target);
  }

  isGroup(position: number): boolean {
    return this.pages.at(position)?.kind === 'group';
  }

  describeMenu(position: number | null): void {
    this.menu.describe(position, { pages: this.pages, selection: this.chosen }, this.context?.marks ?? new Map());
    if (position === null) this.draw();
    else this.activate(position);
  }

  refresh(): void {
    this.events.refresh();
  }

  /** Shows with the next frame what has changed. */
  drawSoon(): void {
    if (this.isDrawingSoon) return;
    this.isDrawingSoon = true;
    requestAnimationFrame(() => {
      this.draw();
    });
  }

  menuClosed(): void {
    if (this.menu.close()) this.draw();
  }

  focused(focused: boolean): void {
    this.events.post({ type: 'focused', focused });
  }

  private draw(): void {
    this.isDrawingSoon = false;
    const { context, results, activePosition: active } = this;
    if (context === null || results === null || !this.frame.isShown) return;
    const sight = rowsBetween(this.frame.place, 0, window.innerHeight, beyond);
    const { grouping } = results.arrangement;
    this.rows.draw(positionsIn(sight, active, this.length), (each, position) => {
      this.frame.put(each.node, position);
      const selected = isSelected(this.chosen, position);
      const asked = this.menu.isAbout(position);
      each.show(this.pages.at(position), {
        ...context,
        playing: this.sound.playing,
        position,
        grouping,
        selected,
        active: position === active,
        asked,
      });
    });
    this.ask(sight.first, sight.last);
    this.plots.askSoon();
  }

  private ask(first: number, last: number): void {
    for (const request of this.pages.wanted(first, last)) {
      this.events.post({ type: 'page', list: this.pages.list, ...request });
    }
  }
}

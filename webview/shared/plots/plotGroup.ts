import type { SequenceSummary } from '../../../src/protocol/engine';
import type { Asker } from '../ask';
import type { FindPart } from '../../../src/protocol/windowsPage';
import { element, setText } from '../dom';
import { formatNumber, printable } from '../format';
import { t } from '../l10n';
import { bindGestures, type Navigable } from './gestures';
import { rightMargin, type Lane } from './lane';
import { extentOf, LaneSet, shortestOf, type MarksOf, type PlotArrangement, type StripOf } from './laneSet';
import { type Legend, legend } from './legend';
import { Overview } from './overview';
import { plotArea } from './plotArea';
import { type PlotBar, plotBar } from './plotBar';
import { Recording } from './recording';
import { axisWidth } from './scales';
import { onThemeChange, readTheme } from './theme';
import { Selecting } from './selecting';
import { isWhole, lengthOf, panned, within, zoomed, type PlotCommand, type TimeWindow } from './viewport';

export interface PlotGroupOptions {
  readonly asker: Asker;
  /** The query first. */
  readonly sequences: readonly SequenceSummary[];
  readonly arrangement: PlotArrangement;
  /** Whether lanes have heat strips below them. */
  readonly withStrips: boolean;
  /** What chooses channels; buttons above the plot without one. */
  readonly legend?: (channels: readonly (string | null)[], changed: () => void) => Legend;
  /** Of the channels of the first recording, where they are known before its curves. */
  readonly units?: readonly (string | null)[];
  /** The cursor is at another place of the axis, or at none. */
  readonly pointed?: (at: number | null) => void;
  /** Whether a small drawing of the whole shows where the stretch in sight lies. */
  readonly withOverview?: boolean;
  /** In pixels, that all lanes share; without it, or where it is `null`, they take what they need. */
  readonly room?: () => number | null;
  /** Stands beside the buttons. */
  readonly tool?: HTMLElement;
  /** What is shown first; all of it without one. */
  readonly start?: TimeWindow | null;
  readonly announce: (text: string) => void;
  /** Another stretch is shown, or other channels. */
  readonly navigated?: () => void;
  /** Searches for a stretch of the first recording; without it none can be selected. */
  readonly search?: (asked: FindPart) => void;
  /** Saves the drawing. */
  readonly save: (format: 'svg' | 'png', group: PlotGroup) => void;
}

/** Recordings drawn on one time axis, with what it takes to move along it. */
export class PlotGroup implements Navigable {
  readonly node: HTMLElement;
  readonly recordings: readonly Recording[];
  /** Whether the axis is in seconds; else it is in time steps. */
  readonly timed: boolean;
  private readonly life = new AbortController();
  /** Aborted when it is destroyed. */
  readonly closed = this.life.signal;
  readonly legend: Legend;
  private readonly laneSet: LaneSet;
  private readonly bar: PlotBar;
  private readonly problem = element('p', { class: 'plot-problem', role: 'alert' });
  private readonly area: HTMLElement;
  private readonly overview: Overview | null;
  /** What lets a stretch of the first recording be selected, where that may be searched for. */
  readonly selecting: Selecting | null;
  private readonly sizes: ResizeObserver;
  private readonly stopFollowing: () => void;
  private theme = readTheme();
  private whole: TimeWindow;
  private shown: TimeWindow;
  private width = 0;
  private cursor: number | null = null;
  private arrangement: PlotArrangement;

  constructor(private readonly options: PlotGroupOptions) {
    const { sequences, asker } = options;
    this.timed = sequences.every(({ rate }) => rate !== null && rate > 0);
    const draw = (): void => {
      this.draw();
    };
    this.recordings = sequences.map(
      (sequence) => new Recording(sequence, this.timed, asker, draw, this.closed, options.units),
    );
    this.whole = extentOf(this.recordings);
    this.shown = options.start ? within(options.start, this.whole) : this.whole;
    const longest = sequences.reduce((a, b) => (b.channels.length > a.channels.length ? b : a));
    this.arrangement = options.arrangement;
    this.legend = (options.legend ?? legend)(longest.channels, () => {
      this.rebuild();
    });
    this.laneSet = this.newLanes();
    this.bar = this.newBar();
    this.problem.hidden = true;
    const { search } = options;
    this.area = plotArea(sequences, this.laneSet.node, search !== undefined);
    this.selecting = search === undefined ? null : new Selecting(this, this.area, this.laneSet.node, search);
    this.overview = options.withOverview === true ? new Overview(this) : null;
    const above = [this.bar.node, this.selecting?.bar ?? null, this.problem, this.overview?.node ?? null];
    this.node = element('div', { class: 'plot-group' }, ...above, this.area);
    bindGestures(this.area, this.laneSet.node, this);
    this.sizes = new ResizeObserver(() => {
      this.resize(Math.floor(this.laneSet.node.clientWidth));
    });
    this.sizes.observe(this.laneSet.node);
    this.stopFollowing = onThemeChange(() => {
      this.theme = readTheme();
      this.draw();
    });
    this.bar.update(isWhole(this.shown, this.whole));
  }

  get window(): TimeWindow {
    return this.shown;
  }

  get extent(): TimeWindow {
    return this.whole;
  }

  get least(): number {
    return shortestOf(this.recordings, this.timed, this.whole);
  }

  get lanes(): readonly Lane[] {
    return this.laneSet.lanes;
  }

  /** The channels that are shown. */
  channels(): readonly number[] {
    return this.legend.shown();
  }

  at(event: MouseEvent): number {
    const box = this.laneSet.node.getBoundingClientRect();
    const share = (event.clientX - box.left - axisWidth) / Math.max(1, box.width - axisWidth - rightMargin);
    return this.shown.start + share * lengthOf(this.shown);
  }

  /** Shows a stretch of the axis. */
  go(next: TimeWindow): void {
    const { least } = this;
    const middle = (next.start + next.end) / 2;
    const long = lengthOf(next) < least ? { start: middle - least / 2, end: middle + least / 2 } : next;
    this.shown = within(long, this.whole);
    this.draw();
    this.need();
    this.options.navigated?.();
  }

  /** Does what a key or a button asks for, and says what is shown then. */
  command(command: PlotCommand): void {
    const { shown, whole } = this;
    switch (command.kind) {
      case 'zoom':
        this.go(zoomed(shown, command.factor, this.cursor ?? (shown.start + shown.end) / 2, whole, this.least));
        break;
      case 'pan':
        this.go(panned(shown, command.share, whole));
        break;
      case 'reset':
        this.go(whole);
        break;
      case 'cursor':
        this.moveCursor(command.share);
        return;
    }
    this.options.announce(t('Showing {0} to {1}', this.timeText(this.shown.start), this.timeText(this.shown.end)));
  }

  /** Moves a recording along the axis, and shows all. */
  move(recording: number, offset: number): void {
    this.recordings[recording]?.moveTo(offset);
    this.whole = extentOf(this.recordings);
    this.go(this.whole);
  }

  /** Puts the channels into lanes in another way. */
  arrange(arrangement: PlotArrangement): void {
    if (arrangement === this.arrangement) return;
    this.arrangement = arrangement;
    this.rebuild();
  }

  /** Puts the cursor at a place of the axis. */
  pointAt(at: number): void {
    this.laneSet.setCursor(at);
    this.pointed(at);
  }

  setStrips(stripOf: StripOf): void {
    this.laneSet.setStrips(stripOf);
  }

  setMarks(marksOf: MarksOf): void {
    this.laneSet.setMarks(marksOf);
  }

  /** Asks for the data again. */
  refresh(): void {
    for (const recording of this.recordings) recording.renew();
    this.need();
  }

  destroy(): void {
    this.life.abort();
    this.sizes.disconnect();
    this.stopFollowing();
    this.laneSet.destroy();
  }

  private newLanes(): LaneSet {
    return new LaneSet({
      recordings: this.recordings,
      arrangement: () => this.arrangement,
      room: () => this.options.room?.() ?? null,
      withStrips: this.options.withStrips,
      timed: this.timed,
      channels: () => this.legend.shown(),
      window: () => this.shown,
      theme: () => this.theme,
      events: {
        moved: this.pointed.bind(this),
        selected: (window) => {
          if (this.selecting?.takes(window) !== true) this.go(window);
        },
      },
    });
  }

  private newBar(): PlotBar {
    return plotBar(
      this.legend.node,
      this.command.bind(this),
      (format) => {
        this.options.save(format, this);
      },
      this.options.tool,
    );
  }

  private resize(width: number): void {
    if (width === 0 || width === this.width) return;
    const isFirst = this.width === 0;
    this.width = width;
    if (isFirst) this.rebuild();
    else {
      this.laneSet.resize(width);
      this.selecting?.place();
      this.need();
    }
  }

  /** Makes the lanes again: they may have more room, or less. */
  rebuild(): void {
    if (this.width === 0) return;
    this.laneSet.rebuild(this.width);
    this.need();
    this.options.navigated?.();
  }

  private draw(): void {
    this.laneSet.draw();
    const failed = this.recordings.find((recording) => recording.problem !== null);
    setText(this.problem, failed === undefined ? '' : t('No plot: {0}', printable(failed.problem ?? '')));
    this.problem.hidden = failed === undefined;
    const first = this.legend.shown()[0] ?? 0;
    const nothing = this.recordings.every((each) => each.rangeOf(first) === null);
    this.area.classList.toggle('waiting', failed === undefined && nothing);
    this.bar.update(isWhole(this.shown, this.whole));
    this.overview?.draw(this.recordings, first);
    this.selecting?.place();
  }

  /** Asks for the data of what is shown. */
  private need(): void {
    const pixels = Math.max(100, (this.width - axisWidth - rightMargin) * Math.min(2, devicePixelRatio));
    for (const recording of this.recordings) recording.need(this.legend.shown(), this.shown, pixels);
  }

  private moveCursor(share: number): void {
    const { start, end } = this.shown;
    const from = this.cursor ?? (start + end) / 2;
    const at = Math.min(Math.max(from + share * (end - start), start), end);
    this.pointAt(at);
    this.options.announce(`${this.timeText(at)}: ${this.laneSet.describe(at)}`);
  }

  private pointed(at: number | null): void {
    if (at === this.cursor) return;
    this.cursor = at;
    this.bar.say(at === null ? '' : this.timeText(at));
    this.laneSet.sayValues(at);
    this.options.pointed?.(at);
  }

  timeText(at: number): string {
    return this.timed ? `${formatNumber(at, 6)} s` : t('step {0}', formatNumber(Math.round(at), 9));
  }
}

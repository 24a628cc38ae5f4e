import type { SequenceSummary } from '../../../src/protocol/engine';
import type { Asker } from '../ask';
import { element, setText } from '../dom';
import { formatNumber, printable } from '../format';
import { t } from '../l10n';
import { bindGestures } from './gestures';
import { axisWidth, rightMargin, type Lane } from './lane';
import { extentOf, fileNameOf, LaneSet, shortestOf, type PlotArrangement, type StripOf } from './laneSet';
import { legend } from './legend';
import { plotBar } from './plotBar';
import { Recording } from './recording';
import { onThemeChange, readTheme } from './theme';
import { isWhole, lengthOf, panned, within, zoomed, type PlotCommand, type TimeWindow } from './viewport';

export interface PlotGroupOptions {
  readonly asker: Asker;
  /** The query first. */
  readonly sequences: readonly SequenceSummary[];
  readonly arrangement: PlotArrangement;
  /** Whether lanes have heat strips below them. */
  readonly withStrips: boolean;
  readonly announce: (text: string) => void;
  /** Another stretch is shown, or other channels. */
  readonly navigated?: () => void;
  /** Saves the drawing. */
  readonly save: (format: 'svg' | 'png', group: PlotGroup) => void;
}

/** Recordings drawn on one time axis, with what it takes to move along it. */
export interface PlotGroup {
  readonly node: HTMLElement;
  readonly recordings: readonly Recording[];
  /** Whether the axis is in seconds; else it is in time steps. */
  readonly timed: boolean;
  readonly window: TimeWindow;
  readonly lanes: readonly Lane[];
  /** Aborted when it is destroyed. */
  readonly closed: AbortSignal;
  /** The channels that are shown. */
  channels(): readonly number[];
  /** Shows a stretch of the axis. */
  go(window: TimeWindow): void;
  /** Moves a recording along the axis, and shows all. */
  move(recording: number, offset: number): void;
  setStrips(stripOf: StripOf): void;
  /** Asks for the data again. */
  refresh(): void;
  destroy(): void;
}

export function plotGroup(options: PlotGroupOptions): PlotGroup {
  const { sequences, arrangement, withStrips, announce } = options;
  const timed = sequences.every(({ rate }) => rate !== null && rate > 0);
  const life = new AbortController();
  const recordings = sequences.map((sequence) => new Recording(sequence, timed, options.asker, draw, life.signal));
  const longest = sequences.reduce((a, b) => (b.channels.length > a.channels.length ? b : a));
  const channels = legend(longest.channels, rebuild);
  let theme = readTheme();
  let extent = extentOf(recordings);
  let shown = extent;
  let width = 0;
  let cursor: number | null = null;

  const lanes = new LaneSet({
    recordings,
    arrangement,
    withStrips,
    timed,
    channels: () => channels.shown(),
    window: () => shown,
    theme: () => theme,
    events: { moved: pointed, selected: go },
  });
  const bar = plotBar(channels.node, run, (format) => {
    options.save(format, group);
  });
  const problem = element('p', { class: 'plot-problem', role: 'alert' });
  problem.hidden = true;
  const area = element('div', {
    class: 'plot-area',
    role: 'group',
    tabindex: '0',
    'aria-label': t('Plot of {0}', sequences.map(fileNameOf).join(', ')),
    'aria-keyshortcuts': '+ - 0 ArrowLeft ArrowRight Shift+ArrowLeft Shift+ArrowRight',
    title: t('Drag to zoom, Shift+drag to pan, Ctrl+wheel to zoom, double-click for all. Keys: + − 0 ← →'),
  });
  area.append(lanes.node);

  function rebuild(): void {
    if (width === 0) return;
    lanes.rebuild(width);
    need();
    options.navigated?.();
  }

  function draw(): void {
    lanes.draw();
    const failed = recordings.find((recording) => recording.problem !== null);
    setText(problem, failed === undefined ? '' : t('No plot: {0}', printable(failed.problem ?? '')));
    problem.hidden = failed === undefined;
    const first = channels.shown()[0] ?? 0;
    area.classList.toggle('waiting', failed === undefined && recordings.every((each) => each.rangeOf(first) === null));
    bar.update(isWhole(shown, extent));
  }

  function need(): void {
    const pixels = Math.max(100, (width - axisWidth - rightMargin) * Math.min(2, devicePixelRatio));
    for (const recording of recordings) recording.need(channels.shown(), shown, pixels);
  }

  function least(): number {
    return shortestOf(recordings, timed, extent);
  }

  function go(next: TimeWindow): void {
    const short = lengthOf(next) < least();
    const middle = (next.start + next.end) / 2;
    shown = within(short ? { start: middle - least() / 2, end: middle + least() / 2 } : next, extent);
    draw();
    need();
    options.navigated?.();
  }

  function run(command: PlotCommand): void {
    switch (command.kind) {
      case 'zoom':
        go(zoomed(shown, command.factor, cursor ?? (shown.start + shown.end) / 2, extent, least()));
        break;
      case 'pan':
        go(panned(shown, command.share, extent));
        break;
      case 'reset':
        go(extent);
        break;
      case 'cursor':
        moveCursor(command.share);
        return;
    }
    announce(t('Showing {0} to {1}', timeText(shown.start), timeText(shown.end)));
  }

  function moveCursor(share: number): void {
    const from = cursor ?? (shown.start + shown.end) / 2;
    const at = Math.min(Math.max(from + share * lengthOf(shown), shown.start), shown.end);
    lanes.setCursor(at);
    pointed(at);
    announce(`${timeText(at)}: ${lanes.describe(at)}`);
  }

  function pointed(at: number | null): void {
    if (at === cursor) return;
    cursor = at;
    bar.say(at === null ? '' : timeText(at));
    lanes.sayValues(at);
  }

  function timeText(at: number): string {
    return timed ? `${formatNumber(at, 6)} s` : t('step {0}', formatNumber(Math.round(at), 9));
  }

  bindGestures(area, lanes.node, {
    get window() {
      return shown;
    },
    get extent() {
      return extent;
    },
    get least() {
      return least();
    },
    at: (event) => {
      const box = lanes.node.getBoundingClientRect();
      const share = (event.clientX - box.left - axisWidth) / Math.max(1, box.width - axisWidth - rightMargin);
      return shown.start + share * lengthOf(shown);
    },
    go,
    command: run,
  });
  const sizes = new ResizeObserver(() => {
    const now = Math.floor(lanes.node.clientWidth);
    if (now === 0 || now === width) return;
    const first = width === 0;
    width = now;
    if (first) rebuild();
    else {
      lanes.resize(width);
      need();
    }
  });
  sizes.observe(lanes.node);
  const stopFollowing = onThemeChange(() => {
    theme = readTheme();
    draw();
  });
  bar.update(true);

  const group: PlotGroup = {
    node: element('div', { class: 'plot-group' }, bar.node, problem, area),
    recordings,
    closed: life.signal,
    timed,
    get window() {
      return shown;
    },
    get lanes() {
      return lanes.lanes;
    },
    channels: () => channels.shown(),
    go,
    move: (recording, offset) => {
      recordings[recording]?.moveTo(offset);
      extent = extentOf(recordings);
      go(extent);
    },
    setStrips: (stripOf) => {
      lanes.setStrips(stripOf);
    },
    refresh: () => {
      for (const recording of recordings) recording.renew();
      need();
    },
    destroy: () => {
      life.abort();
      sizes.disconnect();
      stopFollowing();
      lanes.destroy();
    },
  };
  return group;
}

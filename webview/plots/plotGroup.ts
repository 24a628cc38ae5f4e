import type { SequenceSummary } from '../../src/protocol/engine';
import type { Asker } from '../ask';
import { iconButton } from '../controls';
import { element, setText } from '../dom';
import { formatNumber, printable, splitPath } from '../format';
import { t } from '../l10n';
import { valueAt } from './envelope';
import { bindGestures, type Navigable } from './gestures';
import { axisWidth, lane, rightMargin, type Lane, type LaneContent } from './lane';
import { channelName, legend, type Legend } from './legend';
import { Recording } from './recording';
import type { StripPaint } from './strip';
import { onThemeChange, readTheme } from './theme';
import { isWhole, lengthOf, panned, within, zoomed, type PlotCommand, type TimeWindow } from './viewport';

export type Arrangement = 'overlay' | 'stacked';

export interface PlotGroupOptions {
  readonly asker: Asker;
  /** The query first. */
  readonly sequences: readonly SequenceSummary[];
  readonly arrangement: Arrangement;
  /** Heat strips that a lane of one recording has below it. */
  readonly withStrips: boolean;
  readonly announce: (text: string) => void;
  /** The stretch that is shown, or what it is of, has changed. */
  readonly navigated?: () => void;
  /** Saves the drawing. */
  readonly save: (format: 'svg' | 'png', group: PlotGroup) => void;
}

/** Recordings drawn on one time axis, one lane for each channel. */
export interface PlotGroup {
  readonly node: HTMLElement;
  readonly recordings: readonly Recording[];
  readonly window: TimeWindow;
  readonly timed: boolean;
  readonly lanes: readonly Lane[];
  /** The channels that are shown. */
  channels(): readonly number[];
  /** Shows a stretch of the axis. */
  go(window: TimeWindow): void;
  /** Moves a recording along the axis. */
  move(recording: number, offset: number): void;
  /** The strip of a recording's channel, drawn below its lane. */
  setStrips(stripOf: (recording: number, channel: number) => StripPaint | null): void;
  /** Asks for the data again. */
  refresh(): void;
  destroy(): void;
}

/** The place under the pointer is shown in all groups. */
const syncKey = 'kindred';

interface LanePlan {
  readonly channel: number;
  readonly recordings: readonly number[];
}

export function plotGroup(options: PlotGroupOptions): PlotGroup {
  const { sequences, arrangement, announce } = options;
  const timed = sequences.every(({ rate }) => rate !== null && rate > 0);
  const recordings = sequences.map(
    (sequence) =>
      new Recording(sequence, timed, options.asker, () => {
        draw();
      }),
  );
  let theme = readTheme();
  let stripOf: (recording: number, channel: number) => StripPaint | null = () => null;
  let lanes: readonly { readonly plan: LanePlan; readonly lane: Lane }[] = [];
  let extent = extentOf(recordings);
  let window = extent;
  let width = 0;

  const longest = sequences.reduce((a, b) => (b.channels.length > a.channels.length ? b : a));
  const channels: Legend = legend(longest.channels, () => {
    rebuild();
  });
  const area = element('div', { class: 'lanes' });
  const problem = element('p', { class: 'plot-problem', role: 'alert' });
  const position = element('span', { class: 'plot-position' });
  const buttons = toolbarOf((command) => {
    run(command);
  });
  const saving = ['svg', 'png'] as const;
  const save = saving.map((format) => {
    const button = element('button', { class: 'chip', type: 'button' }, format.toUpperCase());
    button.title = format === 'svg' ? t('Save the plot as SVG') : t('Save the plot as PNG');
    button.setAttribute('aria-label', button.title);
    button.addEventListener('click', () => {
      options.save(format, group);
    });
    return button;
  });
  const bar = element(
    'div',
    { class: 'plot-bar' },
    channels.node,
    position,
    element('div', { class: 'plot-buttons' }, ...buttons.nodes, ...save),
  );
  const plots = element('div', {
    class: 'plot-area',
    role: 'group',
    tabindex: '0',
    'aria-label': plotLabel(sequences),
    'aria-keyshortcuts': '+ - 0 ArrowLeft ArrowRight Shift+ArrowLeft Shift+ArrowRight',
    title: hint(),
  });
  plots.append(area);
  const node = element('div', { class: 'plot-group' }, bar, problem, plots);

  function plansOf(): readonly LanePlan[] {
    const has = (recording: number, channel: number) => channel < sequences[recording]!.channels.length;
    const all = [...sequences.keys()];
    return arrangement === 'overlay'
      ? channels.shown().map((channel) => ({ channel, recordings: all.filter((r) => has(r, channel)) }))
      : all.flatMap((r) =>
          channels
            .shown()
            .filter((channel) => has(r, channel))
            .map((channel) => ({ channel, recordings: [r] })),
        );
  }

  function colourOf(recording: number): string {
    return recording === 0 ? theme.query : theme.matches[(recording - 1) % theme.matches.length]!;
  }

  function contentOf({ channel, recordings: members }: LanePlan): LaneContent {
    const ranges = members.flatMap((r) => {
      const range = recordings[r]!.rangeOf(channel);
      return range === null ? [] : [range];
    });
    const low = Math.min(...ranges.map((range) => range[0]));
    const high = Math.max(...ranges.map((range) => range[1]));
    const name = channelName(sequences[members[0]!]!.channels[channel] ?? null, channel);
    const own = arrangement === 'stacked' && sequences.length > 1 ? `${fileNameOf(sequences[members[0]!]!)} · ` : '';
    // The query is drawn last, above the others.
    const order = [...members].reverse();
    return {
      title: own + name,
      unit: printable(recordings[members[0]!]!.unitOf(channel)),
      curves: order.map((r) => ({ colour: colourOf(r), curve: recordings[r]!.curveOf(channel) })),
      range: ranges.length === 0 ? [0, 1] : [low, high],
      window,
      strips: members.flatMap((r) => stripOf(r, channel) ?? []),
    };
  }

  function rebuild(): void {
    for (const each of lanes) each.lane.destroy();
    const plans = plansOf();
    const height = laneHeight(plans.length);
    lanes = plans.map((plan, i) => {
      const made = lane(
        {
          width,
          height,
          withAxis: i === plans.length - 1,
          timed,
          curves: plan.recordings.length,
          strips: options.withStrips ? plan.recordings.length : 0,
          syncKey,
          theme: () => theme,
        },
        contentOf(plan),
        { moved: pointed, selected: (marked) => { go(marked); } },
      );
      return { plan, lane: made };
    });
    area.replaceChildren(...lanes.map((each) => each.lane.node));
    need();
    options.navigated?.();
  }

  function draw(): void {
    for (const each of lanes) each.lane.show(contentOf(each.plan));
    const failed = recordings.find((recording) => recording.problem !== null);
    setText(problem, failed?.problem ? t('No plot: {0}', printable(failed.problem)) : '');
    problem.hidden = problem.textContent === '';
    plots.classList.toggle('waiting', recordings.some((each) => each.problem === null && each.rangeOf(channels.shown()[0] ?? 0) === null));
    plots.classList.toggle('zoomed', !isWhole(window, extent));
    buttons.update(isWhole(window, extent));
  }

  function need(): void {
    const pixels = Math.max(100, (width - axisWidth - rightMargin) * Math.min(2, devicePixelRatio));
    for (const recording of recordings) recording.need(channels.shown(), window, pixels);
  }

  function go(next: TimeWindow): void {
    const wanted = lengthOf(next) < least() ? zoomed(next, least() / lengthOf(next), (next.start + next.end) / 2, extent, least()) : next;
    window = within(wanted, extent);
    draw();
    need();
    options.navigated?.();
  }

  function run(command: PlotCommand): void {
    const middle = (window.start + window.end) / 2;
    switch (command.kind) {
      case 'zoom':
        go(zoomed(window, command.factor, middle, extent, least()));
        break;
      case 'pan':
        go(panned(window, command.share, extent));
        break;
      case 'reset':
        go(extent);
        break;
      case 'cursor':
        moveCursor(command.share);
        return;
    }
    announce(t('Showing {0} to {1}', timeText(window.start), timeText(window.end)));
  }

  let cursor: number | null = null;

  function moveCursor(share: number): void {
    const from = cursor ?? (window.start + window.end) / 2;
    const at = Math.min(Math.max(from + share * lengthOf(window), window.start), window.end);
    for (const { lane: each } of lanes) each.plot.setCursor({ left: each.plot.valToPos(at, 'x'), top: 1 });
    pointed(at);
    announce(lanes.map(({ plan }) => `${contentOf(plan).title}: ${valuesText(plan, at)}`).join('; ') + ` (${timeText(at)})`);
  }

  function pointed(at: number | null): void {
    if (at === cursor) return;
    cursor = at;
    setText(position, at === null ? '' : timeText(at));
    for (const { plan, lane: each } of lanes) each.say(at === null ? '' : valuesText(plan, at));
  }

  function valuesText({ channel, recordings: members }: LanePlan, at: number): string {
    return members
      .map((r) => {
        const value = valueAt(recordings[r]!.curveOf(channel), at);
        return value === null ? '–' : formatNumber(value, 4);
      })
      .join(' | ');
  }

  function timeText(at: number): string {
    return timed ? `${formatNumber(at, 6)} s` : t('step {0}', formatNumber(Math.round(at), 9));
  }

  function least(): number {
    const finest = Math.max(...sequences.map(({ rate }) => (timed ? rate! : 1)));
    return Math.min(8 / finest, lengthOf(extent));
  }

  const target: Navigable = {
    get window() {
      return window;
    },
    get extent() {
      return extent;
    },
    get least() {
      return least();
    },
    at: (event) => {
      const box = area.getBoundingClientRect();
      const share = (event.clientX - box.left - axisWidth) / Math.max(1, box.width - axisWidth - rightMargin);
      return window.start + share * lengthOf(window);
    },
    go,
    command: run,
  };
  bindGestures(plots, area, target);

  const sizes = new ResizeObserver(() => {
    const now = Math.floor(area.clientWidth);
    if (now === 0 || now === width) return;
    const first = width === 0;
    width = now;
    if (first) rebuild();
    else {
      for (const each of lanes) each.lane.resize(width);
      need();
    }
  });
  sizes.observe(area);
  const stopFollowing = onThemeChange(() => {
    theme = readTheme();
    draw();
  });
  problem.hidden = true;
  // The height is taken before anything is drawn, so that what comes below stays where it is.
  area.style.minHeight = `${plansOf().length * (laneHeight(plansOf().length) + 6 + 18) + 20}px`;

  const group: PlotGroup = {
    node,
    recordings,
    timed,
    get window() {
      return window;
    },
    get lanes() {
      return lanes.map((each) => each.lane);
    },
    channels: () => channels.shown(),
    go,
    move: (recording, offset) => {
      recordings[recording]!.moveTo(offset);
      extent = extentOf(recordings);
      go(extent);
    },
    setStrips: (next) => {
      stripOf = next;
      draw();
    },
    refresh: () => {
      need();
    },
    destroy: () => {
      sizes.disconnect();
      stopFollowing();
      for (const each of lanes) each.lane.destroy();
    },
  };
  return group;
}

function extentOf(recordings: readonly Recording[]): TimeWindow {
  return {
    start: Math.min(...recordings.map(({ extent }) => extent.start)),
    end: Math.max(...recordings.map(({ extent }) => extent.end)),
  };
}

function laneHeight(lanes: number): number {
  return lanes === 1 ? 120 : lanes === 2 ? 84 : lanes <= 4 ? 64 : 52;
}

/** A file's name without its folder. */
export function fileNameOf(sequence: SequenceSummary): string {
  return splitPath(printable(sequence.file)).name;
}

function plotLabel(sequences: readonly SequenceSummary[]): string {
  return t('Plot of {0}', sequences.map(fileNameOf).join(', '));
}

function hint(): string {
  return t('Drag to zoom, Shift+drag to pan, Ctrl+wheel to zoom, double-click for all. Keys: + − 0 ← →');
}

interface Buttons {
  readonly nodes: readonly HTMLElement[];
  update(whole: boolean): void;
}

function toolbarOf(run: (command: PlotCommand) => void): Buttons {
  const zoomIn = iconButton('zoomIn', t('Zoom in'), '+', () => {
    run({ kind: 'zoom', factor: 0.5 });
  });
  const zoomOut = iconButton('zoomOut', t('Zoom out'), '−', () => {
    run({ kind: 'zoom', factor: 2 });
  });
  const reset = iconButton('fit', t('Show all'), '0', () => {
    run({ kind: 'reset' });
  });
  return {
    nodes: [zoomIn, zoomOut, reset],
    update: (whole) => {
      zoomOut.disabled = whole;
      reset.disabled = whole;
    },
  };
}


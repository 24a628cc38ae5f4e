import { element } from '../dom';
import { formatNumber, printable, splitPath } from '../format';
import type { SequenceSummary } from '../../../src/protocol/engine';
import { valueAt } from './envelope';
import { Lane, type LaneContent, type LaneEvents } from './lane';
import { channelName } from './legend';
import type { Recording } from './recording';
import type { StripPaint } from './strip';
import type { PlotTheme } from './theme';
import { lengthOf, type TimeWindow } from './viewport';

export type PlotArrangement = 'overlay' | 'stacked';

export type StripOf = (recording: number, channel: number) => StripPaint | null;

export interface LaneSetParts {
  /** The query first. */
  readonly recordings: readonly Recording[];
  readonly arrangement: PlotArrangement;
  readonly withStrips: boolean;
  readonly timed: boolean;
  /** The channels that are shown. */
  readonly channels: () => readonly number[];
  readonly window: () => TimeWindow;
  readonly theme: () => PlotTheme;
  readonly events: LaneEvents;
}

/** A recording with its number among those of the plot. */
interface Member {
  readonly recording: Recording;
  readonly number: number;
}

/** What one lane shows: a channel of some recordings. */
interface Plan {
  readonly channel: number;
  readonly members: readonly [Member, ...Member[]];
}

/** The place under the pointer is shown in all plots of the page. */
const syncKey = 'kindred';

/** The lanes of a plot from the top down: overlaid, one for each channel; stacked, one for each channel of each recording. */
export class LaneSet {
  readonly node = element('div', { class: 'lanes' });
  private entries: readonly { readonly plan: Plan; readonly lane: Lane }[] = [];
  private stripOf: StripOf = () => null;

  constructor(private readonly parts: LaneSetParts) {
    // The height is taken before anything is drawn, so that what comes below stays where it is.
    const count = this.plans().length;
    this.node.style.minHeight = `${count * (laneHeight(count) + 30) + 20}px`;
  }

  get lanes(): readonly Lane[] {
    return this.entries.map((entry) => entry.lane);
  }

  /** Makes the lanes again. @param width in pixels */
  rebuild(width: number): void {
    this.destroy();
    const { withStrips, timed, theme, events } = this.parts;
    const plans = this.plans();
    const height = laneHeight(plans.length);
    this.entries = plans.map((plan, i) => {
      const curves = plan.members.length;
      const withAxis = i === plans.length - 1;
      const settings = { width, height, withAxis, timed, curves, strips: withStrips ? curves : 0, syncKey, theme };
      return { plan, lane: new Lane(settings, this.contentOf(plan), events) };
    });
    this.node.replaceChildren(...this.lanes.map((each) => each.node));
  }

  draw(): void {
    for (const each of this.entries) each.lane.show(this.contentOf(each.plan));
  }

  setStrips(stripOf: StripOf): void {
    this.stripOf = stripOf;
    this.draw();
  }

  resize(width: number): void {
    for (const each of this.lanes) each.resize(width);
  }

  /** Writes the values at a place of the axis beside the curves. */
  sayValues(at: number | null): void {
    for (const each of this.entries) each.lane.say(at === null ? '' : this.valuesText(each.plan, at));
  }

  /** The values at a place of the axis, for a screen reader. */
  describe(at: number): string {
    return this.entries.map(({ plan }) => `${this.contentOf(plan).title}: ${this.valuesText(plan, at)}`).join('; ');
  }

  setCursor(at: number): void {
    for (const { plot } of this.lanes) plot.setCursor({ left: plot.valToPos(at, 'x'), top: 1 });
  }

  destroy(): void {
    for (const each of this.lanes) each.destroy();
    this.entries = [];
  }

  private plans(): readonly Plan[] {
    const { recordings, arrangement, channels } = this.parts;
    const all = recordings.map((recording, number) => ({ recording, number }));
    if (arrangement === 'overlay') return channels().flatMap((channel) => planOf(channel, all));
    return all.flatMap((member) => channels().flatMap((channel) => planOf(channel, [member])));
  }

  private contentOf({ channel, members }: Plan): LaneContent {
    const { recordings, arrangement, window } = this.parts;
    const ranges = members.map(({ recording }) => recording.rangeOf(channel)).filter((range) => range !== null);
    const [{ recording: first }] = members;
    const name = channelName(first.summary.channels[channel] ?? null, channel);
    const own = arrangement === 'stacked' && recordings.length > 1 ? `${fileNameOf(first.summary)} · ` : '';
    // The query is drawn last, above the others.
    const order = [...members].reverse();
    return {
      title: own + name,
      unit: printable(first.unitOf(channel)),
      curves: order.map(({ recording, number }) => ({
        colour: this.colourOf(number),
        curve: recording.curveOf(channel),
      })),
      range:
        ranges.length === 0
          ? [0, 1]
          : [Math.min(...ranges.map((range) => range[0])), Math.max(...ranges.map((range) => range[1]))],
      window: window(),
      strips: members.flatMap(({ number }) => this.stripOf(number, channel) ?? []),
    };
  }

  private colourOf(recording: number): string {
    const { query, matches } = this.parts.theme();
    return (recording === 0 ? undefined : matches[(recording - 1) % matches.length]) ?? query;
  }

  private valuesText({ channel, members }: Plan, at: number): string {
    return members
      .map(({ recording }) => valueAt(recording.curveOf(channel), at))
      .map((value) => (value === null ? '–' : formatNumber(value, 4)))
      .join(' | ');
  }
}

/** The lane of a channel, or none where no recording has it. */
function planOf(channel: number, all: readonly Member[]): readonly Plan[] {
  const [first, ...others] = all.filter(({ recording }) => channel < recording.summary.channels.length);
  return first === undefined ? [] : [{ channel, members: [first, ...others] }];
}

function laneHeight(lanes: number): number {
  return lanes === 1 ? 110 : lanes === 2 ? 76 : lanes <= 4 ? 56 : 48;
}

/** A file's name without its folder. */
export function fileNameOf(sequence: SequenceSummary): string {
  return splitPath(printable(sequence.file)).name;
}

/** The stretch of the axis that recordings take together. */
export function extentOf(recordings: readonly Recording[]): TimeWindow {
  return {
    start: Math.min(...recordings.map(({ extent }) => extent.start)),
    end: Math.max(...recordings.map(({ extent }) => extent.end)),
  };
}

/** The shortest stretch that makes sense to look at: eight samples. */
export function shortestOf(recordings: readonly Recording[], timed: boolean, extent: TimeWindow): number {
  const finest = Math.max(...recordings.map(({ summary }) => (timed ? (summary.rate ?? 1) : 1)));
  return Math.min(8 / finest, lengthOf(extent));
}

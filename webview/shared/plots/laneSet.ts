import { element } from '../dom';
import { formatNumber, printable, splitPath } from '../format';
import type { SequenceSummary } from '../../../src/protocol/engine';
import { valueAt } from './envelope';
import { Lane, type LaneContent, type LaneEvents } from './lane';
import { laneHeights, type LaneHeights } from './laneHeights';
import { channelName } from './legend';
import type { Recording } from './recording';
import type { StripPaint } from './strip';
import type { PlotTheme } from './theme';
import { lengthOf, type TimeWindow } from './viewport';

/** `overlay`: a lane for each channel; `stacked`: one for each channel of each recording; `units`: one for each unit. */
export type PlotArrangement = 'overlay' | 'stacked' | 'units';

export type StripOf = (recording: number, channel: number) => StripPaint | null;

/** The stretches of a recording that are marked in a channel's lane. */
export type MarksOf = (recording: number, channel: number) => readonly TimeWindow[];

export interface LaneSetParts {
  /** The query first. */
  readonly recordings: readonly Recording[];
  readonly arrangement: () => PlotArrangement;
  /** In pixels, that all lanes share; `null` where they take what they need. */
  readonly room: () => number | null;
  readonly withStrips: boolean;
  readonly timed: boolean;
  /** The channels that are shown, in their order from the top down. */
  readonly channels: () => readonly number[];
  readonly window: () => TimeWindow;
  readonly theme: () => PlotTheme;
  readonly events: LaneEvents;
}

/** A channel of a recording, with the number of that among those of the plot. */
interface Member {
  readonly recording: Recording;
  readonly number: number;
  readonly channel: number;
}

/** What one lane shows: a channel of some recordings, or some channels of one. */
type Plan = readonly [Member, ...Member[]];

/** The place under the pointer is shown in all plots of the page. */
const syncKey = 'kindred';

/** The lanes of a plot from the top down: overlaid, one for each channel; stacked, one for each channel of each recording. */
export class LaneSet {
  readonly node = element('div', { class: 'lanes' });
  private entries: readonly { readonly plan: Plan; readonly lane: Lane }[] = [];
  private stripOf: StripOf = () => null;
  private marksOf: MarksOf = () => [];
  private width = 0;
  private planned = '';

  constructor(private readonly parts: LaneSetParts) {
    // The height is taken before anything is drawn, so that what comes below stays where it is.
    this.node.style.minHeight = `${this.heightsOf(this.plans()).total}px`;
  }

  get lanes(): readonly Lane[] {
    return this.entries.map((entry) => entry.lane);
  }

  /** Makes the lanes again. @param width in pixels */
  rebuild(width: number): void {
    this.destroy();
    const { withStrips, timed, theme, events } = this.parts;
    const all = this.plans();
    const { lanes, height, compact, total } = this.heightsOf(all);
    const plans = all.slice(0, lanes);
    // From here on the lanes themselves take the height, unless they share one, which stays whatever becomes known of them.
    this.node.style.minHeight = this.parts.room() === null ? '' : `${total}px`;
    this.node.classList.toggle('compact', compact);
    [this.width, this.planned] = [width, describePlans(all)];
    this.entries = plans.map((plan, i) => {
      const curves = plan.length;
      const withAxis = i === plans.length - 1;
      const settings = { width, height, withAxis, timed, curves, strips: withStrips ? curves : 0, syncKey, theme };
      return { plan, lane: new Lane(settings, this.contentOf(plan), events) };
    });
    this.node.replaceChildren(...this.lanes.map((each) => each.node));
  }

  draw(): void {
    // Which channels have one unit comes with their curves.
    const isOther = this.parts.arrangement() === 'units' && describePlans(this.plans()) !== this.planned;
    if (isOther && this.width > 0) this.rebuild(this.width);
    for (const each of this.entries) each.lane.show(this.contentOf(each.plan));
  }

  setStrips(stripOf: StripOf): void {
    this.stripOf = stripOf;
    this.draw();
  }

  setMarks(marksOf: MarksOf): void {
    this.marksOf = marksOf;
    this.draw();
  }

  resize(width: number): void {
    this.width = width;
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

  private heightsOf(plans: readonly Plan[]): LaneHeights {
    return laneHeights(plans.length, this.parts.arrangement() === 'units', this.parts.room());
  }

  private plans(): readonly Plan[] {
    const { recordings, arrangement, channels } = this.parts;
    const arranged = arrangement();
    const membersOf = (channel: number): readonly Member[] =>
      recordings
        .map((recording, number) => ({ recording, number, channel }))
        .filter(({ recording }) => channel < recording.summary.channels.length);
    const all = channels().map(membersOf);
    if (arranged === 'overlay') return all.flatMap(planOf);
    if (arranged === 'units') return byUnit(all.flat()).flatMap(planOf);
    return recordings.flatMap((_, number) =>
      all.flatMap((members) => planOf(members.filter((member) => member.number === number))),
    );
  }

  private contentOf(plan: Plan): LaneContent {
    const { recordings, arrangement, window } = this.parts;
    const arranged = arrangement();
    const ranges = plan.map(({ recording, channel }) => recording.rangeOf(channel)).filter((range) => range !== null);
    const [{ recording: first, channel }] = plan;
    const own = arranged === 'stacked' && recordings.length > 1 ? `${fileNameOf(first.summary)} · ` : '';
    const curves = plan.map((member, i) => ({
      colour: this.colourOf(arranged === 'units' ? i : member.number),
      curve: member.recording.curveOf(member.channel),
    }));
    return {
      title: own + (arranged === 'units' ? plan.map(nameOf).join(', ') : nameOf(plan[0])),
      parts: arranged === 'units' ? plan.map((member, i) => ({ name: nameOf(member), colour: this.colourOf(i) })) : [],
      unit: printable(first.unitOf(channel)),
      // The query is drawn last, above the others.
      curves: curves.reverse(),
      range:
        ranges.length === 0
          ? [0, 1]
          : [Math.min(...ranges.map((range) => range[0])), Math.max(...ranges.map((range) => range[1]))],
      window: window(),
      strips: plan.flatMap((member) => this.stripOf(member.number, member.channel) ?? []),
      marks: plan.flatMap(({ number, channel }, i) => {
        const colour = this.colourOf(arranged === 'units' ? i : number);
        return this.marksOf(number, channel).map((window) => ({ window, colour, above: number === 0 }));
      }),
    };
  }

  private colourOf(number: number): string {
    const { query, matches } = this.parts.theme();
    return (number === 0 ? undefined : matches[(number - 1) % matches.length]) ?? query;
  }

  private valuesText(plan: Plan, at: number): string {
    return plan
      .map(({ recording, channel }) => valueAt(recording.curveOf(channel), at))
      .map((value) => (value === null ? '–' : formatNumber(value, 4)))
      .join(' | ');
  }
}

function describePlans(plans: readonly Plan[]): string {
  return JSON.stringify(plans.map((plan) => plan.map(({ number, channel }) => [number, channel])));
}

/** The lane of some channels, or none where there is none. */
function planOf([first, ...others]: readonly Member[]): readonly Plan[] {
  return first === undefined ? [] : [[first, ...others]];
}

/** Channels that are measured in one unit, in the order of the first of each. */
function byUnit(members: readonly Member[]): readonly (readonly Member[])[] {
  const units = new Map<string, Member[]>();
  for (const member of members) {
    const unit = member.recording.unitOf(member.channel);
    units.set(unit, [...(units.get(unit) ?? []), member]);
  }
  return [...units.values()];
}

function nameOf({ recording, channel }: Member): string {
  return channelName(recording.summary.channels[channel] ?? null, channel);
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

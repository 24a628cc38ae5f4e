import type { SequenceSummary } from '../../../src/protocol/engine';
import { LatestQuestion, type Asker } from '../ask';
import { curveOf, noCurve, type Curve, type SeriesChannelData, type SeriesData } from './envelope';
import { seriesOf } from './series';
import { lengthOf, type TimeWindow } from './viewport';

/** Columns that the whole recording is asked for in, and the most that a part of it is. */
const wholeColumns = 2048;
const mostColumns = 4096;
/** Columns of all channels together: of many, each has fewer, so that an answer stays small. */
const columnsTogether = 65_536;
const fewestColumns = 512;

/**
 * The data of one recording on the time axis of a plot: the whole of it in coarse columns, and the stretch that is
 * shown in fine ones, which are asked for when it changes.
 */
export class Recording {
  /** How far it is moved to the right on the axis. */
  offset = 0;
  private whole: SeriesData | null = null;
  private fine: SeriesData | null = null;
  private curves = new Map<number, Curve>();
  private readonly questions = new LatestQuestion();
  private failure: string | null = null;
  private outdated = false;

  /**
   * @param timed whether the axis is in seconds
   * @param changed called when there is something new to draw
   * @param closed aborted when nobody looks at it any more
   * @param units of the channels, where they are known before the curves
   */
  constructor(
    readonly summary: SequenceSummary,
    private readonly timed: boolean,
    private readonly asker: Asker,
    private readonly changed: () => void,
    private readonly closed: AbortSignal,
    private readonly units: readonly (string | null)[] = [],
  ) {}

  /** Why there is nothing to draw, or `null`. */
  get problem(): string | null {
    return this.failure;
  }

  /** The stretch of the axis that the recording takes. */
  get extent(): TimeWindow {
    return { start: this.offset, end: this.offset + this.unitsOf(this.summary.steps) };
  }

  unitOf(channel: number): string {
    return this.units[channel] ?? this.whole?.channels.find(({ index }) => index === channel)?.unit ?? '';
  }

  /** The smallest and the largest value of a channel, or `null` while they are not known. */
  rangeOf(channel: number): readonly [number, number] | null {
    const found = this.whole?.channels.find(({ index }) => index === channel);
    if (found === undefined) return null;
    let low = Infinity;
    let high = -Infinity;
    for (const value of found.minimum) low = Math.min(low, value);
    for (const value of found.maximum) high = Math.max(high, value);
    return low <= high ? [low, high] : null;
  }

  /** The smallest and the largest values of a channel over the whole recording, in columns; `null` while not known. */
  outlineOf(channel: number): Pick<SeriesChannelData, 'minimum' | 'maximum'> | null {
    return this.whole?.channels.find(({ index }) => index === channel) ?? null;
  }

  curveOf(channel: number): Curve {
    if (this.whole === null && this.fine === null) return noCurve;
    const known = this.curves.get(channel);
    if (known !== undefined) return known;
    const made = curveOf(channel, this.whole, this.fine, (step) => this.offset + this.unitsOf(step));
    this.curves.set(channel, made);
    return made;
  }

  /** The file may have changed: what is drawn stays until the next data have come. */
  renew(): void {
    this.outdated = true;
  }

  /** Moves the recording on the axis; its curves are made again. */
  moveTo(offset: number): void {
    this.offset = offset;
    this.curves.clear();
  }

  /**
   * Asks for what is missing to show some channels over a stretch of the axis.
   *
   * @param pixels device pixels that the stretch takes on the screen
   */
  need(channels: readonly number[], window: TimeWindow, pixels: number): void {
    const wanted = channels.filter((channel) => channel < this.summary.channels.length);
    if (wanted.length === 0) return;
    this.questions.ask(async () => {
      try {
        await this.fetch(wanted, window, pixels);
        this.failure = null;
      } catch (error) {
        if (this.closed.aborted) return;
        this.failure = error instanceof Error ? error.message : String(error);
      }
      this.changed();
    });
  }

  private async fetch(channels: readonly number[], window: TimeWindow, pixels: number): Promise<void> {
    const { ref, steps } = this.summary;
    const share = Math.max(fewestColumns, Math.floor(columnsTogether / channels.length));
    const all = Math.min(wholeColumns, share);
    if (this.outdated || !holds(this.whole, channels)) {
      this.whole = await seriesOf(this.asker, { ref, span: null, columns: all, channels: [...channels] }, this.closed);
      this.fine = this.outdated ? null : this.fine;
      this.outdated = false;
      this.curves.clear();
      // What is coarse is shown while the rest is on its way.
      this.changed();
    }
    const span = this.spanOf(window);
    if (span === null || steps <= all) return;
    const columns = Math.min(mostColumns, share, Math.max(1, Math.round(pixels * (span.share + 1e-9))));
    const coarse = all / steps;
    const finer = columns / (span.end - span.start);
    if (finer <= coarse * 1.3) {
      if (this.fine !== null) this.curves.clear();
      this.fine = null;
      return;
    }
    const { start, end } = span;
    const asked = { ref, span: { start, end }, columns, channels: [...channels] };
    this.fine = await seriesOf(this.asker, asked, this.closed);
    this.curves.clear();
  }

  /** The time steps of a stretch with half as much on either side, so that there is something to show while panning. */
  private spanOf(window: TimeWindow): { start: number; end: number; share: number } | null {
    const { steps } = this.summary;
    const perUnit = 1 / this.unitsOf(1);
    const margin = lengthOf(window) / 2;
    const start = Math.max(0, Math.floor((window.start - margin - this.offset) * perUnit));
    const end = Math.min(steps, Math.ceil((window.end + margin - this.offset) * perUnit) + 1);
    if (start >= end) return null;
    return { start, end, share: (end - start) / (lengthOf(window) * perUnit) };
  }

  private unitsOf(steps: number): number {
    const { rate } = this.summary;
    return this.timed && rate !== null ? steps / rate : steps;
  }
}

function holds(series: SeriesData | null, channels: readonly number[]): boolean {
  return series !== null && channels.every((channel) => series.channels.some(({ index }) => index === channel));
}

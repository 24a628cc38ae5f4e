import type { SequenceSummary } from '../../../src/protocol/engine';
import type { Asker } from '../../shared/ask';
import { messageOf } from '../../shared/format';
import { t } from '../../shared/l10n';
import { fileNameOf } from '../../shared/plots/laneSet';
import { channelName } from '../../shared/plots/legend';
import type { PlotGroup } from '../../shared/plots/plotGroup';
import type { StripScale } from '../../shared/plots/strip';
import type { TimeWindow } from '../../shared/plots/viewport';
import { paintOf, stripLabel, type Strip } from './strips';

const columns = 1024;
/** Milliseconds that a part must stay on the screen before its strips are asked for in finer columns. */
const patience = 150;

/** What the strips are about. */
export interface HeatSubject {
  readonly group: PlotGroup;
  readonly query: SequenceSummary;
  readonly match: SequenceSummary;
  /** The number of the match among the recordings of the group. */
  readonly recording: number;
  /** Which distances the colours stand for. */
  readonly scale: StripScale;
}

/** The strips of both recordings. */
export interface Strips {
  readonly query: Strip;
  readonly match: Strip;
}

/** The heat strips of a query and a match: asked for when they are needed, and painted below their curves. */
export class Heat {
  private found: Strips | null = null;
  private asked = 0;
  private begun = false;
  private running = new AbortController();
  private waiting: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param say says how far it is
   * @param measured receives the strips of the whole recordings, or `null` where there are none
   */
  constructor(
    private readonly asker: Asker,
    private readonly subject: () => HeatSubject | null,
    private readonly say: (text: string) => void,
    private readonly measured: (found: Strips | null) => void,
  ) {}

  /** Forgets what was measured, which is of other recordings. */
  clear(): void {
    this.asked++;
    this.running.abort();
    this.found = null;
    this.begun = false;
    clearTimeout(this.waiting);
  }

  measure(): void {
    this.clear();
    this.begun = true;
    this.say(t('Measuring where the recordings differ…'));
    this.ask(null);
  }

  /** Another part is shown: once the user stays there, its strips become finer. */
  moved(): void {
    clearTimeout(this.waiting);
    if (!this.begun) return;
    this.waiting = setTimeout(() => {
      const subject = this.subject();
      if (subject !== null) this.ask(this.found === null ? null : subject.group.window);
    }, patience);
  }

  paint(): void {
    const subject = this.subject();
    if (subject === null) return;
    const { found } = this;
    const { group, recording: compared, scale } = subject;
    group.setStrips((recording, channel) => {
      if (found === null || (recording !== 0 && recording !== compared)) return null;
      const of = group.recordings[recording];
      if (of === undefined) return null;
      const { summary, offset } = of;
      const perStep = group.timed ? 1 / (summary.rate ?? 1) : 1;
      const name = channelName(summary.channels[channel] ?? null, channel);
      return paintOf(
        recording === 0 ? found.query : found.match,
        channel,
        scale,
        (step) => offset + step * perStep,
        (where) => stripLabel(fileNameOf(summary), name, where, group.timed),
      );
    });
  }

  /** Asks for the first channel by itself where that may take long: it is there sooner. */
  private ask(shown: TimeWindow | null): void {
    const subject = this.subject();
    if (subject === null) return;
    const asking = ++this.asked;
    this.running.abort();
    this.running = new AbortController();
    const channels = subject.group.channels();
    const first = this.found === null && channels.length > 1 ? this.part(subject, shown, channels.slice(0, 1)) : null;
    const all =
      first === null ? this.part(subject, shown, channels) : first.then(() => this.part(subject, shown, channels));
    for (const part of [first, all]) {
      part?.then(
        (found) => {
          if (asking !== this.asked) return;
          this.found = found;
          this.paint();
          if (part !== all) return;
          if (shown === null) this.measured(found);
          this.say(t('Coloured: where the recordings differ. Hatched: not compared.'));
        },
        (error: unknown) => {
          if (asking !== this.asked || part !== all) return;
          this.say(messageOf(error));
          this.measured(null);
        },
      );
    }
  }

  private part(
    { group, query, match, recording }: HeatSubject,
    shown: TimeWindow | null,
    channels: readonly number[],
  ): Promise<Strips> {
    const spans = { querySpan: spanOf(group, 0, shown), matchSpan: spanOf(group, recording, shown) };
    const asked = { query: query.ref, match: match.ref, columns, ...spans, channels: [...channels] };
    return this.asker.ask('timeline', asked, this.running.signal);
  }
}

/** The time steps of a recording that are shown, or `null` for all of them. */
function spanOf(group: PlotGroup, recording: number, shown: TimeWindow | null): { start: number; end: number } | null {
  const of = group.recordings[recording];
  if (shown === null || of === undefined) return null;
  const { summary, offset } = of;
  const perUnit = group.timed ? (summary.rate ?? 1) : 1;
  const start = Math.max(0, Math.floor((shown.start - offset) * perUnit));
  const end = Math.min(summary.steps, Math.ceil((shown.end - offset) * perUnit));
  return end - start < 1 || end - start >= summary.steps ? null : { start, end };
}

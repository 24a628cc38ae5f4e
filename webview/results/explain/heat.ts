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

/** The heat strips of a query and a match: asked for when they are needed, and painted below their curves. */
export class Heat {
  private found: { readonly query: Strip; readonly match: Strip } | null = null;
  private asked = 0;
  private running = new AbortController();
  private waiting: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param say says how far it is
   * @param measured receives what the channels add
   */
  constructor(
    private readonly asker: Asker,
    private readonly subject: () => HeatSubject | null,
    private readonly say: (text: string) => void,
    private readonly measured: (sums: readonly number[]) => void,
  ) {}

  /** Forgets what was measured, which is of other recordings. */
  clear(): void {
    this.asked++;
    this.running.abort();
    this.found = null;
    clearTimeout(this.waiting);
  }

  measure(): void {
    this.clear();
    this.say(t('Measuring where the recordings differ…'));
    this.ask(null);
  }

  /** Another part is shown: once the user stays there, its strips become finer. */
  moved(): void {
    clearTimeout(this.waiting);
    if (this.found === null) return;
    this.waiting = setTimeout(() => {
      const subject = this.subject();
      if (subject !== null) this.ask(subject.group.window);
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

  private ask(shown: TimeWindow | null): void {
    const subject = this.subject();
    if (subject === null) return;
    const asking = ++this.asked;
    const { group, query, match, recording } = subject;
    this.running.abort();
    this.running = new AbortController();
    this.asker
      .ask(
        'timeline',
        {
          query: query.ref,
          match: match.ref,
          columns,
          querySpan: spanOf(group, 0, shown),
          matchSpan: spanOf(group, recording, shown),
          channels: group.channels(),
        },
        this.running.signal,
      )
      .then(
        (found) => {
          if (asking !== this.asked) return;
          this.found = found;
          if (shown === null) this.measured(found.query.sums);
          this.say(t('Coloured: where the recordings differ. Hatched: not compared.'));
          this.paint();
        },
        (error: unknown) => {
          if (asking === this.asked) this.say(messageOf(error));
        },
      );
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

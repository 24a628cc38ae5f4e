import type { Reason } from '../../../src/l10n/reasons';
import type { Match, SequenceSummary } from '../../../src/protocol/engine';
import type { FromWebview } from '../../../src/protocol/panel';
import type { Lag } from '../../../src/protocol/explanation';
import type { Asker } from '../../shared/ask';
import { choice } from '../../shared/controls';
import { element, setText } from '../../shared/dom';
import { formatNumber, messageOf } from '../../shared/format';
import { t } from '../../shared/l10n';
import { savePlot } from '../../shared/plots/drawing';
import type { PlotArrangement } from '../../shared/plots/laneSet';
import { PlotGroup } from '../../shared/plots/plotGroup';

/** What is compared. */
export interface Compared {
  readonly query: SequenceSummary;
  readonly matches: readonly Match[];
  /** The one of the matches that is explained. */
  readonly explained: Match;
}

export interface ComparisonPlotsParts {
  readonly post: (message: FromWebview) => void;
  readonly asker: Asker;
  readonly announce: (text: string) => void;
  readonly compared: () => Compared | null;
  /** Another stretch is shown, or other channels. */
  readonly navigated: () => void;
  /** There are other plots, or recordings lie elsewhere on the axis. */
  readonly placed: () => void;
}

/** The plots of a query and its matches: overlaid or stacked, at the same time or where each match fits best. */
export class ComparisonPlots {
  readonly node = element('div', {});
  /** The switches for the arrangement and the time, and by how much the explained match was moved. */
  readonly switches: readonly HTMLElement[];
  private readonly lag = element('span', { class: 'dim lag', role: 'status' });
  private arrangement: PlotArrangement = 'overlay';
  private isAligned = false;
  private current: PlotGroup | null = null;
  private marked: { readonly recording: number; readonly reason: Reason } | null = null;

  constructor(private readonly parts: ComparisonPlotsParts) {
    const arrangements = [
      ['overlay', t('Overlaid')],
      ['stacked', t('Stacked')],
    ] as const;
    const arrange = choice(t('Arrangement'), arrangements, (chosen) => {
      this.arrangement = chosen;
      this.draw();
    });
    const times = [
      ['same', t('Same time')],
      ['lag', t('Best lag')],
    ] as const;
    const align = choice(t('Time'), times, (chosen) => {
      this.isAligned = chosen === 'lag';
      this.place();
    });
    this.switches = [arrange, align, this.lag];
  }

  get group(): PlotGroup | null {
    return this.current;
  }

  /** Draws what is compared; the stretch that was shown stays where the axis is the same. */
  draw(): void {
    const compared = this.parts.compared();
    if (compared === null) return;
    const before = this.current;
    before?.destroy();
    const group = this.groupOf(compared);
    this.current = group;
    this.node.replaceChildren(group.node);
    if (before !== null && before.timed === group.timed && before.recordings.length === group.recordings.length) {
      group.go(before.window);
    }
    this.drawMarks();
    this.parts.placed();
    if (this.isAligned) this.place();
  }

  clear(): void {
    this.current?.destroy();
    this.current = null;
  }

  /** Shows a passage of a recording, in its time steps, with as much again on either side. */
  showPassage(recording: number, start: number, end: number): void {
    const group = this.current;
    const of = group?.recordings[recording];
    if (group === null || of === undefined) return;
    const perStep = group.timed ? 1 / (of.summary.rate ?? 1) : 1;
    const length = (end - start) * perStep;
    group.go({ start: of.offset + start * perStep - length, end: of.offset + end * perStep + length });
    group.node.scrollIntoView({ block: 'nearest' });
  }

  /**
   * Marks where something shows in the query and in a match, or nothing; a channel that is hidden is shown for it.
   * @param recording the match
   */
  mark(recording: number, reason: Reason | null): void {
    this.marked = reason === null ? null : { recording, reason };
    const channel = reason?.channel ?? null;
    if (channel !== null) this.current?.legend.show?.(channel);
    this.drawMarks();
    if (reason !== null) this.current?.node.scrollIntoView({ block: 'nearest' });
  }

  private drawMarks(): void {
    const { current: group, marked } = this;
    group?.setMarks((recording, channel) => {
      const of = group.recordings[recording];
      if (marked === null || of === undefined) return [];
      const { reason } = marked;
      if (reason.channel !== null && reason.channel !== channel) return [];
      const spans = recording === 0 ? reason.query : recording === marked.recording ? reason.match : [];
      const perStep = group.timed ? 1 / (of.summary.rate ?? 1) : 1;
      return spans.map(({ start, end }) => ({ start: of.offset + start * perStep, end: of.offset + end * perStep }));
    });
  }

  private groupOf({ query, matches }: Compared): PlotGroup {
    const { asker, announce, navigated, post } = this.parts;
    return new PlotGroup({
      asker,
      sequences: [query, ...matches.map(({ sequence }) => sequence)],
      arrangement: this.arrangement,
      withStrips: true,
      announce,
      navigated,
      search: post,
      save: (format, group) => {
        savePlot(post, format, group);
      },
    });
  }

  /** Puts the matches where they lie best on the query, or at its start. */
  private place(): void {
    const group = this.current;
    const compared = this.parts.compared();
    if (group === null || compared === null) return;
    setText(this.lag, '');
    compared.matches.forEach((match, i) => {
      if (this.isAligned) this.align(group, compared, match, i + 1);
      else group.move(i + 1, 0);
    });
    this.parts.placed();
  }

  private align(group: PlotGroup, { query, explained }: Compared, match: Match, recording: number): void {
    const say = (text: string): void => {
      if (match === explained) setText(this.lag, text);
    };
    this.parts.asker.ask('align', { query: query.ref, match: match.sequence.ref }, group.closed).then(
      (found) => {
        if (this.current !== group || !this.isAligned) return;
        group.move(recording, (found.unit === 's') === group.timed ? found.lag : 0);
        this.parts.placed();
        say(lagText(found));
      },
      (error: unknown) => {
        if (!group.closed.aborted) say(messageOf(error));
      },
    );
  }
}

function lagText({ lag, unit, correlation }: Lag): string {
  const by = formatNumber(lag, 4);
  return t('moved by {0} {1}, correlation {2}', by, unit === 's' ? 's' : t('steps'), correlation.toFixed(2));
}

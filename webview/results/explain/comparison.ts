import type { Match, SequenceSummary } from '../../../src/protocol/engine';
import type { FromWebview } from '../../../src/protocol/panel';
import type { Asker } from '../../shared/ask';
import { element, setText } from '../../shared/dom';
import { t } from '../../shared/l10n';
import { mostCompared } from '../../shared/plots/theme';
import { type ComparisonHead, comparisonHead } from './comparisonHead';
import { type Compared, ComparisonPlots } from './comparisonPlots';
import { ExplanationView } from './explanation';
import { Heat, type HeatSubject } from './heat';
import { stripLegend, stripScale } from './stripScale';
import { meaningOf, type Calibration } from './meaning';
import { pairDistance } from '../wanted';

export interface ComparisonParts {
  readonly post: (message: FromWebview) => void;
  readonly asker: Asker;
  readonly announce: (text: string) => void;
  /** The matches before and after one in the list. */
  readonly neighbours: (match: Match) => { readonly previous: Match | null; readonly next: Match | null };
  readonly calibration: () => Calibration | null;
  /** The comparison was left. */
  readonly closed: () => void;
}

/** What matches are to be like. */
export interface Wanted {
  readonly several: boolean;
  /** The query that a match is explained against. */
  nearestTo(match: Match): SequenceSummary;
}

interface Shown extends Compared {
  readonly wanted: Wanted;
  readonly format: (distance: number) => string;
}

/** The query beside some of its matches, and why the one that is looked at is as near as it is. */
export class Comparison {
  readonly node: HTMLElement;
  private readonly head: ComparisonHead;
  private readonly plots: ComparisonPlots;
  private readonly heat: Heat;
  private readonly status = element('p', { class: 'dim strip-status', role: 'status' });
  private readonly legend = stripLegend();
  private readonly why = element('div', {});
  private shown: Shown | null = null;
  private explanation: ExplanationView | null = null;

  constructor(private readonly parts: ComparisonParts) {
    this.head = this.newHead();
    this.plots = this.newPlots();
    this.heat = this.newHeat();
    this.node = element(
      'section',
      { class: 'comparison', 'aria-label': t('Comparison') },
      this.head.node,
      element('div', { class: 'comparison-bar' }, this.head.recordings, ...this.plots.switches),
      this.plots.node,
      element('div', { class: 'strip-line' }, this.status, this.legend.node),
      this.why,
    );
    this.node.hidden = true;
    this.node.addEventListener('keydown', (event) => {
      this.press(event);
    });
  }

  get isOpen(): boolean {
    return this.shown !== null;
  }

  /**
   * Compares the query with up to eight matches; the first is explained.
   * @param wanted the queries
   */
  open(wanted: Wanted, matches: readonly Match[], format: (distance: number) => string): void {
    const [explained] = matches;
    if (explained === undefined) return;
    const query = wanted.nearestTo(explained);
    this.shown = { query, wanted, matches: matches.slice(0, mostCompared), explained, format };
    this.node.hidden = false;
    this.renew();
    this.plots.draw();
    this.explain();
    window.scrollTo({ top: 0, behavior: 'instant' });
    this.head.focus();
  }

  close(): void {
    if (this.shown === null) return;
    this.heat.clear();
    this.explanation?.close();
    this.plots.clear();
    this.shown = null;
    this.node.hidden = true;
    this.parts.closed();
  }

  /** What distances mean, or what stands beside a match in the list, has become known. */
  renew(): void {
    if (this.shown === null) return;
    const { query, wanted, matches, explained, format } = this.shown;
    const { previous, next } = this.parts.neighbours(explained);
    const further = this.parts.neighbours(matches.at(-1) ?? explained).next;
    const known = further === null || matches.some(({ rank }) => rank === further.rank);
    const calibration = this.parts.calibration();
    this.head.update({
      query,
      matches,
      explained,
      isNearest: wanted.several,
      distance: format(pairDistance(explained)),
      meaning: calibration === null ? [] : meaningOf(calibration, pairDistance(explained), format),
      hasPrevious: previous !== null,
      hasNext: next !== null,
      further: known || matches.length >= mostCompared ? null : further,
    });
    this.legend.update(stripScale(calibration, pairDistance(explained)), format);
    this.heat.paint();
  }

  private newHead(): ComparisonHead {
    return comparisonHead({
      close: () => {
        this.close();
      },
      step: (way) => {
        this.step(way);
      },
      explain: (explained) => {
        if (this.shown === null) return;
        const query = this.shown.wanted.nearestTo(explained);
        const isOther = query !== this.shown.query;
        this.shown = { ...this.shown, query, explained };
        this.renew();
        if (isOther) this.plots.draw();
        this.explain();
      },
      add: (match) => {
        if (this.shown !== null) this.shown = { ...this.shown, matches: [...this.shown.matches, match] };
        this.renew();
        this.plots.draw();
      },
    });
  }

  private newPlots(): ComparisonPlots {
    const { post, asker, announce } = this.parts;
    return new ComparisonPlots({
      post,
      asker,
      announce,
      compared: () => this.shown,
      navigated: () => {
        this.heat.moved();
      },
      placed: () => {
        this.heat.paint();
      },
    });
  }

  private newHeat(): Heat {
    const say = (text: string): void => {
      setText(this.status, text);
    };
    return new Heat(
      this.parts.asker,
      () => this.heatSubject(),
      say,
      (found) => {
        this.explanation?.measured(found);
      },
    );
  }

  private heatSubject(): HeatSubject | null {
    const { group } = this.plots;
    if (this.shown === null || group === null) return null;
    const { query, explained } = this.shown;
    const scale = stripScale(this.parts.calibration(), pairDistance(explained));
    return { group, query, match: explained.sequence, recording: recordingOf(this.shown), scale };
  }

  private press(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const key = event.key.toLowerCase();
    if (key === 'escape') this.close();
    else if (key === 'n' || key === 'p') this.step(key === 'n' ? 'next' : 'previous');
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  private step(way: 'previous' | 'next'): void {
    if (this.shown === null) return;
    const found = this.parts.neighbours(this.shown.explained)[way];
    if (found === null) return;
    this.open(this.shown.wanted, [found], this.shown.format);
    this.parts.announce(this.head.text());
  }

  private explain(): void {
    if (this.shown === null) return;
    const { query, explained, format } = this.shown;
    const recording = recordingOf(this.shown);
    this.explanation?.close();
    this.plots.mark(recording, null);
    this.explanation = new ExplanationView({
      asker: this.parts.asker,
      query,
      match: explained.sequence,
      format,
      go: (side, start, end) => {
        this.plots.showPassage(side === 'query' ? 0 : recording, start, end);
      },
      mark: (reason) => {
        this.plots.mark(recording, reason);
      },
      ordered: (channels) => {
        if (channels !== null) this.plots.group?.legend.arrange?.(channels);
        this.heat.measure();
      },
    });
    this.why.replaceChildren(this.explanation.node);
    this.heat.clear();
    this.heat.paint();
  }
}

/** The number of the explained match among the recordings that are drawn, the query being the first. */
function recordingOf({ matches, explained }: Shown): number {
  return 1 + matches.indexOf(explained);
}

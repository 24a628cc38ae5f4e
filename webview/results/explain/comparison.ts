import type { Match, SequenceSummary } from '../../../src/protocol/engine';
import type { FromWebview } from '../../../src/protocol/panel';
import type { Asker } from '../../shared/ask';
import { element, setText } from '../../shared/dom';
import { formatNumber } from '../../shared/format';
import { t } from '../../shared/l10n';
import type { PlotArrangement } from '../../shared/plots/laneSet';
import { plotGroup, type PlotGroup } from '../../shared/plots/plotGroup';
import { savePlot } from '../../shared/plots/savePlot';
import { mostCompared } from '../../shared/plots/theme';
import { choice, messageOf } from './choices';
import { comparisonHead } from './comparisonHead';
import { explanationView, type ExplanationView } from './explanation';
import { Heat } from './heat';
import { meaningOf, type Calibration } from './meaning';

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

/** The query beside some of its matches, and why the one that is looked at is as near as it is. */
export interface Comparison {
  readonly node: HTMLElement;
  readonly isOpen: boolean;
  /** Compares the query with up to eight matches; the first is explained. */
  open(query: SequenceSummary, matches: readonly Match[], format: (distance: number) => string): void;
  close(): void;
  /** What distances mean, or what stands beside a match in the list, has become known. */
  renew(): void;
}

interface Shown {
  readonly query: SequenceSummary;
  readonly matches: readonly Match[];
  readonly explained: number;
  readonly format: (distance: number) => string;
}

export function comparison(parts: ComparisonParts): Comparison {
  const { asker, announce } = parts;
  let shown: Shown | null = null;
  let arrangement: PlotArrangement = 'overlay';
  let aligned = false;
  let group: PlotGroup | null = null;
  let explanation: ExplanationView | null = null;

  const plots = element('div', {});
  const status = element('p', { class: 'dim strip-status', role: 'status' });
  const why = element('div', {});
  const lag = element('span', { class: 'dim lag', role: 'status' });
  const head = comparisonHead({
    close,
    step,
    explain: (index) => {
      if (shown !== null) shown = { ...shown, explained: index };
      drawHead();
      explain();
    },
    add: (match) => {
      if (shown !== null) shown = { ...shown, matches: [...shown.matches, match] };
      drawHead();
      drawPlots();
    },
  });
  const arrange = choice(
    t('Arrangement'),
    [
      ['overlay', t('Overlaid')],
      ['stacked', t('Stacked')],
    ],
    (chosen) => {
      arrangement = chosen;
      drawPlots();
    },
  );
  const align = choice(
    t('Time'),
    [
      ['same', t('Same time')],
      ['lag', t('Best lag')],
    ],
    (chosen) => {
      aligned = chosen === 'lag';
      place();
    },
  );
  const bar = element('div', { class: 'comparison-bar' }, head.recordings, arrange.node, align.node, lag);
  const node = element(
    'section',
    { class: 'comparison', 'aria-label': t('Comparison') },
    head.node,
    bar,
    plots,
    status,
    why,
  );
  node.hidden = true;
  node.addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const key = event.key.toLowerCase();
    if (key === 'escape') close();
    else if (key === 'n' || key === 'p') step(key === 'n' ? 'next' : 'previous');
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  const heat = new Heat(
    asker,
    () => {
      if (shown === null || group === null) return null;
      const { query, matches, explained } = shown;
      return { group, query, match: matches[explained]!.sequence, recording: explained + 1 };
    },
    (text) => {
      setText(status, text);
    },
    (sums) => {
      explanation?.showChannels(sums);
    },
  );

  function open(query: SequenceSummary, matches: readonly Match[], format: (distance: number) => string): void {
    shown = { query, matches: matches.slice(0, mostCompared), explained: 0, format };
    node.hidden = false;
    drawHead();
    drawPlots();
    explain();
    window.scrollTo({ top: 0, behavior: 'instant' });
    head.focus();
  }

  function close(): void {
    if (shown === null) return;
    heat.clear();
    explanation?.close();
    group?.destroy();
    group = null;
    shown = null;
    node.hidden = true;
    parts.closed();
  }

  function step(way: 'previous' | 'next'): void {
    if (shown === null) return;
    const found = parts.neighbours(shown.matches[shown.explained]!)[way];
    if (found === null) return;
    open(shown.query, [found], shown.format);
    announce(head.text());
  }

  function drawHead(): void {
    if (shown === null) return;
    const { query, matches, explained, format } = shown;
    const match = matches[explained]!;
    const { previous, next } = parts.neighbours(match);
    const further = parts.neighbours(matches.at(-1)!).next;
    const known = further === null || matches.some(({ rank }) => rank === further.rank);
    const calibration = parts.calibration();
    head.update({
      query,
      matches,
      explained,
      distance: format(match.distance),
      meaning: calibration === null ? [] : meaningOf(calibration, match.distance),
      hasPrevious: previous !== null,
      hasNext: next !== null,
      further: known || matches.length >= mostCompared ? null : further,
    });
  }

  function drawPlots(): void {
    if (shown === null) return;
    const before = group;
    before?.destroy();
    group = plotGroup({
      asker,
      sequences: [shown.query, ...shown.matches.map(({ sequence }) => sequence)],
      arrangement,
      withStrips: true,
      announce,
      navigated: () => {
        heat.moved();
      },
      save: (format, of) => {
        savePlot(parts.post, format, of);
      },
    });
    plots.replaceChildren(group.node);
    if (before !== null && before.timed === group.timed && before.recordings.length === group.recordings.length) {
      group.go(before.window);
    }
    heat.paint();
    if (aligned) place();
  }

  /** Puts the matches where they lie best on the query, or at its start. */
  function place(): void {
    const placed = group;
    if (placed === null || shown === null) return;
    const { query, matches, explained } = shown;
    setText(lag, '');
    matches.forEach(({ sequence }, i) => {
      if (!aligned) {
        placed.move(i + 1, 0);
        return;
      }
      asker.ask('align', { query: query.ref, match: sequence.ref }, placed.closed).then(
        (found) => {
          if (group !== placed || !aligned) return;
          placed.move(i + 1, (found.unit === 's') === placed.timed ? found.lag : 0);
          heat.paint();
          const unit = found.unit === 's' ? 's' : t('steps');
          const by = formatNumber(found.lag, 4);
          if (i === explained)
            setText(lag, t('moved by {0} {1}, correlation {2}', by, unit, found.correlation.toFixed(2)));
        },
        (error: unknown) => {
          if (i === explained && !placed.closed.aborted) setText(lag, messageOf(error));
        },
      );
    });
    heat.paint();
  }

  function explain(): void {
    if (shown === null) return;
    const { query, matches, explained, format } = shown;
    explanation?.close();
    explanation = explanationView(asker, query, matches[explained]!.sequence, format, (side, start, end) => {
      showPassage(side === 'query' ? 0 : explained + 1, start, end);
    });
    why.replaceChildren(explanation.node);
    heat.measure();
    heat.paint();
  }

  /** Shows a passage of a recording with as much again on either side. */
  function showPassage(recording: number, start: number, end: number): void {
    const of = group?.recordings[recording];
    if (group === null || of === undefined) return;
    const perStep = group.timed ? 1 / (of.summary.rate ?? 1) : 1;
    const length = (end - start) * perStep;
    group.go({ start: of.offset + start * perStep - length, end: of.offset + end * perStep + length });
    group.node.scrollIntoView({ block: 'nearest' });
  }

  return {
    node,
    get isOpen() {
      return shown !== null;
    },
    open,
    close,
    renew: drawHead,
  };
}

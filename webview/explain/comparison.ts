import type { Match, SequenceSummary } from '../../src/protocol/engine';
import type { FromWebview } from '../../src/protocol/panel';
import type { Asker } from '../ask';
import { iconButton } from '../controls';
import { element, setText } from '../dom';
import { formatCount, printable } from '../format';
import { t } from '../l10n';
import { channelName } from '../plots/legend';
import { fileNameOf, plotGroup, type Arrangement, type PlotGroup } from '../plots/plotGroup';
import { savePlot } from '../plots/savePlot';
import { mostCompared } from '../plots/theme';
import { chip, choice } from './choices';
import { explanationView, type ExplanationView } from './explanation';
import { meaningOf, type Calibration } from './meaning';
import { paintOf, stripLabel, type Strip } from './strips';

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
  /** What distances mean has become known. */
  calibrated(): void;
}

const stripColumns = 1024;

export function comparison(parts: ComparisonParts): Comparison {
  const { asker, announce } = parts;
  let query: SequenceSummary | null = null;
  let matches: readonly Match[] = [];
  let explained = 0;
  let format: (distance: number) => string = String;
  let arrangement: Arrangement = 'overlay';
  let aligned = false;
  let group: PlotGroup | null = null;
  let explanation: ExplanationView | null = null;
  let strips: { readonly query: Strip; readonly match: Strip } | null = null;
  let asked = 0;

  const title = element('h2', { tabindex: '-1' });
  const distance = element('span', { class: 'shown-distance' });
  const meaning = element('p', { class: 'meaning dim' });
  const recordings = element('div', { class: 'compared', role: 'group', 'aria-label': t('Compared recordings') });
  const plots = element('div', { class: 'comparison-plots' });
  const status = element('p', { class: 'dim strip-status' });
  const why = element('div', {});
  const back = iconButton('back', t('Back to the matches'), 'Esc', () => {
    close();
  });
  const previous = iconButton('up', t('Previous match'), 'P', () => {
    step('previous');
  });
  const next = iconButton('down', t('Next match'), 'N', () => {
    step('next');
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
  const lag = element('span', { class: 'dim lag', role: 'status' });
  const node = element(
    'section',
    { class: 'comparison', 'aria-label': t('Comparison') },
    element('header', { class: 'comparison-head' }, back, title, distance, element('span', { class: 'steps' }, previous, next)),
    meaning,
    element('div', { class: 'comparison-bar' }, recordings, arrange.node, align.node, lag),
    plots,
    status,
    why,
  );
  node.hidden = true;
  node.addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'Escape') close();
    else if (event.key === 'n' || event.key === 'N') step('next');
    else if (event.key === 'p' || event.key === 'P') step('previous');
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  function current(): Match {
    return matches[explained]!;
  }

  function step(way: 'previous' | 'next'): void {
    if (query === null) return;
    const found = parts.neighbours(current())[way];
    if (found === null) return;
    open(query, [found], format);
    announce(title.textContent);
  }

  function close(): void {
    if (query === null) return;
    clear();
    query = null;
    node.hidden = true;
    parts.closed();
  }

  function clear(): void {
    asked++;
    group?.destroy();
    group = null;
    strips = null;
  }

  function open(of: SequenceSummary, compared: readonly Match[], how: (distance: number) => string): void {
    clear();
    query = of;
    matches = compared.slice(0, mostCompared);
    explained = 0;
    format = how;
    node.hidden = false;
    drawAll();
    title.focus({ preventScroll: true });
    window.scrollTo({ top: 0, behavior: 'instant' });
  }

  function drawAll(): void {
    drawHead();
    drawPlots();
    explain();
  }

  function drawHead(): void {
    const match = current();
    setText(title, t('{0} and {1}', fileNameOf(query!), fileNameOf(match.sequence)));
    setText(distance, t('distance {0}', format(match.distance)));
    const { previous: before, next: after } = parts.neighbours(match);
    previous.disabled = before === null;
    next.disabled = after === null;
    const last = matches.at(-1)!;
    const further = parts.neighbours(last).next;
    const add =
      further === null || matches.length >= mostCompared || matches.some((each) => sameMatch(each, further))
        ? null
        : chip(t('+ next match'), t('Compare with {0} as well', fileNameOf(further.sequence)), null, () => {
            matches = [...matches, further];
            drawHead();
            drawPlots();
            if (strips !== null) paintStrips();
          });
    const chips = matches.map((each, i) => {
      const name = `${formatCount(each.rank)} · ${fileNameOf(each.sequence)}`;
      const made = chip(name, t('Explain the distance to {0}', printable(each.sequence.file)), i === explained, () => {
        explained = i;
        drawHead();
        explain();
        place();
      });
      made.classList.add(`match-${i + 1}`);
      return made;
    });
    const own = element('span', { class: 'chip of-query', title: printable(query!.file) }, t('Query'));
    recordings.replaceChildren(own, ...chips, ...(add === null ? [] : [add]));
    showMeaning();
  }

  function showMeaning(): void {
    const calibration = parts.calibration();
    const said = calibration === null ? [] : meaningOf(calibration, current().distance);
    setText(meaning, said.join(' · '));
  }

  function drawPlots(): void {
    const before = group?.window;
    const timedBefore = group?.timed;
    group?.destroy();
    group = plotGroup({
      asker,
      sequences: [query!, ...matches.map(({ sequence }) => sequence)],
      arrangement,
      withStrips: true,
      announce,
      navigated: () => {
        finerStrips();
      },
      save: (format_, of) => {
        savePlot(parts.post, format_, of);
      },
    });
    plots.replaceChildren(group.node);
    if (before !== undefined && timedBefore === group.timed) group.go(before);
    place();
    if (strips !== null) paintStrips();
  }

  /** Puts the matches where they lie best, or at the start of the query. */
  function place(): void {
    const placed = group;
    if (placed === null || query === null) return;
    setText(lag, '');
    matches.forEach((match, i) => {
      if (!aligned) {
        if (placed.recordings[i + 1]!.offset !== 0) placed.move(i + 1, 0);
        return;
      }
      asker.ask<'align'>({ kind: 'align', query: query!.ref, match: match.sequence.ref }).then(
        (found) => {
          if (group !== placed || !aligned) return;
          placed.move(i + 1, found.unit === 's' === placed.timed ? found.lag : 0);
          const unit = found.unit === 's' ? 's' : t('steps');
          if (i === explained) {
            setText(lag, t('moved by {0} {1}, correlation {2}', shortNumber(found.lag), unit, found.correlation.toFixed(2)));
          }
          if (strips !== null) paintStrips();
        },
        (error: unknown) => {
          if (i === explained) setText(lag, printable(messageOf(error)));
        },
      );
    });
    if (strips !== null) paintStrips();
  }

  function explain(): void {
    strips = null;
    group?.setStrips(() => null);
    const view = explanationView(asker, query!, current().sequence, format, (side, start, end) => {
      showPassage(side, start, end);
    });
    explanation = view;
    why.replaceChildren(view.node);
    askStrips(null);
  }

  function showPassage(side: 'query' | 'match', start: number, end: number): void {
    if (group === null) return;
    const recording = group.recordings[side === 'query' ? 0 : explained + 1]!;
    const { rate } = recording.summary;
    const perStep = group.timed && rate !== null ? 1 / rate : 1;
    const length = (end - start) * perStep;
    group.go({ start: recording.offset + start * perStep - length, end: recording.offset + end * perStep + length });
    group.node.scrollIntoView({ block: 'nearest' });
  }

  let finer: ReturnType<typeof setTimeout> | undefined;

  /** The strips of a part in finer columns, once the user stays there. */
  function finerStrips(): void {
    clearTimeout(finer);
    if (strips === null) return;
    finer = setTimeout(() => {
      if (group !== null && strips !== null) askStrips(group.window);
    }, 150);
  }

  function askStrips(shown: { start: number; end: number } | null): void {
    const asking = ++asked;
    const match = current().sequence;
    const inSteps = (recording: number) => {
      if (shown === null || group === null) return null;
      const { summary, offset } = group.recordings[recording]!;
      const perUnit = group.timed ? summary.rate! : 1;
      const start = Math.max(0, Math.floor((shown.start - offset) * perUnit));
      const end = Math.min(summary.steps, Math.ceil((shown.end - offset) * perUnit));
      return end - start < 1 || end - start >= summary.steps ? null : { start, end };
    };
    if (shown === null) setText(status, t('Measuring where the recordings differ…'));
    asker
      .ask<'timeline'>({
        kind: 'timeline',
        query: query!.ref,
        match: match.ref,
        columns: stripColumns,
        querySpan: inSteps(0),
        matchSpan: inSteps(explained + 1),
        channels: [...(group?.channels() ?? [])],
      })
      .then(
        (found) => {
          if (asking !== asked) return;
          strips = found;
          if (explanation !== null && shown === null) explanation.showChannels(found.query.sums);
          setText(status, t('Bright: where the recordings differ. Hatched: not compared.'));
          paintStrips();
        },
        (error: unknown) => {
          if (asking === asked) setText(status, printable(messageOf(error)));
        },
      );
  }

  function paintStrips(): void {
    const found = strips;
    const shown = group;
    if (found === null || shown === null) return;
    shown.setStrips((recording, channel) => {
      if (recording !== 0 && recording !== explained + 1) return null;
      const { summary, offset } = shown.recordings[recording]!;
      const perStep = shown.timed ? 1 / summary.rate! : 1;
      const name = channelName(summary.channels[channel] ?? null, channel);
      return paintOf(
        recording === 0 ? found.query : found.match,
        channel,
        (at) => offset + at * perStep,
        (where) => stripLabel(fileNameOf(summary), name, where, shown.timed),
      );
    });
  }

  return {
    node,
    get isOpen() {
      return query !== null;
    },
    open,
    close,
    calibrated: () => {
      if (query !== null) showMeaning();
    },
  };
}

function sameMatch(a: Match, b: Match): boolean {
  return a.sequence.ref.path === b.sequence.ref.path && a.sequence.ref.number === b.sequence.ref.number;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function shortNumber(value: number): string {
  return Number(value.toPrecision(4)).toString().replace('-', '−');
}

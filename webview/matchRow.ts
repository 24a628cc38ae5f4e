import type { Button } from '@vscode/webview-ui-toolkit';
import type { Match, SequenceSummary } from '../src/protocol/engine';
import { iconButton, textButton } from './controls';
import { factsOf, matchLabel, sharesLabel } from './describe';
import { element, setText } from './dom';
import { formatCount } from './format';
import { t } from './l10n';
import { labelBadge } from './labelBadge';
import { plotView, type PlotView } from './plotView';
import { recordingName } from './recordingName';

export interface MatchRow {
  readonly node: HTMLElement;
  readonly plot: PlotView;
  readonly button: Button;
  /** The match as shown last. */
  readonly match: Match;
  /** Its distance as text. */
  readonly distance: string;
  update(shown: ShownMatch): void;
  /** Says what the distance means. */
  say(meaning: readonly string[]): void;
  /** Whether the row is the one that Tab reaches. */
  setActive(active: boolean): void;
}

/** A match and what is needed beside it to show it. */
export interface ShownMatch {
  readonly match: Match;
  readonly query: SequenceSummary;
  /** The distance as text. */
  readonly distance: string;
  /** The distance relative to the largest shown, from 0 to 1. */
  readonly share: number;
}

const laneHeight = (lanes: number): number => (lanes === 1 ? 44 : lanes === 2 ? 24 : lanes === 3 ? 18 : 14);

/** One match as a row of the grid; `search` makes it the query, `compare` shows why it is near. */
export function matchRow(first: ShownMatch, search: () => void, compare: (match: Match) => void): MatchRow {
  let { match, distance: distanceText } = first;
  const { sequence } = match;
  const plot = plotView(sequence, laneHeight);
  const button = textButton('secondary', 'Find similar to this', search);
  const why = iconButton('compare', t('Compare, and see why'), 'C', () => {
    compare(match);
  });
  const meaning = element('span', { class: 'row-meaning' });
  const rank = element('span', {});
  const number = element('span', { class: 'distance-number' });
  const bar = element('span', { class: 'bar-fill' });
  const label = cell('label-cell');
  const recording = cell(
    'recording',
    element('div', { class: 'name' }, ...recordingName(sequence)),
    element('div', { class: 'facts' }, ...factsOf(sequence).map((fact) => element('span', { class: 'fact' }, fact))),
  );
  const distance = cell('distance', number, element('span', { class: 'bar', 'aria-hidden': 'true' }, bar), meaning);
  const cells = [cell('rank', rank), recording, label, distance, cell('shape', plot.node), cell('action', why, button)];
  const node = element('div', { class: 'row', role: 'row', 'aria-keyshortcuts': 'Enter Shift+Enter F C' }, ...cells);
  const row: MatchRow = {
    node,
    plot,
    button,
    get match() {
      return match;
    },
    get distance() {
      return distanceText;
    },
    update: (shown) => {
      ({ match, distance: distanceText } = shown);
      const same = sharesLabel(shown.query, sequence);
      setText(rank, formatCount(match.rank));
      setText(number, shown.distance);
      bar.style.transform = `scaleX(${shown.share})`;
      label.replaceChildren(...(sequence.label === null ? [] : [labelBadge(sequence.label, same)]));
      node.setAttribute('aria-rowindex', String(match.rank + 1));
      node.setAttribute('aria-label', matchLabel(match, shown.distance, same));
    },
    say: (parts) => {
      setText(meaning, parts[0] ?? '');
      distance.title = parts.join('\n');
    },
    setActive: (active) => {
      node.tabIndex = active ? 0 : -1;
      for (const each of [why, button]) {
        if (active) each.removeAttribute('tabindex');
        else each.tabIndex = -1;
      }
    },
  };
  row.update(first);
  row.setActive(false);
  return row;
}

function cell(className: string, ...children: readonly Node[]): HTMLElement {
  return element('div', { class: className, role: 'gridcell' }, ...children);
}

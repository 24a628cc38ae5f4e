import type { PanelItem } from '../../../src/protocol/panel';
import type { SequenceRef, SequenceSummary } from '../../../src/protocol/engine';
import { iconOf } from '../../shared/controls';
import { detailsOf, factsOf, matchLabel, sequenceTitle, sharesLabel } from '../describe';
import { element, isolated, setText } from '../../shared/dom';
import { formatCount, printable, splitPath } from '../../shared/format';
import { t } from '../../shared/l10n';
import { labelBadge } from '../labelBadge';
import { rowPlot } from './rowPlot';
import type { RowPlots } from './rowPlots';

type Match = Extract<PanelItem, { kind: 'match' }>;

/** What is needed beside a match to show it. */
export interface RowContext {
  readonly query: SequenceSummary;
  /** The way that all distances of the list are written. */
  readonly format: (distance: number) => string;
  /** The distance that fills the whole bar. */
  readonly farthest: number;
  /** What a distance means, in one or two short sentences. */
  readonly meaning: (distance: number) => readonly string[];
}

/** A row of the list that shows one match after the other: making rows would take too long while one scrolls. */
export interface MatchRow {
  readonly node: HTMLElement;
  show(match: Match, context: RowContext, plots: RowPlots): void;
}

/** What happens in a row; the list knows which match it shows. */
export interface RowActs {
  run(command: 'findSimilar' | 'compare', row: HTMLElement): void;
  toggle(row: HTMLElement): void;
}

export function matchRow(acts: RowActs): MatchRow {
  const plot = rowPlot();
  const rank = element('span', { class: 'rank-number' });
  const check = element('span', { class: 'check', 'aria-hidden': 'true' }, iconOf('same'));
  const names = { file: isolated('file', ''), sequence: isolated('sequence', ''), folder: isolated('folder', '') };
  const name = element('div', { class: 'name' }, names.file, names.sequence, names.folder);
  const facts = element('div', { class: 'facts' });
  const label = cell('label-cell');
  const number = element('span', { class: 'distance-number' });
  const bar = element('span', { class: 'bar-fill' });
  const search = element('button', { class: 'row-action', type: 'button', tabindex: '-1' }, t('Find similar'));
  search.title = t('Find similar to this ({0})', 'F');
  const why = element('button', { class: 'row-action', type: 'button', tabindex: '-1' }, iconOf('compare'));
  why.title = `${t('Compare, and see why')} (C)`;
  why.setAttribute('aria-label', t('Compare, and see why'));
  const meaning = element('span', { class: 'row-meaning' });
  const distance = cell('distance', number, element('span', { class: 'bar', 'aria-hidden': 'true' }, bar), meaning);
  const node = element(
    'div',
    { class: 'row', role: 'row' },
    cell('rank', check, rank),
    cell('recording', name, facts),
    label,
    distance,
    cell('shape', plot.node),
    cell('action', why, search),
  );
  search.addEventListener('click', (event) => {
    event.stopPropagation();
    acts.run('findSimilar', node);
  });
  why.addEventListener('click', (event) => {
    event.stopPropagation();
    acts.run('compare', node);
  });
  check.addEventListener('click', (event) => {
    event.stopPropagation();
    acts.toggle(node);
  });
  check.title = t('Select ({0})', t('Space'));
  let shown: SequenceRef | null = null;
  let described: SequenceSummary | null = null;
  let wasSame = false;
  return {
    node,
    show: (match, { query, format, farthest, meaning: meaningOf }, plots) => {
      const { sequence } = match;
      const same = sharesLabel(query, sequence);
      setText(rank, formatCount(match.rank));
      setText(number, format(match.distance));
      bar.style.transform = `scaleX(${farthest > 0 ? Math.min(1, match.distance / farthest) : 0})`;
      const said = meaningOf(match.distance);
      setText(meaning, said[0] ?? '');
      distance.title = said.join('\n');
      node.setAttribute('aria-label', matchLabel(match, format(match.distance), same));
      if (sequence !== described || same !== wasSame) {
        described = sequence;
        wasSame = same;
        const { folder, name: fileName } = splitPath(printable(sequence.file));
        setText(names.file, fileName);
        setText(names.sequence, sequenceTitle(sequence) ?? '');
        setText(names.folder, folder.slice(0, -1));
        names.sequence.hidden = names.sequence.textContent === '';
        names.folder.hidden = folder === '';
        names.file.title = printable(sequence.file);
        setText(facts, factsOf(sequence).join(' · '));
        node.title = detailsOf(sequence);
        label.replaceChildren(...(sequence.label === null ? [] : [labelBadge(sequence.label, same)]));
      }
      if (shown?.path !== sequence.ref.path || shown.number !== sequence.ref.number) {
        shown = sequence.ref;
        plot.begin(sequence);
      }
      plots.show(plot, sequence.ref);
    },
  };
}

function cell(className: string, ...children: readonly Node[]): HTMLElement {
  return element('div', { class: className, role: 'gridcell' }, ...children);
}

import type { Match, SequenceRef, SequenceSummary } from '../../../src/protocol/engine';
import { iconOf } from '../../shared/controls';
import { doubtText, sequenceTitle } from '../../shared/describe';
import { detailsOf, factsOf, matchLabel } from '../describe';
import { element, isolated, setText } from '../../shared/dom';
import { formatCount, printable, splitPath } from '../../shared/format';
import { t } from '../../shared/l10n';
import { canBeHeard } from '../../shared/sound';
import { labelBadge } from '../../shared/recordingName';
import { keyOf } from '../../shared/memory';
import { sameLabel, type Mark } from '../../../src/protocol/sequences';
import { pairDistance } from '../wanted';
import { rowPlot } from './rowPlot';
import type { RowPlots } from './rowPlots';

/** What is needed beside a match to show it. */
export interface RowContext {
  /** The one of the wanted sequences that a match is nearest to. */
  readonly wanted: (match: Match) => SequenceSummary;
  /** By the keys of sequences. */
  readonly marks: ReadonlyMap<string, Mark>;
  /** The way that all distances of the list are written. */
  readonly format: (distance: number) => string;
  /** The distance that fills the whole bar. */
  readonly farthest: number;
  /** The key of the recording that is heard, if one is. */
  readonly playing: string | null;
  /** What a distance means, in one or two short sentences. */
  readonly meaning: (distance: number) => readonly string[];
}

/** What happens in a row; the list knows which match it shows. */
export interface RowActs {
  run(command: 'findSimilar' | 'compare', row: HTMLElement): void;
  toggle(row: HTMLElement): void;
  play(row: HTMLElement): void;
}

/** A row of the list that shows one match after the other: making rows would take too long while one scrolls. */
export class MatchRow {
  readonly node: HTMLElement;
  private readonly rank = element('span', { class: 'rank-number' });
  private readonly recording = recordingCell();
  private readonly label = cell('label-cell');
  private readonly distance = distanceCell();
  private readonly plot = rowPlot();
  private readonly sound = rowAction(iconOf('play'));
  private shown: SequenceRef | null = null;
  private described: { readonly sequence: SequenceSummary; readonly same: boolean } | null = null;

  constructor(acts: RowActs) {
    const check = element('span', { class: 'check', 'aria-hidden': 'true' }, iconOf('same'));
    check.title = t('Select ({0})', t('Space'));
    const search = rowAction(t('Find similar'));
    search.title = t('Find similar to this ({0})', 'F');
    const why = rowAction(iconOf('compare'));
    why.title = `${t('Compare, and see why')} (C)`;
    why.setAttribute('aria-label', t('Compare, and see why'));
    this.node = element(
      'div',
      { class: 'row', role: 'row' },
      cell('rank', check, this.rank),
      this.recording.node,
      this.label,
      this.distance.node,
      cell('shape', this.plot.node),
      cell('action', this.sound, why, search),
    );
    onClick(search, () => {
      acts.run('findSimilar', this.node);
    });
    onClick(why, () => {
      acts.run('compare', this.node);
    });
    onClick(this.sound, () => {
      acts.play(this.node);
    });
    onClick(check, () => {
      acts.toggle(this.node);
    });
  }

  show(match: Match, context: RowContext, plots: RowPlots): void {
    const { sequence } = match;
    const same = sameLabel(context.wanted(match), sequence);
    const mark = context.marks.get(keyOf(sequence.ref)) ?? null;
    setText(this.rank, formatCount(match.rank));
    this.showSound(sequence, context.playing === keyOf(sequence.ref));
    this.distance.show(match, context);
    this.recording.mark(mark);
    const label = matchLabel(match, context.format(match.distance), same);
    this.node.setAttribute('aria-label', mark === null ? label : `${label}, ${markText(mark)}`);
    if (sequence !== this.described?.sequence || same !== this.described.same) {
      this.described = { sequence, same };
      this.recording.show(sequence);
      this.node.title = detailsOf(sequence);
      this.label.replaceChildren(...(sequence.label === null ? [] : [labelBadge(sequence.label, same)]));
    }
    if (this.shown?.path !== sequence.ref.path || this.shown.number !== sequence.ref.number) {
      this.shown = sequence.ref;
      this.plot.begin(sequence);
    }
    plots.show(this.plot, sequence.ref);
  }

  private showSound(sequence: SequenceSummary, isPlaying: boolean): void {
    const text = isPlaying ? t('Stop') : t('Play');
    this.sound.hidden = !canBeHeard(sequence);
    this.sound.title = `${text} (P)`;
    this.sound.setAttribute('aria-label', text);
    this.sound.classList.toggle('playing', isPlaying);
    this.sound.replaceChildren(iconOf(isPlaying ? 'stop' : 'play'));
  }
}

/** The name of a recording, and below it what else is known of it. */
function recordingCell(): {
  readonly node: HTMLElement;
  show(sequence: SequenceSummary): void;
  mark(mark: Mark | null): void;
} {
  const file = isolated('file', '');
  const number = isolated('sequence', '');
  const folder = isolated('folder', '');
  const sign = element('span', { class: 'mark', role: 'img' });
  sign.hidden = true;
  const unsure = element(
    'span',
    { class: 'unsure', role: 'img', 'aria-label': t('Check how it is read') },
    iconOf('unsure'),
  );
  const facts = element('div', { class: 'facts' });
  return {
    node: cell('recording', element('div', { class: 'name' }, sign, file, number, unsure, folder), facts),
    show: (sequence) => {
      const path = splitPath(printable(sequence.file));
      setText(file, path.name);
      setText(number, sequenceTitle(sequence) ?? '');
      setText(folder, path.folder.slice(0, -1));
      number.hidden = number.textContent === '';
      folder.hidden = path.folder === '';
      unsure.hidden = sequence.doubts.length === 0;
      unsure.title = doubtText(sequence);
      file.title = printable(sequence.file);
      setText(facts, factsOf(sequence).join(' · '));
    },
    mark: (mark) => {
      sign.hidden = mark === null;
      sign.className = `mark ${mark ?? ''}`;
      if (mark === null) return;
      sign.setAttribute('aria-label', markText(mark));
      sign.title = markText(mark);
      sign.replaceChildren(iconOf(mark));
    },
  };
}

/** What a mark says. */
function markText(mark: Mark): string {
  return mark === 'more' ? t('marked: more like this') : t('marked: not like this');
}

/** A distance as a number, as a bar, and in words. */
function distanceCell(): { readonly node: HTMLElement; show(match: Match, context: RowContext): void } {
  const number = element('span', { class: 'distance-number' });
  const bar = element('span', { class: 'bar-fill' });
  const meaning = element('span', { class: 'row-meaning' });
  const node = cell('distance', number, element('span', { class: 'bar', 'aria-hidden': 'true' }, bar), meaning);
  return {
    node,
    show: (match, context) => {
      const { distance } = match;
      setText(number, context.format(distance));
      bar.style.transform = `scaleX(${context.farthest > 0 ? Math.min(1, distance / context.farthest) : 0})`;
      const said = context.meaning(pairDistance(match));
      setText(meaning, said[0] ?? '');
      const from =
        match.nearest && t('{0} from {1}', context.format(pairDistance(match)), printable(context.wanted(match).file));
      node.title = [...(from === undefined ? [] : [from]), ...said].join('\n');
    },
  };
}

function rowAction(content: Node | string): HTMLButtonElement {
  return element('button', { class: 'row-action', type: 'button', tabindex: '-1' }, content);
}

function onClick(node: HTMLElement, act: () => void): void {
  node.addEventListener('click', (event) => {
    event.stopPropagation();
    act();
  });
}

function cell(className: string, ...children: readonly Node[]): HTMLElement {
  return element('div', { class: className, role: 'gridcell' }, ...children);
}

import type { Match, SequenceSummary } from '../../../src/protocol/engine';
import { iconButton } from '../../shared/controls';
import { element, setText } from '../../shared/dom';
import { formatCount, printable } from '../../shared/format';
import { t } from '../../shared/l10n';
import { fileNameOf } from '../../shared/plots/laneSet';
import { chip } from './choices';

/** What is compared, as the head shows it. */
export interface Compared {
  readonly query: SequenceSummary;
  readonly matches: readonly Match[];
  /** Which of the matches is explained. */
  readonly explained: number;
  readonly distance: string;
  /** What the distance means. */
  readonly meaning: readonly string[];
  readonly hasPrevious: boolean;
  readonly hasNext: boolean;
  /** The match that can be added, or `null`. */
  readonly further: Match | null;
}

export interface HeadActions {
  readonly close: () => void;
  readonly step: (way: 'previous' | 'next') => void;
  readonly explain: (index: number) => void;
  readonly add: (match: Match) => void;
}

export interface ComparisonHead {
  readonly node: HTMLElement;
  /** The recordings that are compared. */
  readonly recordings: HTMLElement;
  update(compared: Compared): void;
  focus(): void;
  /** What is compared, in words. */
  text(): string;
}

/** Names what is compared, says what the distance means, and leads to other matches and back. */
export function comparisonHead(actions: HeadActions): ComparisonHead {
  const title = element('h2', { tabindex: '-1' });
  const distance = element('span', { class: 'shown-distance' });
  const meaning = element('p', { class: 'meaning dim' });
  const recordings = element('div', { class: 'compared', role: 'group', 'aria-label': t('Compared recordings') });
  const back = iconButton('back', t('Back to the matches'), 'Esc', actions.close);
  const previous = iconButton('up', t('Previous match'), 'P', () => {
    actions.step('previous');
  });
  const next = iconButton('down', t('Next match'), 'N', () => {
    actions.step('next');
  });
  const bar = element(
    'header',
    { class: 'comparison-head' },
    back,
    title,
    distance,
    element('span', { class: 'steps' }, previous, next),
  );
  const chipOf = (match: Match, index: number, explained: boolean): HTMLElement => {
    const { sequence, rank } = match;
    const text = `${formatCount(rank)} · ${fileNameOf(sequence)}`;
    const made = chip(text, t('Explain the distance to {0}', printable(sequence.file)), explained, () => {
      actions.explain(index);
    });
    made.classList.add(`match-${index + 1}`);
    return made;
  };
  return {
    node: element('div', {}, bar, meaning),
    recordings,
    update: (compared) => {
      const { query, matches, explained, further } = compared;
      setText(title, t('{0} and {1}', fileNameOf(query), fileNameOf(matches[explained]!.sequence)));
      setText(distance, t('distance {0}', compared.distance));
      setText(meaning, compared.meaning.join(' · '));
      previous.disabled = !compared.hasPrevious;
      next.disabled = !compared.hasNext;
      const own = element('span', { class: 'chip of-query', title: printable(query.file) }, t('Query'));
      const chips = matches.map((match, i) => chipOf(match, i, i === explained));
      const add =
        further === null
          ? []
          : [
              chip(t('+ next match'), t('Compare with {0} as well', fileNameOf(further.sequence)), null, () => {
                actions.add(further);
              }),
            ];
      recordings.replaceChildren(own, ...chips, ...add);
    },
    focus: () => {
      title.focus({ preventScroll: true });
    },
    text: () => title.textContent,
  };
}

import type { Match } from '../../../src/protocol/engine';
import { chip, iconButton } from '../../shared/controls';
import { element, setText } from '../../shared/dom';
import { formatCount, printable } from '../../shared/format';
import { t } from '../../shared/l10n';
import { fileNameOf } from '../../shared/plots/laneSet';
import type { Compared } from './comparisonPlots';

/** What is compared, as the head shows it. */
export interface HeadContent extends Compared {
  readonly distance: string;
  /** Whether the query is the nearest of several. */
  readonly isNearest: boolean;
  /** What the distance means, and what these words mean. */
  readonly meaning: readonly string[];
  readonly hasPrevious: boolean;
  readonly hasNext: boolean;
  /** The match that can be added, or `null`. */
  readonly further: Match | null;
}

export interface HeadActions {
  readonly close: () => void;
  readonly step: (way: 'previous' | 'next') => void;
  readonly explain: (match: Match) => void;
  readonly add: (match: Match) => void;
}

export interface ComparisonHead {
  readonly node: HTMLElement;
  /** The recordings that are compared. */
  readonly recordings: HTMLElement;
  update(content: HeadContent): void;
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
  const steps = element('span', { class: 'steps' }, previous, next);
  const bar = element('header', { class: 'comparison-head' }, back, title, distance, steps);
  return {
    node: element('div', {}, bar, meaning),
    recordings,
    update: (content) => {
      const { query, explained } = content;
      setText(title, t('{0} and {1}', fileNameOf(query), fileNameOf(explained.sequence)));
      setText(distance, t('distance {0}', content.distance));
      const against = content.isNearest
        ? [t('Compared with {0}, the nearest one that is wanted', fileNameOf(query))]
        : [];
      setText(meaning, [...against, ...content.meaning.slice(0, 1)].join(' · '));
      meaning.title = content.meaning.join('\n');
      previous.disabled = !content.hasPrevious;
      next.disabled = !content.hasNext;
      recordings.replaceChildren(...recordingChips(content, actions));
    },
    focus: () => {
      title.focus({ preventScroll: true });
    },
    text: () => title.textContent,
  };
}

/** The query, the matches, of which each can be explained, and the one that can be added. */
function recordingChips({ query, matches, explained, further }: HeadContent, actions: HeadActions): HTMLElement[] {
  const own = element('span', { class: 'chip of-query', title: printable(query.file) }, t('Query'));
  const chips = matches.map((match, i) => {
    const { sequence, rank } = match;
    const text = `${formatCount(rank)} · ${fileNameOf(sequence)}`;
    const title = t('Explain the distance to {0}', printable(sequence.file));
    const made = chip(text, title, match === explained, () => {
      actions.explain(match);
    });
    made.classList.add(`match-${i + 1}`);
    return made;
  });
  if (further === null) return [own, ...chips];
  const add = chip(t('+ next match'), t('Compare with {0} as well', fileNameOf(further.sequence)), null, () => {
    actions.add(further);
  });
  return [own, ...chips, add];
}

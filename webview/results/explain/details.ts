import type { SequenceRef, SequenceSummary } from '../../../src/protocol/engine';
import type { Asker } from '../../shared/ask';
import { element } from '../../shared/dom';
import { formatCount } from '../../shared/format';
import { t } from '../../shared/l10n';
import { featureCard, type Explanation, type FeatureCard } from './featureCard';

/** Passages of each feature in either recording. */
const passages = 2;
const passageColumns = 160;

export interface DetailsParts {
  readonly asker: Asker;
  readonly query: SequenceSummary;
  readonly match: SequenceSummary;
  readonly format: (value: number) => string;
  readonly go: (side: 'query' | 'match', start: number, end: number) => void;
  /** Aborted when nobody looks at it any more. */
  readonly life: AbortSignal;
}

/** The features that add most, each on a card, behind a line that opens them; passages are asked for when it is opened. */
export function detailsView(explanation: Explanation, parts: DetailsParts): HTMLElement {
  const { query, match, format, go, life, asker } = parts;
  const cards = explanation.features.map((term) => featureCard(term, explanation.distance, query.channels, format, go));
  const node = element(
    'details',
    {},
    element('summary', {}, t('Details: the features that add most')),
    element('p', { class: 'dim' }, noteOf(explanation)),
    element('div', { class: 'features' }, ...cards.map((card) => card.node)),
  );
  node.addEventListener(
    'toggle',
    () => {
      fill(cards, 'query', query.ref, asker, life);
      fill(cards, 'match', match.ref, asker, life);
    },
    { once: true },
  );
  return node;
}

function noteOf({ features, of }: Explanation): string {
  return t(
    'The {0} of {1} features that add most to the distance. The shaded area is the part without the order in time.',
    formatCount(features.length),
    formatCount(of),
  );
}

/** Draws the passages of one recording where each feature is strongest. */
function fill(
  cards: readonly FeatureCard[],
  side: 'query' | 'match',
  ref: SequenceRef,
  asker: Asker,
  life: AbortSignal,
): void {
  if (life.aborted) return;
  const features = cards.map(({ term }) => ({ channel: term.channel ?? 0, feature: term.feature }));
  asker.ask('passages', { ref, features, count: passages, columns: passageColumns }, life).then(
    (found) => {
      for (const card of cards) {
        const { channel, feature } = card.term;
        card.show(side, found.find((each) => each.channel === (channel ?? 0) && each.feature === feature) ?? null);
      }
    },
    () => {
      for (const card of cards) card.show(side, null);
    },
  );
}

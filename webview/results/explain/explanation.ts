import type { SequenceSummary } from '../../../src/protocol/engine';
import type { Asker } from '../../shared/ask';
import { element } from '../../shared/dom';
import { formatCount, printable } from '../../shared/format';
import { t } from '../../shared/l10n';
import { channelTable } from './channelTable';
import { featureCard, type Explanation, type FeatureCard } from './featureCard';

/** Features that are shown, and passages of each in either recording. */
const shownFeatures = 6;
const passages = 2;
const passageColumns = 160;

export interface ExplanationView {
  readonly node: HTMLElement;
  /** The channels' parts where only time steps can tell them. */
  showChannels(sums: readonly number[]): void;
  /** Nobody looks at it any more. */
  close(): void;
}

/** What the distance of two recordings is made of. @param go shows a passage in the plots */
export function explanationView(
  asker: Asker,
  query: SequenceSummary,
  match: SequenceSummary,
  format: (value: number) => string,
  go: (side: 'query' | 'match', start: number, end: number) => void,
): ExplanationView {
  const life = new AbortController();
  const channels = element('div', { class: 'channel-parts' });
  const features = element('div', { class: 'features' });
  const note = element('p', { class: 'dim' }, t('Measuring…'));
  const node = element(
    'section',
    { class: 'explanation', 'aria-label': t('What the distance is made of') },
    element('div', { class: 'by-channel' }, element('h3', {}, t('By channel')), channels),
    element('div', { class: 'by-feature' }, element('h3', {}, t('By feature')), note, features),
  );
  const showChannels = (sums: readonly number[]): void => {
    channels.replaceChildren(channelTable(query.channels, sums, format));
  };
  const show = (explanation: Explanation): void => {
    if (explanation.channels !== null) showChannels(explanation.channels);
    note.textContent = t(
      'The {0} of {1} features that add most. The shaded area is what the whole recordings add; the rest is the order in time.',
      formatCount(explanation.features.length),
      formatCount(explanation.of),
    );
    const cards = explanation.features.map((term) =>
      featureCard(term, explanation.distance, query.channels, format, go),
    );
    features.replaceChildren(...cards.map((card) => card.node));
    fill(cards);
  };
  const fill = (cards: readonly FeatureCard[]): void => {
    for (const side of ['query', 'match'] as const) {
      const { ref } = side === 'query' ? query : match;
      const wanted = cards.map(({ term }) => ({ channel: term.channel ?? 0, feature: term.feature }));
      asker.ask('passages', { ref, features: wanted, count: passages, columns: passageColumns }, life.signal).then(
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
  };
  asker
    .ask('explain', { query: query.ref, match: match.ref, features: shownFeatures }, life.signal)
    .then(show)
    .catch((error: unknown) => {
      note.textContent = printable(error instanceof Error ? error.message : String(error));
    });
  return {
    node,
    showChannels,
    close: () => {
      life.abort();
    },
  };
}

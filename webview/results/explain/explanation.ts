import type { SequenceRef, SequenceSummary } from '../../../src/protocol/engine';
import type { Asker } from '../../shared/ask';
import { element, setText } from '../../shared/dom';
import { formatCount, formatNumber, formatShare, messageOf } from '../../shared/format';
import { t } from '../../shared/l10n';
import { channelName } from '../../shared/plots/legend';
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
  asker.ask('explain', { query: query.ref, match: match.ref, features: shownFeatures }, life.signal).then(
    (explanation) => {
      if (explanation.channels !== null) showChannels(explanation.channels);
      setText(note, featuresNote(explanation));
      const cards = explanation.features.map((term) =>
        featureCard(term, explanation.distance, query.channels, format, go),
      );
      features.replaceChildren(...cards.map((card) => card.node));
      fill(cards, 'query', query.ref, asker, life.signal);
      fill(cards, 'match', match.ref, asker, life.signal);
    },
    (error: unknown) => {
      setText(note, messageOf(error));
    },
  );
  return {
    node,
    showChannels,
    close: () => {
      life.abort();
    },
  };
}

function featuresNote({ features, of }: Explanation): string {
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

/** What each channel adds to the distance, largest first, as a table whose numbers sum to the distance. */
function channelTable(
  names: readonly (string | null)[],
  parts: readonly number[],
  format: (value: number) => string,
): HTMLElement {
  const total = parts.reduce((sum, part) => sum + part, 0);
  const largest = Math.max(Number.MIN_VALUE, ...parts);
  const order = parts.map((part, channel) => ({ part, channel })).sort((a, b) => b.part - a.part);
  const rows = order.map(({ part, channel }) => {
    const bar = element('span', { class: 'part-fill' });
    bar.style.transform = `scaleX(${part / largest})`;
    return element(
      'tr',
      {},
      element('th', { scope: 'row' }, element('bdi', {}, channelName(names[channel] ?? null, channel))),
      element('td', { class: 'part-bar', 'aria-hidden': 'true' }, element('span', { class: 'bar' }, bar)),
      element('td', { class: 'number', title: formatNumber(part, 6) }, format(part)),
      element('td', { class: 'number dim' }, total > 0 ? formatShare(part / total) : '–'),
    );
  });
  const head = element(
    'tr',
    { class: 'visually-hidden-row' },
    element('th', { scope: 'col' }, t('Channel')),
    element('td', { 'aria-hidden': 'true' }),
    element('th', { scope: 'col' }, t('Part of the distance')),
    element('th', { scope: 'col' }, t('Share')),
  );
  const sum = element(
    'tr',
    { class: 'sum' },
    element('th', { scope: 'row', colspan: '2' }, t('Sum: the distance')),
    element('td', { class: 'number' }, format(total)),
    element('td', { class: 'number dim' }, ''),
  );
  return element(
    'table',
    { class: 'parts' },
    element('thead', {}, head),
    element('tbody', {}, ...rows),
    element('tfoot', {}, sum),
  );
}

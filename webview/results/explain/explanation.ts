import { mainChannel, reasonsOf, type Reason, type ReasonFacts, type ReasonWords } from '../../../src/l10n/reasons';
import type { SequenceSummary } from '../../../src/protocol/engine';
import type { Explanation, Reasons } from '../../../src/protocol/explanation';
import type { Asker } from '../../shared/ask';
import { element, setText } from '../../shared/dom';
import { formatNumber, formatShare, messageOf, printable } from '../../shared/format';
import { t } from '../../shared/l10n';
import { channelName } from '../../shared/plots/legend';
import { channelTable } from './channelTable';
import { detailsView } from './details';
import type { Strips } from './heat';
import { reasonList, type ReasonList } from './reasonList';

/** Features that are shown. */
const shownFeatures = 6;

export interface ExplanationParts {
  readonly asker: Asker;
  readonly query: SequenceSummary;
  readonly match: SequenceSummary;
  readonly format: (value: number) => string;
  /** Shows a passage in the plots. */
  readonly go: (side: 'query' | 'match', start: number, end: number) => void;
  /** Marks in the plots what a sentence is about, or nothing. */
  readonly mark: (reason: Reason | null) => void;
  /** Called once: with the channels, those first that add most, or `null` where that is not known. */
  readonly ordered: (channels: readonly number[] | null) => void;
}

/** What the distance of two recordings is made of: in sentences, by channel, and by feature. */
export class ExplanationView {
  readonly node: HTMLElement;
  private readonly life = new AbortController();
  private readonly reasons: ReasonList;
  private readonly problem = element('p', { class: 'dim' }, t('Measuring…'));
  private readonly channels = element('div', { class: 'channel-parts' });
  private readonly features = element('div', { class: 'by-feature' });
  private facts: ReasonFacts | null = null;

  constructor(private readonly parts: ExplanationParts) {
    this.reasons = reasonList(parts.mark);
    const byChannel = element('div', { class: 'by-channel' }, element('h3', {}, t('By channel')), this.channels);
    this.node = element(
      'section',
      { class: 'explanation', 'aria-label': t('What the distance is made of') },
      element(
        'div',
        { class: 'why' },
        element('h3', {}, t('What makes the difference')),
        this.problem,
        this.reasons.node,
      ),
      byChannel,
      this.features,
    );
    this.begin();
  }

  /**
   * Strips of the whole recordings, or `null` where there are none: where channels are pooled, only time steps can tell what
   * channels add.
   */
  measured(found: Strips | null): void {
    if (this.facts === null || this.facts.explanation.channels !== null) return;
    if (found === null) {
      this.tell(this.facts, true);
      return;
    }
    this.showChannels(found.query.sums);
    this.tell({ ...this.facts, time: { query: found.query.most, match: found.match.most } }, true);
  }

  /** Nobody looks at it any more. */
  close(): void {
    this.life.abort();
  }

  private begin(): void {
    const { asker, query, match } = this.parts;
    const asked = { query: query.ref, match: match.ref, features: shownFeatures };
    asker.ask('explain', asked, this.life.signal).then(
      (explanation) => {
        this.explained(explanation);
      },
      (error: unknown) => {
        setText(this.problem, messageOf(error));
        this.parts.ordered(null);
      },
    );
  }

  private explained(explanation: Explanation): void {
    const { channels } = explanation;
    this.problem.hidden = true;
    this.features.replaceChildren(detailsView(explanation, { ...this.parts, life: this.life.signal }));
    const facts = { explanation, reasons: null, time: null };
    if (channels === null || explanation.distance === 0) {
      this.tell(facts, explanation.distance === 0);
      this.parts.ordered(null);
      return;
    }
    this.showChannels(channels);
    const order = channels.map((part, channel) => ({ part, channel })).sort((a, b) => b.part - a.part);
    this.parts.ordered(order.map(({ channel }) => channel));
    this.tell(facts, false);
    this.ask(facts, mainChannel(explanation) ?? 0);
  }

  private ask(facts: ReasonFacts, channel: number): void {
    const { asker, query, match } = this.parts;
    asker.ask('reasons', { query: query.ref, match: match.ref, channel }, this.life.signal).then(
      (reasons) => {
        this.tell({ ...facts, reasons: withSafeUnit(reasons) }, true);
      },
      () => {
        // What is known without the samples stays; why they cannot be read stands below the curves.
        this.tell(facts, true);
      },
    );
  }

  private tell(facts: ReasonFacts, complete: boolean): void {
    this.facts = facts;
    this.reasons.update(reasonsOf(facts, wordsOf(this.parts)), complete);
  }

  private showChannels(sums: readonly number[]): void {
    this.channels.replaceChildren(channelTable(this.parts.query.channels, sums, this.parts.format));
  }
}

function withSafeUnit(reasons: Reasons): Reasons {
  return { ...reasons, unit: reasons.unit === null ? null : printable(reasons.unit) };
}

function wordsOf({ query, match, format }: ExplanationParts): ReasonWords {
  const sides = { query, match };
  return {
    channel: (channel) => channelName(query.channels[channel] ?? null, channel),
    share: formatShare,
    distance: format,
    at: (side, step) => {
      const { rate } = sides[side];
      return rate === null ? t('step {0}', step) : `${formatNumber(step / rate, 4)} s`;
    },
  };
}

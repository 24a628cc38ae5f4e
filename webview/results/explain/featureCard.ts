import { bandText, kindText } from '../../../src/l10n/reasons';
import type { Explanation, FeaturePassages } from '../../../src/protocol/explanation';
import { element, svg } from '../../shared/dom';
import { formatNumber, formatShare } from '../../shared/format';
import { t } from '../../shared/l10n';
import { bandPath } from '../../shared/plots/plotPath';
import { channelName } from '../../shared/plots/legend';
import { densityPlot, quantilePlot } from './featurePlots';

export type { Explanation, FeaturePassages };
export type FeatureTerm = Explanation['features'][number];

export interface FeatureCard {
  readonly node: HTMLElement;
  readonly term: FeatureTerm;
  /** Draws the passages of one of the two recordings. */
  show(side: 'query' | 'match', found: FeaturePassages | null): void;
}

/** One feature: its two distributions, what it adds, and where it is strongest in both recordings. */
export function featureCard(
  term: FeatureTerm,
  total: number,
  names: readonly (string | null)[],
  format: (value: number) => string,
  go: (side: 'query' | 'match', start: number, end: number) => void,
): FeatureCard {
  const channel = term.channel === null ? t('all channels') : channelName(names[term.channel] ?? null, term.channel);
  const kind = term.band === null ? kindText(term.name) : `${kindText(term.name)} ${bandText(term.band)}`;
  const heading = element(
    'h4',
    {},
    t('Feature {0}', term.feature + 1),
    ' ',
    element('bdi', { class: 'dim' }, channel),
    element('span', { class: 'feature-kind dim' }, kind),
  );
  const share = total > 0 ? formatShare(term.part / total) : '–';
  const part = element('span', { class: 'feature-part', title: partsTitle(term) }, `${format(term.part)} · ${share}`);
  const quantiles = figure(quantilePlot(term.query, term.match), t('Quantiles'));
  const densities = figure(densityPlot(term.query, term.match), t('Densities'));
  const passages = {
    query: element('div', { class: 'passages of-query' }),
    match: element('div', { class: 'passages of-match' }),
  };
  const node = element(
    'article',
    { class: 'feature' },
    element('header', {}, heading, part),
    element('div', { class: 'figures' }, quantiles, densities),
    element('p', { class: 'dim strongest' }, t('Strongest here:')),
    passages.query,
    passages.match,
  );
  return {
    node,
    term,
    show: (side, found) => {
      const side_ = passages[side];
      if (found === null || found.passages.length === 0) {
        side_.replaceChildren(element('span', { class: 'dim' }, '–'));
        return;
      }
      side_.replaceChildren(...found.passages.map((passage) => passageButton(side, found, passage, go)));
    },
  };
}

/** The summands of a feature's part: the area between its quantile functions, and what quarters and views add. */
function partsTitle({ part, course, views }: FeatureTerm): string {
  const all = formatNumber(part, 6);
  const whole = formatNumber(part - course - views, 6);
  const order = formatNumber(course, 6);
  if (views === 0) return t('{0} = {1} over the whole recordings + {2} by order in time', all, whole, order);
  const tempos = formatNumber(views, 6);
  return t(
    '{0} = {1} over the whole recordings + {2} by order in time + {3} at other tempos',
    ...[all, whole, order, tempos],
  );
}

function figure(plot: SVGSVGElement, caption: string): HTMLElement {
  return element('figure', {}, plot, element('figcaption', { class: 'dim' }, caption));
}

const passageHeight = 40;

function passageButton(
  side: 'query' | 'match',
  { rate }: FeaturePassages,
  { start, end, minimum, maximum }: FeaturePassages['passages'][number],
  go: (side: 'query' | 'match', start: number, end: number) => void,
): HTMLElement {
  const d = bandPath(minimum, maximum, { top: 3, height: passageHeight - 6 });
  const curve = svg(
    'svg',
    {
      viewBox: `0 0 ${Math.max(1, minimum.length)} ${passageHeight}`,
      preserveAspectRatio: 'none',
      'aria-hidden': 'true',
    },
    svg('path', { class: 'curve', d }),
  );
  const when = rate === null ? t('step {0}', start) : `${formatNumber(start / rate, 4)} s`;
  const button = element('button', { class: 'passage', type: 'button' }, curve, element('span', {}, when));
  const recording = side === 'query' ? t('the query') : t('the match');
  button.title = t('Show {0} at {1}', recording, when);
  button.setAttribute('aria-label', button.title);
  button.addEventListener('click', () => {
    go(side, start, end);
  });
  return button;
}

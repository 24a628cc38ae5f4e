import type { FromWebview } from '../../src/protocol/panel';
import { files } from '../../src/l10n/nouns';
import { iconButton, iconOf, textButton } from '../shared/controls';
import { element } from '../shared/dom';
import { formatCount, printable } from '../shared/format';
import { t } from '../shared/l10n';
import { coverageOf, type State } from './state';

export interface Banner {
  readonly kind: 'info' | 'warning';
  readonly text: string;
  readonly action: 'retry' | 'dismiss' | null;
}

/** Lines above the content: what is wrong, and how far the shown results can be relied on. */
export function bannersOf(state: State): readonly Banner[] {
  const banners: Banner[] = [];
  if (state.complaint !== null) banners.push({ kind: 'warning', text: printable(state.complaint), action: 'dismiss' });
  if (state.index?.problem) banners.push({ kind: 'warning', text: printable(state.index.problem), action: null });
  const coverage = coverageOf(state);
  const then = state.indexThen;
  if (then === null || state.results?.candidates === 0) return banners;
  if (coverage === 'partial')
    banners.push({
      kind: 'info',
      text: t('Ranked among the {0} of {1} indexed so far.', formatCount(then.done), files(then.total)),
      action: 'retry',
    });
  if (coverage === 'outdated') {
    const text = t(
      'Ranked among the {0} of {1} indexed at the time. The index is complete now.',
      formatCount(then.done),
      files(then.total),
    );
    banners.push({ kind: 'info', text, action: 'retry' });
  }
  return banners;
}

/** Draws the banners of a state into a region; what is shown already is not touched, so that it is announced once. */
export function bannerRegion(
  post: (message: FromWebview) => void,
  dismiss: () => void,
): { node: HTMLElement; update(state: State): void } {
  const node = element('div', { class: 'banners' });
  let shown = '';
  return {
    node,
    update: (state) => {
      const banners = bannersOf(state);
      const described = JSON.stringify(banners);
      if (described === shown) return;
      shown = described;
      node.replaceChildren(...banners.map((banner) => bannerView(banner, post, dismiss)));
    },
  };
}

function bannerView(
  { kind, text, action }: Banner,
  post: (message: FromWebview) => void,
  dismiss: () => void,
): HTMLElement {
  const button =
    action === 'retry'
      ? textButton('secondary', t('Search again'), () => {
          post({ type: 'retry' });
        })
      : action === 'dismiss'
        ? iconButton('close', t('Dismiss'), null, dismiss)
        : null;
  const role = kind === 'warning' ? 'alert' : 'note';
  return element('div', { class: `banner ${kind}`, role }, iconOf(kind), element('span', {}, text), button);
}

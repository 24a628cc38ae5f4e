import type { FromWebview } from '../../src/protocol/panel';
import { type Banner, bannersOf } from './banners';
import { iconButton, iconOf, textButton } from '../shared/controls';
import { element } from '../shared/dom';
import { t } from '../shared/l10n';
import type { State } from './state';

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

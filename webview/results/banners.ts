import { iconButton, iconOf } from '../shared/controls';
import { element } from '../shared/dom';
import { printable } from '../shared/format';
import { t } from '../shared/l10n';
import type { State } from './state';

export interface Banner {
  readonly text: string;
  /** Whether the user can have it taken away. */
  readonly dismissible: boolean;
}

/** Lines above the content: what is wrong. */
export function bannersOf(state: State): readonly Banner[] {
  const banners: Banner[] = [];
  if (state.complaint !== null) banners.push({ text: printable(state.complaint), dismissible: true });
  if (state.index?.problem) banners.push({ text: printable(state.index.problem), dismissible: false });
  return banners;
}

/** Draws the banners of a state into a region; what is shown already is not touched, so that it is announced once. */
export function bannerRegion(dismiss: () => void): { node: HTMLElement; update(state: State): void } {
  const node = element('div', { class: 'banners' });
  let shown = '';
  return {
    node,
    update: (state) => {
      const banners = bannersOf(state);
      const described = JSON.stringify(banners);
      if (described === shown) return;
      shown = described;
      node.replaceChildren(...banners.map((banner) => bannerView(banner, dismiss)));
    },
  };
}

function bannerView({ text, dismissible }: Banner, dismiss: () => void): HTMLElement {
  const button = dismissible ? iconButton('close', t('Dismiss'), null, dismiss) : null;
  return element(
    'div',
    { class: 'banner warning', role: 'alert' },
    iconOf('warning'),
    element('span', {}, text),
    button,
  );
}

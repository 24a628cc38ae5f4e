import { element } from '../dom';
import { printable } from '../format';
import { t } from '../l10n';

/** Channels that are shown at first. */
const shownAtFirst = 6;

export interface Legend {
  readonly node: HTMLElement;
  /** The numbers of the channels that are shown, in their order. */
  shown(): readonly number[];
  /** Puts channels into another order; those at its start are shown unless somebody has chosen others. */
  arrange?(order: readonly number[]): void;
  /** Shows a channel beside those that are shown. */
  show?(channel: number): void;
}

/** The channels as buttons that show and hide them, in all plots together. The last one that is shown stays. */
export function legend(channels: readonly (string | null)[], changed: () => void): Legend {
  let order = channels.map((_, index) => index);
  let chosen = false;
  const visible = new Set(order.slice(0, shownAtFirst));
  const buttons = channels.map((name, index) => {
    const text = channelName(name, index);
    const button = element(
      'button',
      { class: 'chip', type: 'button', title: t('Show or hide {0}', text) },
      element('bdi', {}, text),
    );
    button.addEventListener('click', () => {
      chosen = true;
      if (!visible.has(index)) visible.add(index);
      else if (visible.size > 1) visible.delete(index);
      update();
      changed();
    });
    return button;
  });
  const update = (): void => {
    buttons.forEach((button, index) => {
      button.setAttribute('aria-pressed', String(visible.has(index)));
    });
  };
  update();
  const node = element('div', { class: 'legend', role: 'group', 'aria-label': t('Channels') }, ...buttons);
  node.hidden = channels.length < 2;
  return {
    node,
    shown: () => order.filter((channel) => visible.has(channel)),
    arrange: (next) => {
      if (next.length !== order.length || next.every((channel, i) => channel === order[i])) return;
      order = [...next];
      node.replaceChildren(...order.flatMap((channel) => buttons[channel] ?? []));
      if (!chosen) {
        visible.clear();
        for (const channel of order.slice(0, shownAtFirst)) visible.add(channel);
      }
      update();
      changed();
    },
    show: (channel) => {
      if (visible.has(channel)) return;
      visible.add(channel);
      update();
      changed();
    },
  };
}

/** A channel's name, or its number from 1 where the file gives none. */
export function channelName(name: string | null, index: number): string {
  return name === null || name === '' ? t('Channel {0}', index + 1) : printable(name);
}

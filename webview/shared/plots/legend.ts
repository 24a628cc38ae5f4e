import { element } from '../dom';
import { printable } from '../format';
import { t } from '../l10n';

/** Channels that are shown at first. */
const shownAtFirst = 6;

export interface Legend {
  readonly node: HTMLElement;
  /** The numbers of the channels that are shown, ascending. */
  shown(): readonly number[];
}

/** The channels as buttons that show and hide them, in all plots together. The last one that is shown stays. */
export function legend(channels: readonly (string | null)[], changed: () => void): Legend {
  const visible = new Set(channels.slice(0, shownAtFirst).map((_, index) => index));
  const buttons = channels.map((name, index) => {
    const text = channelName(name, index);
    const button = element(
      'button',
      { class: 'chip', type: 'button', title: t('Show or hide {0}', text) },
      element('bdi', {}, text),
    );
    button.addEventListener('click', () => {
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
  return { node, shown: () => [...visible].sort((a, b) => a - b) };
}

/** A channel's name, or its number from 1 where the file gives none. */
export function channelName(name: string | null, index: number): string {
  return name === null || name === '' ? t('Channel {0}', index + 1) : printable(name);
}

import { iconOf } from '../../shared/controls';
import { element } from '../../shared/dom';

export interface Popup {
  /** The button with what it opens. */
  readonly node: HTMLElement;
  readonly content: HTMLElement;
  /** How many of what it holds are set; shown on the button. */
  setCount(count: number): void;
  setShown(shown: boolean): void;
}

/** A button that opens a small window over the page, so that nothing moves. Escape and a click elsewhere close it. */
export function popup(label: string, className: string): Popup {
  const badge = element('span', { class: 'popup-count' });
  const button = element(
    'button',
    { class: 'quiet', type: 'button', 'aria-haspopup': 'dialog', 'aria-expanded': 'false' },
    label,
    badge,
    iconOf('chevronDown'),
  );
  const content = element('div', { class: 'popup-content', role: 'dialog', 'aria-label': label });
  const node = element('div', { class: `popup ${className}` }, button, content);
  content.hidden = true;
  const setOpen = (open: boolean): void => {
    content.hidden = !open;
    button.setAttribute('aria-expanded', String(open));
    if (!open) return;
    keepInWindow(content);
    content.querySelector<HTMLElement>('input, select, button')?.focus();
  };
  button.addEventListener('click', () => {
    setOpen(content.hidden);
  });
  onLeaving(node, (byEscape) => {
    if (content.hidden) return false;
    setOpen(false);
    if (byEscape) button.focus();
    return true;
  });
  return {
    node,
    content,
    setCount: (count) => {
      badge.textContent = count === 0 ? '' : String(count);
      badge.hidden = count === 0;
    },
    setShown: (shown) => {
      node.hidden = !shown;
      if (!shown) setOpen(false);
    },
  };
}

/** Calls `leave` on Escape inside a node, and when the pointer or the focus goes elsewhere. @param leave says whether there was something to close */
function onLeaving(node: HTMLElement, leave: (byEscape: boolean) => boolean): void {
  node.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !leave(true)) return;
    event.preventDefault();
    event.stopPropagation();
  });
  for (const type of ['pointerdown', 'focusin'] as const) {
    document.addEventListener(type, ({ target }) => {
      if (target instanceof Node && !node.contains(target)) leave(false);
    });
  }
}

/** It hangs from the left edge of its button, unless it would leave the window at the right. */
function keepInWindow(content: HTMLElement): void {
  content.style.translate = '';
  const { right } = content.getBoundingClientRect();
  const over = right - (document.documentElement.clientWidth - 8);
  if (over > 0) content.style.translate = `${-over}px`;
}

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
  const isOpen = (): boolean => !content.hidden;
  const open = (): void => {
    content.hidden = false;
    button.setAttribute('aria-expanded', 'true');
    keepInWindow(content);
    content.querySelector<HTMLElement>('input, select, button')?.focus();
  };
  const close = (): void => {
    content.hidden = true;
    button.setAttribute('aria-expanded', 'false');
  };
  button.addEventListener('click', () => {
    if (isOpen()) close();
    else open();
  });
  node.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !isOpen()) return;
    event.preventDefault();
    event.stopPropagation();
    close();
    button.focus();
  });
  const leave = (target: EventTarget | null): void => {
    if (isOpen() && target instanceof Node && !node.contains(target)) close();
  };
  document.addEventListener('pointerdown', (event) => {
    leave(event.target);
  });
  document.addEventListener('focusin', (event) => {
    leave(event.target);
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
      if (!shown) close();
    },
  };
}

/** It hangs from the left edge of its button, unless it would leave the window at the right. */
function keepInWindow(content: HTMLElement): void {
  content.style.translate = '';
  const { right } = content.getBoundingClientRect();
  const over = right - (document.documentElement.clientWidth - 8);
  if (over > 0) content.style.translate = `${-over}px`;
}

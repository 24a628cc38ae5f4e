import { element, svg } from './dom';

type Button = HTMLElementTagNameMap['vscode-button'];

/** A button with a text. */
export function textButton(appearance: 'primary' | 'secondary', text: string, press: () => void): Button {
  const button = document.createElement('vscode-button');
  button.setAttribute('appearance', appearance);
  button.append(text);
  onPress(button, press);
  return button;
}

/** A button with an icon; `label` is its name and, with the shortcut if there is one, its tooltip. */
export function iconButton(
  icon: keyof typeof icons,
  label: string,
  shortcut: string | null,
  press: () => void,
): Button {
  const button = document.createElement('vscode-button');
  button.setAttribute('aria-label', label);
  button.setAttribute('appearance', 'icon');
  button.setAttribute('title', shortcut === null ? label : `${label} (${shortcut})`);
  button.append(iconOf(icon));
  onPress(button, press);
  return button;
}

/** A button that looks like a link, for names that open something. */
export function linkButton(className: string, press: () => void, ...children: (Node | string)[]): HTMLButtonElement {
  const button = element('button', { class: `link ${className}`, type: 'button' }, ...children);
  onPress(button, press);
  return button;
}

/** A small button; `pressed` is `null` for one that is no toggle. */
export function chip(text: string, title: string, pressed: boolean | null, press: () => void): HTMLButtonElement {
  const button = element('button', { class: 'chip', type: 'button', title }, element('bdi', {}, text));
  if (pressed !== null) button.setAttribute('aria-pressed', String(pressed));
  button.addEventListener('click', press);
  return button;
}

/** One of a few, as native radio buttons that look like a switch. */
export function choice<T extends string>(
  label: string,
  options: readonly (readonly [T, string])[],
  choose: (value: T) => void,
): HTMLElement {
  const name = `choice-${++choices}`;
  const labels = options.map(([value, text], i) => {
    const input = element('input', { type: 'radio', name, value });
    input.checked = i === 0;
    input.addEventListener('change', () => {
      if (input.checked) choose(value);
    });
    return element('label', {}, input, element('span', {}, text));
  });
  return element('div', { class: 'choice', role: 'radiogroup', 'aria-label': label }, ...labels);
}

let choices = 0;

/** Keeps what is typed into a field from the editor, for which letters are keys of commands. */
export function keepTyping(field: HTMLInputElement): void {
  field.addEventListener('keydown', (event) => {
    if (!event.ctrlKey && !event.metaKey && !event.altKey) event.stopPropagation();
  });
}

function onPress(button: HTMLElement, press: () => void): void {
  button.addEventListener('click', (event) => {
    // A row that holds the button opens its file when it is clicked.
    event.stopPropagation();
    press();
  });
}

const icons = {
  back: 'M9.5 3.5 5 8l4.5 4.5M5.2 8H13',
  forward: 'M6.5 3.5 11 8l-4.5 4.5M10.8 8H3',
  close: 'M4 4l8 8M12 4l-8 8',
  zoomIn: 'M7 4.5v5M4.5 7h5M10.5 10.5l3 3M12 7A5 5 0 1 1 2 7a5 5 0 0 1 10 0Z',
  zoomOut: 'M4.5 7h5M10.5 10.5l3 3M12 7A5 5 0 1 1 2 7a5 5 0 0 1 10 0Z',
  fit: 'M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10',
  up: 'm3.5 10 4.5-4.5L12.5 10',
  down: 'm3.5 6 4.5 4.5L12.5 6',
  compare: 'M2 5.5c2-4 4 4 6 0s4 0 6 0M2 11.5c2-4 4 4 6 0s4 0 6 0',
  info: 'M8 7.2v4M8 4.9v.4M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0Z',
  warning: 'M8 6.2v3.6M8 11.4v.4M8 2.2l6.2 11.3H1.8Z',
  unsure: 'M6.2 6.5a1.8 1.8 0 1 1 2.7 1.6c-.6.3-.9.6-.9 1.2M8 11.3v.4M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0Z',
  more: 'M8 13V3.5M4 7.5l4-4 4 4',
  less: 'M8 3v9.5M4 8.5l4 4 4-4',
  same: 'm3.5 8.5 3 3 6-7',
  chevron: 'm6 3.5 4.5 4.5L6 12.5',
  chevronDown: 'm3.5 6 4.5 4.5L12.5 6',
  sorted: 'M8 12.5v-9M4.5 7 8 3.5 11.5 7',
  play: 'M5 3.5v9L12.5 8Z',
  stop: 'M4.5 4.5h7v7h-7Z',
  pin: 'M6 2.5h4M6.8 2.5v4L4.5 9.5h7L9.2 6.5v-4M8 9.5v4.2',
} as const;

/** A drawing of 16 by 16 pixels in the colour of the text. */
export function iconOf(name: keyof typeof icons): SVGSVGElement {
  const attributes = { class: 'icon', viewBox: '0 0 16 16', width: '16', height: '16', 'aria-hidden': 'true' };
  return svg('svg', attributes, svg('path', { d: icons[name] }));
}

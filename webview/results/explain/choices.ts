import { element } from '../../shared/dom';
import { printable } from '../../shared/format';

/** A small button; `pressed` is `null` for one that is no toggle. */
export function chip(text: string, title: string, pressed: boolean | null, press: () => void): HTMLButtonElement {
  const button = element('button', { class: 'chip', type: 'button', title }, element('bdi', {}, text));
  if (pressed !== null) button.setAttribute('aria-pressed', String(pressed));
  button.addEventListener('click', press);
  return button;
}

export interface Choice {
  readonly node: HTMLElement;
}

/** One of a few, as native radio buttons that look like a switch. */
export function choice<T extends string>(
  label: string,
  options: readonly (readonly [T, string])[],
  choose: (value: T) => void,
): Choice {
  const name = `choice-${++choices}`;
  const labels = options.map(([value, text], i) => {
    const input = element('input', { type: 'radio', name, value });
    input.checked = i === 0;
    input.addEventListener('change', () => {
      if (input.checked) choose(value);
    });
    return element('label', {}, input, element('span', {}, text));
  });
  return { node: element('div', { class: 'choice', role: 'radiogroup', 'aria-label': label }, ...labels) };
}

let choices = 0;

/** What is said of an error: a message of the host is written for the user. */
export function messageOf(error: unknown): string {
  return printable(error instanceof Error ? error.message : String(error));
}

import type { Range } from '../../../src/protocol/engine';
import { element } from '../../shared/dom';

/** A field of the filter with its name before it. */
export function labelled(name: string, ...fields: readonly HTMLElement[]): HTMLElement {
  return element(
    'div',
    { class: 'field', role: 'group', 'aria-label': name },
    element('span', { class: 'field-name', 'aria-hidden': 'true' }, name),
    ...fields,
  );
}

export interface Field<T> {
  readonly node: HTMLElement;
  /** Shows a value; a field that has the focus is left alone. */
  show(value: T): void;
}

/** A line of text. */
export function textField(name: string, placeholder: string, changed: (text: string) => void): Field<string> {
  const input = element('input', {
    class: 'text-input',
    type: 'text',
    'aria-label': name,
    placeholder,
    spellcheck: 'false',
  });
  input.addEventListener('input', () => {
    changed(input.value.slice(0, 4096));
  });
  return {
    node: input,
    show: (text) => {
      if (document.activeElement !== input && input.value !== text) input.value = text;
    },
  };
}

/** Two numbers, either of which may be missing. */
export function rangeField(
  names: { readonly least: string; readonly most: string },
  changed: (range: { least: number | null; most: number | null }) => void,
): Field<Range> {
  const ends = [numberInput(names.least, '≥'), numberInput(names.most, '≤')] as const;
  const [least, most] = ends;
  for (const end of ends) {
    end.addEventListener('input', () => {
      changed({ least: valueOf(least), most: valueOf(most) });
    });
  }
  return {
    node: element('div', { class: 'range' }, least, most),
    show: (range) => {
      showNumber(least, range.least);
      showNumber(most, range.most);
    },
  };
}

function numberInput(name: string, placeholder: string): HTMLInputElement {
  return element('input', { class: 'text-input', type: 'number', step: 'any', 'aria-label': name, placeholder });
}

function valueOf(input: HTMLInputElement): number | null {
  return Number.isFinite(input.valueAsNumber) ? input.valueAsNumber : null;
}

function showNumber(input: HTMLInputElement, value: number | null): void {
  if (document.activeElement === input || valueOf(input) === value) return;
  input.value = value === null ? '' : String(value);
}

export interface Choice<T extends string> {
  readonly value: T;
  readonly text: string;
}

/** Yes or no, with its name behind it. */
export function checkField(name: string, changed: (value: boolean) => void): Field<boolean> {
  const input = element('input', { type: 'checkbox' });
  input.addEventListener('change', () => {
    changed(input.checked);
  });
  return {
    node: element('label', { class: 'check-field' }, input, name),
    show: (value) => {
      input.checked = value;
    },
  };
}

/** One of several values. */
export function choiceField<T extends string>(
  name: string,
  choices: readonly Choice<T>[],
  changed: (value: T) => void,
): Field<T> {
  const select = element('select', { class: 'select', 'aria-label': name });
  select.append(...choices.map(({ value, text }) => element('option', { value }, text)));
  select.addEventListener('change', () => {
    const chosen = choices.find(({ value }) => value === select.value);
    if (chosen !== undefined) changed(chosen.value);
  });
  return {
    node: select,
    show: (value) => {
      if (select.value !== value) select.value = value;
    },
  };
}

/** Adds one of several values at a time; what was added is shown elsewhere. */
export function addField(name: string, prompt: string, added: (index: number) => void): Field<readonly string[]> {
  const select = element('select', { class: 'select', 'aria-label': name });
  select.addEventListener('change', () => {
    const index = Number(select.value);
    select.value = '';
    if (Number.isInteger(index)) added(index);
  });
  let shown = '';
  return {
    node: select,
    show: (texts) => {
      const now = JSON.stringify(texts);
      if (now === shown) return;
      shown = now;
      const options = texts.map((text, index) => element('option', { value: String(index) }, text));
      select.replaceChildren(element('option', { value: '' }, prompt), ...options);
      select.disabled = texts.length === 0;
    },
  };
}

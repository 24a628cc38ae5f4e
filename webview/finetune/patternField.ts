import type { SourceSummary } from '../../src/protocol/labels';
import { element, isolated } from '../shared/dom';
import { t } from '../shared/l10n';

const millisecondsOfQuiet = 250;

export interface PatternField {
  readonly node: HTMLElement;
  /** What is written in it, or `null` for nothing. */
  value(): string | null;
  update(pattern: string, suggestions: readonly string[], examples: SourceSummary['preview']): void;
}

/** A regular expression over file names, with suggestions and a live preview of what it finds. */
export function patternField(changed: (pattern: string) => void): PatternField {
  const input = patternInput(changed);
  const suggestions = element('div', { class: 'suggestions' });
  const preview = element('ul', { class: 'preview', 'aria-label': t('Preview') });
  const take = (pattern: string): void => {
    input.value = pattern;
    changed(pattern);
  };
  return {
    node: element(
      'div',
      { class: 'pattern-field' },
      element('label', { for: 'pattern' }, t('Regular expression whose first group is the label')),
      input,
      suggestions,
      preview,
    ),
    value: () => (input.value === '' ? null : input.value),
    update: (pattern, known, examples) => {
      // What is being typed is newer than what was counted.
      if (document.activeElement !== input) input.value = pattern;
      suggestions.replaceChildren(...known.map((text) => suggestion(text, text === input.value, take)));
      preview.replaceChildren(...examples.map(exampleRow));
    },
  };
}

function patternInput(changed: (pattern: string) => void): HTMLInputElement {
  const input = element('input', {
    id: 'pattern',
    class: 'pattern',
    type: 'text',
    spellcheck: 'false',
    autocomplete: 'off',
    maxlength: '500',
  });
  let waiting: ReturnType<typeof setTimeout> | undefined;
  input.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      changed(input.value);
    }, millisecondsOfQuiet);
  });
  return input;
}

function suggestion(text: string, isTaken: boolean, take: (pattern: string) => void): HTMLElement {
  const button = element('button', { class: 'suggestion', type: 'button' }, text);
  button.setAttribute('aria-pressed', String(isTaken));
  button.addEventListener('click', () => {
    take(text);
  });
  return button;
}

function exampleRow({ file, label }: SourceSummary['preview'][number]): HTMLElement {
  const found = label === null ? element('span', { class: 'dim' }, t('no label')) : isolated('label', label);
  return element('li', {}, isolated('file', file), found);
}

import type { SourceSummary } from '../../src/protocol/labels';
import { element, isolated } from '../shared/dom';
import { t } from '../shared/l10n';

const millisecondsOfQuiet = 250;

/** A regular expression over file names, with suggestions and a live preview of what it finds. */
export function patternField(changed: (pattern: string) => void) {
  const input = element('input', {
    id: 'pattern',
    class: 'pattern',
    type: 'text',
    spellcheck: 'false',
    autocomplete: 'off',
    maxlength: '500',
  });
  const suggestions = element('div', { class: 'suggestions' });
  const preview = element('ul', { class: 'preview', 'aria-label': t('Preview') });
  const node = element(
    'div',
    { class: 'pattern-field' },
    element('label', { for: 'pattern' }, t('Regular expression; the label is what its first group catches')),
    input,
    suggestions,
    preview,
  );
  let waiting: ReturnType<typeof setTimeout> | undefined;
  input.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      changed(input.value);
    }, millisecondsOfQuiet);
  });

  function take(pattern: string): void {
    input.value = pattern;
    changed(pattern);
  }

  return {
    node,
    value: () => (input.value === '' ? null : input.value),
    update(pattern: string, known: readonly string[], examples: SourceSummary['preview']): void {
      // What is being typed is newer than what was counted.
      if (document.activeElement !== input) input.value = pattern;
      suggestions.replaceChildren(
        ...known.map((text) => {
          const made = element('button', { class: 'suggestion', type: 'button' }, text);
          made.setAttribute('aria-pressed', String(text === input.value));
          made.addEventListener('click', () => {
            take(text);
          });
          return made;
        }),
      );
      preview.replaceChildren(
        ...examples.map(({ file, label }) =>
          element(
            'li',
            {},
            isolated('file', file),
            label === null ? element('span', { class: 'dim' }, t('no label')) : isolated('label', label),
          ),
        ),
      );
    },
  };
}

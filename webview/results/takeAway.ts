import type { FromWebview } from '../../src/protocol/panel';
import { element } from '../shared/dom';
import { t } from '../shared/l10n';

type Export = Extract<FromWebview, { type: 'export' }>;

/** Saves the matches, the distances of all pairs or the embeddings: what, and in which format. */
export function takeAway(post: (message: FromWebview) => void): HTMLElement {
  const contents: readonly (readonly [Export['what'], string])[] = [
    ['search', t('these matches')],
    ['pairs', t('distances of all pairs')],
    ['embeddings', t('embeddings')],
  ];
  const formats: readonly (readonly [Export['format'], string])[] = [
    ['csv', 'CSV'],
    ['json', 'JSON'],
    ['npz', 'NumPy (.npz)'],
  ];
  const select = element('select', { class: 'export', 'aria-label': t('Export'), title: t('Save a table to a file') });
  select.append(element('option', { value: '' }, t('Export…')));
  for (const [what, name] of contents) {
    const group = element('optgroup', { label: name });
    for (const [format, title] of formats) {
      group.append(element('option', { value: `${what} ${format}` }, t('{0} as {1}', name, title)));
    }
    select.append(group);
  }
  select.addEventListener('change', () => {
    const [what, format] = select.value.split(' ');
    select.value = '';
    const chosen = contents.find(([each]) => each === what)?.[0];
    const as = formats.find(([each]) => each === format)?.[0];
    if (chosen !== undefined && as !== undefined) post({ type: 'export', what: chosen, format: as });
  });
  return select;
}

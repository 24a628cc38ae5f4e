import type { TuningReport } from '../../src/protocol/finetune';
import { element, isolated } from '../shared/dom';
import { formatCount } from '../shared/format';
import { t } from '../shared/l10n';

/** Which label the first match had, before and after, for queries of each label. */
export function confusionView({ labels, before, after }: TuningReport['confusion']): HTMLElement {
  const names = before.length > labels.length ? [...labels, t('other labels')] : labels;
  return element(
    'div',
    {},
    element('h2', {}, t('Confusion')),
    element('p', { class: 'dim' }, t('Rows: the label of the query. Columns: the label of its first match.')),
    element('div', { class: 'columns' }, matrix(t('Before'), names, before), matrix(t('After'), names, after)),
  );
}

function matrix(title: string, labels: readonly string[], counts: readonly (readonly number[])[]): HTMLElement {
  const head = element(
    'tr',
    {},
    element('td', {}),
    ...labels.map((label) => element('th', { scope: 'col' }, isolated('', label))),
  );
  const rows = labels.map((label, i) => {
    const own = counts[i] ?? [];
    const total = own.reduce((sum, count) => sum + count, 0);
    return element(
      'tr',
      {},
      element('th', { scope: 'row' }, isolated('', label)),
      ...own.map((count, j) => cellOf(count, total, i === j)),
    );
  });
  const table = element(
    'table',
    { class: 'confusion' },
    element('caption', {}, title),
    element('thead', {}, head),
    element('tbody', {}, ...rows),
  );
  return element('div', { class: 'scroller', tabindex: '0' }, table);
}

function cellOf(count: number, total: number, isRight: boolean): HTMLElement {
  const made = element('td', { class: isRight ? 'right' : 'wrong' }, count === 0 ? '' : formatCount(count));
  made.style.setProperty('--share', total === 0 ? '0' : String(count / total));
  return made;
}

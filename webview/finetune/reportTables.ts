import { heldOutSequences } from '../../src/l10n/nouns';
import { formatDecimals } from '../../src/l10n/numbers';
import type { ComparedFigure, Interval, TuningReport } from '../../src/protocol/finetune';
import { element, isolated } from '../shared/dom';
import { cutInside, formatCount } from '../shared/format';
import { t } from '../shared/l10n';

/** How good rankings were before and after, with intervals. */
export function figuresTable({ recallAt1, meanAveragePrecision, equalErrorRate, queries }: TuningReport): HTMLElement {
  const row = (name: string, hint: string, figure: ComparedFigure, lowIsGood: boolean) => {
    const gain = lowIsGood ? -figure.gain.value : figure.gain.value;
    return element(
      'tr',
      {},
      element('th', { scope: 'row' }, name, element('span', { class: 'dim hint' }, hint)),
      cell(figure.before),
      cell(figure.after),
      changeCell(figure.gain, gain),
    );
  };
  return element(
    'table',
    { class: 'figures' },
    element('caption', {}, t('On {0}, with 95 % intervals', heldOutSequences(queries))),
    element(
      'thead',
      {},
      element(
        'tr',
        {},
        element('td', {}),
        ...[t('Before'), t('After'), t('Change')].map((title) => element('th', { scope: 'col' }, title)),
      ),
    ),
    element(
      'tbody',
      {},
      row('recall@1', t('first match has the label'), recallAt1, false),
      row('mAP', t('whole ranking'), meanAveragePrecision, false),
      row('EER', t('equal error rate, lower is better'), equalErrorRate, true),
    ),
  );
}

function threeDecimals(number: number): string {
  return formatDecimals(number, 3).replace('-', '−');
}

function cell(interval: Interval): HTMLElement {
  return intervalCell('', interval, threeDecimals);
}

/** @param gain above 0 where the change is for the better */
function changeCell(change: Interval, gain: number): HTMLElement {
  const signed = (number: number) => (number > 0 ? '+' : '') + threeDecimals(number);
  if (gain === 0) return intervalCell('', change, signed);
  const [className, verdict] = gain > 0 ? ['gain', t('better')] : ['loss', t('worse')];
  return intervalCell(className, change, signed, ' ', element('span', { class: 'direction' }, verdict));
}

function intervalCell(
  className: string,
  { value, low, high }: Interval,
  text: (number: number) => string,
  ...verdict: readonly (HTMLElement | string)[]
): HTMLElement {
  return element(
    'td',
    { class: className },
    element('span', { class: 'number' }, text(value)),
    ...verdict,
    element('span', { class: 'dim hint' }, t('{0} to {1}', text(low), text(high))),
  );
}

/** Characters of a label in the head of a row or column. */
const mostOfLabel = 20;

/** Two matrices of more labels stand below each other. */
const mostBeside = 6;

/** Which label the first match had, before and after, for queries of each label. */
export function confusion({ labels, before, after }: TuningReport['confusion']): HTMLElement {
  const names = before.length > labels.length ? [...labels, t('other labels')] : labels;
  return element(
    'div',
    {},
    element('h2', {}, t('Confusion')),
    element('p', { class: 'dim' }, t('Rows: the label of the query. Columns: the label of its first match.')),
    element(
      'div',
      { class: names.length > mostBeside ? 'matrices' : 'matrices columns' },
      matrix(t('Before'), names, before),
      matrix(t('After'), names, after),
    ),
  );
}

function matrix(title: string, labels: readonly string[], counts: readonly (readonly number[])[]): HTMLElement {
  const head = element(
    'tr',
    {},
    element('td', {}),
    ...labels.map((label) =>
      element('th', { scope: 'col', title: label }, isolated('', cutInside(label, mostOfLabel))),
    ),
  );
  const rows = labels.map((label, i) => {
    const own = counts[i] ?? [];
    const total = own.reduce((sum, count) => sum + count, 0);
    return element(
      'tr',
      {},
      element('th', { scope: 'row', title: label }, isolated('', cutInside(label, mostOfLabel))),
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

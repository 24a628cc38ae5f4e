import { heldOutSequences, steps } from '../../src/l10n/nouns';
import { formatDecimals } from '../../src/l10n/numbers';
import { noteText, summaryText } from '../../src/l10n/tuning';
import type { ComparedFigure, Interval, ReportExample, TuningReport } from '../../src/protocol/finetune';
import { element, isolated } from '../shared/dom';
import { formatDuration } from '../shared/format';
import { t } from '../shared/l10n';
import { button } from './button';
import { confusionView } from './confusionView';
import type { Post } from './page';

/** What a fine-tuning has brought, and the choice. */
export function reportView(post: Post) {
  const content = element('div', { class: 'report-content' });
  const node = element('section', { class: 'report' }, content);
  let shown: TuningReport | null = null;

  return {
    node,
    update(report: TuningReport): void {
      // The page is sent everything each time something changes; what is open or selected in the report must stay.
      if (JSON.stringify(report) === JSON.stringify(shown)) return;
      shown = report;
      content.replaceChildren(...partsOf(report, post));
    },
  };
}

function partsOf(report: TuningReport, post: Post): readonly Node[] {
  const isBetter = report.verdict !== 'notBetter';
  const use = button(isBetter ? 'primary' : 'secondary', isBetter ? t('Use New Encoder') : t('Use Anyway'), () => {
    post({ type: 'use' });
  });
  const discard = button(isBetter ? 'secondary' : 'primary', t('Discard'), () => {
    post({ type: 'discard' });
  });
  return [
    element('p', { class: `verdict ${report.verdict}` }, summaryText(report)),
    element('div', { class: 'actions' }, ...(isBetter ? [use, discard] : [discard, use])),
    figuresTable(report),
    element('h2', {}, t('First matches that changed')),
    element(
      'div',
      { class: 'columns' },
      examples(t('Became right'), report.right, post),
      examples(t('Became wrong'), report.wrong, post),
    ),
    confusionView(report.confusion),
    element('h2', {}, t('How it was measured')),
    element(
      'ul',
      { class: 'notes' },
      element('li', {}, t('{0} in {1}.', steps(report.steps), formatDuration(report.seconds))),
      ...report.notes.map((note) => element('li', {}, isolated('', noteText(note)))),
    ),
  ];
}

function figuresTable({ recallAt1, meanAveragePrecision, equalErrorRate, queries }: TuningReport): HTMLElement {
  const row = (name: string, hint: string, figure: ComparedFigure, lowIsGood: boolean) => {
    const gain = lowIsGood ? -figure.gain.value : figure.gain.value;
    const className = gain > 0 ? 'gain' : gain < 0 ? 'loss' : '';
    return element(
      'tr',
      {},
      element('th', { scope: 'row' }, name, element('span', { class: 'dim hint' }, hint)),
      cell(figure.before),
      cell(figure.after),
      cell(figure.gain, className, true),
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

function cell({ value, low, high }: Interval, className = '', signed = false): HTMLElement {
  const text = (number: number) => (signed && number > 0 ? '+' : '') + formatDecimals(number, 3).replace('-', '−');
  return element(
    'td',
    { class: className },
    element('span', { class: 'number' }, text(value)),
    element('span', { class: 'dim hint' }, t('{0} to {1}', text(low), text(high))),
  );
}

function examples(title: string, all: readonly ReportExample[], post: Post): HTMLElement {
  const rows = all.map(({ query, before, after }) =>
    element(
      'li',
      {},
      element('div', {}, fileLink(query, post), ' ', isolated('label', query.label)),
      element('div', { class: 'dim' }, t('before:'), ' ', fileLink(before, post), ' ', isolated('label', before.label)),
      element('div', { class: 'dim' }, t('after:'), ' ', fileLink(after, post), ' ', isolated('label', after.label)),
    ),
  );
  return element(
    'div',
    {},
    element('h3', {}, title),
    rows.length === 0 ? element('p', { class: 'dim' }, t('None.')) : element('ol', { class: 'examples' }, ...rows),
  );
}

function fileLink({ file, path, number }: ReportExample['query'], post: Post): HTMLElement {
  const made = element(
    'button',
    { class: 'link', type: 'button' },
    isolated('file', number > 0 ? `${file} #${number + 1}` : file),
  );
  made.addEventListener('click', () => {
    post({ type: 'open', path });
  });
  return made;
}

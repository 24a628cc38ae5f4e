import { steps } from '../../src/l10n/nouns';
import { noteText, summaryText } from '../../src/l10n/tuning';
import type { ReportExample, TuningReport } from '../../src/protocol/finetune';
import type { FromTuningPage } from '../../src/protocol/finetunePanel';
import { textButton } from '../shared/controls';
import { element, isolated } from '../shared/dom';
import { formatDuration } from '../shared/format';
import { t } from '../shared/l10n';
import { confusion, figuresTable } from './reportTables';

/** What a fine-tuning has brought, and the choice. */
export function reportView(post: (message: FromTuningPage) => void) {
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

function partsOf(report: TuningReport, post: (message: FromTuningPage) => void): readonly Node[] {
  const isBetter = report.verdict === 'better' || report.verdict === 'perhaps';
  const use = textButton(isBetter ? 'primary' : 'secondary', isBetter ? t('Use New Encoder') : t('Use Anyway'), () => {
    post({ type: 'use' });
  });
  const discard = textButton(isBetter ? 'secondary' : 'primary', t('Discard'), () => {
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
    confusion(report.confusion),
    element('h2', {}, t('How it was measured')),
    element(
      'ul',
      { class: 'notes' },
      element('li', {}, t('{0} in {1}.', steps(report.steps), formatDuration(report.seconds))),
      ...report.notes.map((note) => element('li', {}, isolated('', noteText(note)))),
    ),
  ];
}

function examples(title: string, all: readonly ReportExample[], post: (message: FromTuningPage) => void): HTMLElement {
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

function fileLink(
  { file, path, number }: ReportExample['query'],
  post: (message: FromTuningPage) => void,
): HTMLElement {
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

import { problemText, stageText, summaryText } from '../../src/l10n/tuning';
import type { FromTuningPage, ToTuningPage } from '../../src/protocol/finetunePanel';
import { element, setText } from '../shared/dom';
import { t } from '../shared/l10n';
import { LabelsView } from './labelsView';
import { progressView } from './progressView';
import { reportView } from './reportView';

/** Builds the page inside `root`: labels and start, or progress, or the report. */
export function tuningPage(root: HTMLElement, post: (message: FromTuningPage) => void) {
  const labels = new LabelsView(post);
  const progress = progressView(post);
  const report = reportView(post);
  const title = element('h1', {}, t('Fine-tune on workspace labels'));
  const lead = element('p', { class: 'lead' });
  const error = element('p', { class: 'problem', role: 'alert' });
  const live = element('div', { class: 'visually-hidden', role: 'status', 'aria-live': 'polite' });
  root.replaceChildren(
    element(
      'main',
      { class: 'body' },
      element('header', {}, title, lead),
      error,
      progress.node,
      report.node,
      labels.node,
      live,
    ),
  );

  const complain = (text: string | null) => {
    error.hidden = text === null;
    setText(error, text ?? '');
  };

  return {
    complain,
    receive(state: ToTuningPage): void {
      const { kind } = state.situation;
      setText(lead, leadOf(state));
      complain(state.error);
      labels.node.hidden = kind !== 'none';
      if (kind === 'none') labels.update(state);
      report.node.hidden = kind !== 'done';
      if (state.situation.kind === 'done') report.update(state.situation.report);
      progress.node.hidden = kind === 'none' || kind === 'done';
      progress.update(state.situation);
      setText(live, announcement(state));
    },
  };
}

function leadOf({ situation, encoder }: ToTuningPage): string {
  switch (situation.kind) {
    case 'none':
      return t(
        'Kindred trains its encoder further, so that recordings with the same label rank close to each other. It starts from “{0}”, which stays in use until you choose the new encoder.',
        encoder,
      );
    case 'running':
      return t(
        'Searching and indexing continue. You can close this page or the window: the training continues when you open the folder again.',
      );
    case 'paused':
      return t('The training is paused. Nothing is lost.');
    case 'elsewhere':
      return t('Another window is fine-tuning in this workspace. The report will appear here as well.');
    case 'failed':
      return t('The training has stopped.');
    case 'done':
      return t('The training is done. Nothing in use has changed yet.');
  }
}

function announcement({ situation }: ToTuningPage): string {
  switch (situation.kind) {
    case 'running':
      return stageText(situation.stage);
    case 'done':
      return summaryText(situation.report);
    case 'failed':
      return problemText(situation.problem);
    case 'none':
    case 'paused':
    case 'elsewhere':
      return '';
  }
}

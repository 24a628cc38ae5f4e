import { percent, problemText, stageText } from '../../src/l10n/tuning';
import type { TuningProgress } from '../../src/protocol/finetune';
import type { FromTuningPage, TuningSituation } from '../../src/protocol/finetunePanel';
import { textButton } from '../shared/controls';
import { element, setText } from '../shared/dom';
import { formatCount, formatDuration } from '../shared/format';
import { t } from '../shared/l10n';
import { chart } from './chart';

export interface ProgressView {
  readonly node: HTMLElement;
  update(situation: TuningSituation): void;
}

/** How a training goes: a bar, curves, and what can be done about it. */
export function progressView(post: (message: FromTuningPage) => void): ProgressView {
  const stage = element('p', { class: 'stage' });
  const bar = element('progress', { max: '1', 'aria-label': t('Progress') });
  const problem = element('p', { class: 'problem' });
  const charts = progressCharts();
  const actions = progressActions(post);
  return {
    node: element('section', { class: 'progress' }, problem, stage, bar, charts.node, actions.node),
    update: (situation) => {
      const { kind } = situation;
      const progress = 'progress' in situation ? situation.progress : null;
      setText(stage, stageOf(situation));
      problem.hidden = kind !== 'failed';
      setText(problem, kind === 'failed' ? problemText(situation.problem) : '');
      bar.value = doneOf(situation);
      bar.hidden = kind === 'elsewhere' || kind === 'failed' || (kind === 'paused' && progress === null);
      actions.update(situation);
      charts.update(progress);
    },
  };
}

/** Of the training, or of the stage before or after it. */
function doneOf(situation: TuningSituation): number {
  if (situation.kind === 'running' && situation.stage !== 'training') return situation.stageDone;
  return 'progress' in situation ? (situation.progress?.done ?? 0) : 0;
}

function progressActions(post: (message: FromTuningPage) => void): ProgressView {
  const act = (appearance: 'primary' | 'secondary', text: string, type: 'pause' | 'resume' | 'cancel' | 'discard') =>
    textButton(appearance, text, () => {
      post({ type });
    });
  const resume = act('primary', t('Resume'), 'resume');
  const pause = act('secondary', t('Pause'), 'pause');
  const cancel = act('secondary', t('Cancel'), 'cancel');
  const discard = act('secondary', t('Discard'), 'discard');
  return {
    node: element('div', { class: 'actions' }, resume, pause, cancel, discard),
    update: (situation) => {
      const { kind } = situation;
      resume.hidden = !(kind === 'paused' || (kind === 'failed' && situation.resumable));
      pause.hidden = kind !== 'running';
      pause.disabled = kind !== 'running' || situation.stopping;
      cancel.hidden = kind !== 'running' && kind !== 'paused';
      discard.hidden = kind !== 'failed';
    },
  };
}

/** The loss on what is trained with, and the figures on what is held out. */
function progressCharts(): { readonly node: HTMLElement; update(progress: TuningProgress | null): void } {
  const loss = chart(t('Loss on training sequences'), [{ name: t('loss'), className: 'series-0' }]);
  const figures = chart(t('Figures on held-out sequences'), [
    { name: 'recall@1', className: 'series-0' },
    { name: 'mAP', className: 'series-1' },
    { name: 'EER', className: 'series-2' },
  ]);
  return {
    node: element('div', { class: 'charts' }, loss.node, figures.node),
    update: (progress) => {
      const steps = progress?.steps ?? 1;
      const points = progress?.points ?? [];
      const validations = progress?.validations ?? [];
      loss.update(steps, [points.map((point) => [point.step, point.loss])]);
      figures.update(steps, [
        validations.map((point) => [point.step, point.figures.recallAt1]),
        validations.map((point) => [point.step, point.figures.meanAveragePrecision]),
        validations.map((point) => [point.step, point.figures.equalErrorRate]),
      ]);
      loss.node.hidden = points.length === 0;
      figures.node.hidden = validations.length === 0;
    },
  };
}

function stageOf(situation: TuningSituation): string {
  switch (situation.kind) {
    case 'running': {
      const { progress, stage, stageDone, stopping } = situation;
      if (stopping) return t('Pausing after this step…');
      if (stage !== 'training' && stageDone > 0) return t('{0}: {1}', stageText(stage), percent(stageDone));
      if (stage !== 'training' || progress === null || progress.step === 0) return t('{0}…', stageText(stage));
      const at = [stageText(stage), formatCount(progress.step), formatCount(progress.steps)];
      return progress.secondsLeft > 0
        ? t('{0}: step {1} of {2}, about {3} left', ...at, formatDuration(Math.round(progress.secondsLeft)))
        : t('{0}: step {1} of {2}', ...at);
    }
    case 'paused':
      return situation.progress === null
        ? t('Paused')
        : t('Paused at step {0} of {1}', formatCount(situation.progress.step), formatCount(situation.progress.steps));
    case 'elsewhere':
      return t('Waiting for the other window…');
    case 'none':
    case 'failed':
    case 'done':
      return '';
  }
}

import type { TuningProgress } from '../../src/protocol/finetune';
import type { TuningSituation } from '../../src/protocol/finetunePanel';
import { element, setText } from '../dom';
import { formatDuration } from '../format';
import { button, setEnabled } from './button';
import { chart } from './chart';
import type { Post } from './page';

/** How a training goes: a bar, curves, and what can be done about it. */
export function progressView(post: Post) {
  const stage = element('p', { class: 'stage' });
  const bar = element('progress', { max: '1', 'aria-label': 'Progress' });
  const problem = element('p', { class: 'problem' });
  const loss = chart('Loss on training sequences', [{ name: 'loss', className: 'series-0' }]);
  const figures = chart('Figures on held-out sequences', [
    { name: 'recall@1', className: 'series-0' },
    { name: 'mAP', className: 'series-1' },
    { name: 'EER', className: 'series-2' },
  ]);
  const pause = button('secondary', 'Pause', () => {
    post({ type: 'pause' });
  });
  const resume = button('primary', 'Resume', () => {
    post({ type: 'resume' });
  });
  const cancel = button('secondary', 'Cancel', () => {
    post({ type: 'cancel' });
  });
  const discard = button('secondary', 'Discard', () => {
    post({ type: 'discard' });
  });
  const node = element(
    'section',
    { class: 'progress' },
    problem,
    stage,
    bar,
    element('div', { class: 'charts' }, loss.node, figures.node),
    element('div', { class: 'actions' }, resume, pause, cancel, discard),
  );

  return {
    node,
    update(situation: TuningSituation): void {
      const { kind } = situation;
      const progress = 'progress' in situation ? situation.progress : null;
      setText(stage, stageOf(situation));
      problem.hidden = kind !== 'failed';
      setText(problem, kind === 'failed' ? situation.reason : '');
      if (progress === null) bar.removeAttribute('value');
      else bar.value = progress.done;
      bar.hidden = kind === 'elsewhere' || kind === 'failed' || (kind === 'paused' && progress === null);
      resume.hidden = !(kind === 'paused' || (kind === 'failed' && situation.resumable));
      pause.hidden = kind !== 'running';
      setEnabled(pause, kind === 'running' && !situation.stopping);
      cancel.hidden = kind !== 'running' && kind !== 'paused';
      discard.hidden = kind !== 'failed';
      draw(progress);
    },
  };

  function draw(progress: TuningProgress | null): void {
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
  }
}

function stageOf(situation: TuningSituation): string {
  switch (situation.kind) {
    case 'running': {
      const { progress, stage, stopping } = situation;
      if (stopping) return 'Pausing after the step under way…';
      if (progress === null || progress.step === 0) return `${stage}…`;
      const left = progress.secondsLeft > 0 ? `, about ${formatDuration(Math.round(progress.secondsLeft))} left` : '';
      return `${stage}: step ${progress.step} of ${progress.steps}${left}`;
    }
    case 'paused':
      return situation.progress === null
        ? 'Paused'
        : `Paused at step ${situation.progress.step} of ${situation.progress.steps}`;
    case 'elsewhere':
      return 'Waiting for the other window…';
    case 'none':
    case 'failed':
    case 'done':
      return '';
  }
}

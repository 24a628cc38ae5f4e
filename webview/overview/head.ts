import { sequences } from '../../src/l10n/nouns';
import type { OverviewStatus } from '../../src/protocol/overview';
import type { FromOverviewPage, OverviewState } from '../../src/protocol/overviewPage';
import { textButton } from '../shared/controls';
import { channelsText } from '../shared/describe';
import { element, setText } from '../shared/dom';
import { formatCount, formatDuration } from '../shared/format';
import { t } from '../shared/l10n';

const all = 'all';

/** Names of channels that a layout is called by. */
const mostNames = 4;

/** The layout that is shown, and how far the overview of it is. */
export class OverviewHead {
  readonly node: HTMLElement;
  private readonly layouts = element('select', { class: 'select', id: 'layout' });
  private readonly picker: HTMLElement;
  private readonly text = element('span', { class: 'stage-text', role: 'status' });
  private readonly progress = element('progress', { class: 'stage-progress', 'aria-label': t('Progress') });
  private readonly pause: HTMLElementTagNameMap['vscode-button'];
  private values: readonly (string | null)[] = [];
  private drawn = '';
  private paused = false;

  constructor(private readonly post: (message: FromOverviewPage) => void) {
    this.layouts.addEventListener('change', () => {
      const layout = this.values[this.layouts.selectedIndex];
      if (layout !== undefined) post({ type: 'layout', layout });
    });
    this.picker = element(
      'span',
      { class: 'layout-picker' },
      element('label', { for: 'layout' }, t('Channels')),
      this.layouts,
    );
    this.pause = textButton('secondary', t('Pause'), () => {
      this.post({ type: 'pause', paused: !this.paused });
    });
    const stage = element('div', { class: 'stage' }, this.text, this.progress, this.pause);
    this.node = element('header', { class: 'overview-head' }, element('h1', {}, t('Overview')), this.picker, stage);
  }

  update({ layouts, layout, status }: OverviewState): void {
    this.showLayouts(layouts, layout);
    const isBusy = status !== null && status.stage !== 'ready';
    this.paused = status?.paused ?? false;
    this.progress.hidden = !isBusy || status.total === 0;
    if (isBusy && status.total > 0) [this.progress.max, this.progress.value] = [status.total, status.done];
    this.pause.hidden = !isBusy || status.stage === 'indexing';
    setText(this.pause, this.paused ? t('Resume') : t('Pause'));
    setText(this.text, status === null ? '' : stageText(status));
  }

  private showLayouts(layouts: OverviewState['layouts'], layout: string | null): void {
    const isGone = layout !== null && !layouts.some((each) => each.layout === layout);
    const key = JSON.stringify([layouts, isGone]);
    if (key !== this.drawn) {
      this.drawn = key;
      const options = layouts.map(
        ({ channels, sequences: count }) => `${channelsText(channels, mostNames)} (${formatCount(count)})`,
      );
      const gone = isGone ? [t('No recordings any more')] : [];
      const whole = layouts.length > 1 || layout === null ? [t('All layouts')] : [];
      this.values = [
        ...layouts.map((each) => each.layout),
        ...(whole.length > 0 ? [null] : []),
        ...(isGone ? [layout] : []),
      ];
      this.layouts.replaceChildren(...[...options, ...whole, ...gone].map((text) => element('option', {}, text)));
    }
    this.layouts.selectedIndex = this.values.indexOf(layout);
    this.picker.hidden = this.values.length < 2;
    this.layouts.dataset['layouts'] = layout === null ? all : String(layouts.length);
  }
}

function stageText({ stage, paused, done, total, secondsLeft, sequences: count }: OverviewStatus): string {
  if (stage === 'ready') return sequences(count);
  const of = total > 0 ? t('{0} of {1}', formatCount(done), formatCount(total)) : '';
  const left = paused
    ? t('paused')
    : secondsLeft === null
      ? ''
      : t('about {0} left', formatDuration(Math.max(1, secondsLeft)));
  return [stageName(stage), of, left].filter((text) => text !== '').join(' · ');
}

function stageName(stage: OverviewStatus['stage']): string {
  switch (stage) {
    case 'indexing':
      return t('The index is still being built');
    case 'neighbours':
      return t('Finding the nearest of every recording');
    case 'map':
      return t('The map is settling');
    case 'ready':
      return '';
  }
}

import {
  labels as labelsOf,
  minutes as minutesOf,
  sequences as sequencesOf,
  threads as threadsOf,
} from '../../src/l10n/nouns';
import { percent } from '../../src/l10n/tuning';
import type { TuningSettings } from '../../src/protocol/finetune';
import type { FromTuningPage, ToTuningPage } from '../../src/protocol/finetunePanel';
import type { LabelOverview, LabelSource, SourceSummary } from '../../src/protocol/labels';
import { textButton } from '../shared/controls';
import { element, setText } from '../shared/dom';
import { t } from '../shared/l10n';
import { patternField } from './patternField';
import { setsView } from './setsView';

function titleOf(kind: LabelSource['kind']): string {
  switch (kind) {
    case 'labelsFile':
      return 'labels.csv';
    case 'inside':
      return t('Labels inside the files');
    case 'folder':
      return t('Name of the parent folder');
    case 'fileName':
      return t('A part of the file name');
  }
}

/** Where labels come from, what of them would be used, and the start. */
export class LabelsView {
  readonly node: HTMLElement;
  private readonly sources = element('div', {
    class: 'sources',
    role: 'radiogroup',
    'aria-label': t('Where labels come from'),
  });
  private readonly pattern = patternField((pattern) => {
    this.post({ type: 'count', pattern });
  });
  private readonly sets = setsView(() => {
    this.drawStart();
  });
  private readonly waiting = element('p', { class: 'dim' }, t('Counting labels…'));
  private readonly settings = element('p', { class: 'dim' });
  private readonly start = textButton('primary', t('Start Fine-Tuning'), () => {
    const summary = this.chosen();
    const sets = this.sets.chosen();
    if (summary !== undefined && sets.length > 0) this.post({ type: 'start', source: summary.source, sets });
  });
  private overview: LabelOverview | null = null;
  private drawn = '';
  private kind: LabelSource['kind'] | null = null;

  constructor(private readonly post: (message: FromTuningPage) => void) {
    const again = textButton('secondary', t('Count Again'), () => {
      post({ type: 'count', pattern: this.pattern.value() });
    });
    const options = textButton('secondary', t('Settings'), () => {
      post({ type: 'settings' });
    });
    this.node = element(
      'section',
      { class: 'labels' },
      element('h2', {}, t('Labels')),
      this.waiting,
      this.sources,
      this.pattern.node,
      this.sets.node,
      element('div', { class: 'actions' }, this.start, again, options),
      this.settings,
    );
  }

  update({ labels, settings, indexing }: ToTuningPage): void {
    setText(this.settings, settingsText(settings, indexing));
    // Everything is sent each time something changes; what has the focus here must keep it.
    const text = JSON.stringify(labels);
    if (text === this.drawn) return;
    this.drawn = text;
    this.overview = labels;
    if (labels !== null) this.kind ??= bestSource(labels);
    this.draw();
  }

  private chosen(): SourceSummary | undefined {
    return this.overview?.sources.find(({ source }) => source.kind === this.kind);
  }

  private choose(kind: LabelSource['kind']): void {
    this.kind = kind;
    this.draw();
    this.sources.querySelector<HTMLInputElement>('input:checked')?.focus();
  }

  private draw(): void {
    const { overview } = this;
    this.waiting.hidden = overview !== null;
    if (overview === null) return;
    const rows = overview.sources.map((each) =>
      sourceRow(each, each.source.kind === this.kind, (kind) => {
        this.choose(kind);
      }),
    );
    this.sources.replaceChildren(...rows);
    const summary = this.chosen();
    this.pattern.node.hidden = summary?.source.kind !== 'fileName';
    if (summary?.source.kind === 'fileName') {
      this.pattern.update(summary.source.pattern, overview.suggestions, summary.preview);
    }
    this.sets.update(summary);
    this.drawStart();
  }

  private drawStart(): void {
    this.start.disabled = this.sets.chosen().length === 0;
  }
}

function settingsText({ minutes, validationShare, threads }: TuningSettings, indexing: boolean): string {
  const text = t(
    'At most {0} on {1} at low priority; {2} of the sequences of every label are held out.',
    minutesOf(minutes),
    threadsOf(threads),
    percent(validationShare),
  );
  return indexing ? `${text} ${t('The index is still growing: count again when it is complete.')}` : text;
}

/** The source that can be used and labels most sequences; of equals the first. */
function bestSource({ sources }: LabelOverview): LabelSource['kind'] {
  const usable = sources.filter(({ problem }) => problem === null);
  const [first] = usable.length > 0 ? usable : sources;
  return first?.source.kind ?? 'labelsFile';
}

function sourceRow(
  { source, sequences, labels, problem }: SourceSummary,
  checked: boolean,
  choose: (kind: LabelSource['kind']) => void,
) {
  const input = element('input', { type: 'radio', name: 'source' });
  input.checked = checked;
  input.addEventListener('change', () => {
    choose(source.kind);
  });
  const counts = sequences === 0 ? t('none found') : t('{0} for {1}', labelsOf(labels), sequencesOf(sequences));
  return element(
    'label',
    { class: 'source' },
    input,
    element('span', { class: 'source-name' }, titleOf(source.kind)),
    element('span', { class: 'dim' }, problem !== null && sequences > 0 ? t('{0}, cannot be used', counts) : counts),
  );
}

import {
  labels as labelsOf,
  minutes as minutesOf,
  sequences as sequencesOf,
  threads as threadsOf,
} from '../../src/l10n/nouns';
import { percent } from '../../src/l10n/tuning';
import type { TuningSettings } from '../../src/protocol/finetune';
import type { ToTuningPage } from '../../src/protocol/finetunePanel';
import type { LabelOverview, LabelSource, SourceSummary } from '../../src/protocol/labels';
import { element, setText } from '../shared/dom';
import { t } from '../shared/l10n';
import { button, setEnabled } from './button';
import type { Post } from './page';
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
export function labelsView(post: Post) {
  let overview: LabelOverview | null = null;
  let drawn = '';
  let kind: LabelSource['kind'] | null = null;

  const sources = element('div', { class: 'sources', role: 'radiogroup', 'aria-label': t('Where labels come from') });
  const pattern = patternField((text) => {
    post({ type: 'count', pattern: text });
  });
  const sets = setsView(() => {
    drawStart();
  });
  const waiting = element('p', { class: 'dim' }, t('Counting labels…'));
  const settings = element('p', { class: 'dim' });
  const start = button('primary', t('Start Fine-Tuning'), () => {
    const summary = chosen();
    const ids = sets.chosen();
    if (summary !== undefined && ids.length > 0) post({ type: 'start', source: summary.source, sets: ids });
  });
  const again = button('secondary', t('Count Again'), () => {
    post({ type: 'count', pattern: pattern.value() });
  });
  const options = button('secondary', t('Settings'), () => {
    post({ type: 'settings' });
  });
  const node = element(
    'section',
    { class: 'labels' },
    element('h2', {}, t('Labels')),
    waiting,
    sources,
    pattern.node,
    sets.node,
    element('div', { class: 'actions' }, start, again, options),
    settings,
  );

  function chosen(): SourceSummary | undefined {
    return overview?.sources.find(({ source }) => source.kind === kind);
  }

  function choose(next: LabelSource['kind']): void {
    kind = next;
    draw();
    sources.querySelector<HTMLInputElement>('input:checked')?.focus();
  }

  function draw(): void {
    waiting.hidden = overview !== null;
    if (overview === null) return;
    sources.replaceChildren(
      ...overview.sources.map((summary) => sourceRow(summary, summary.source.kind === kind, choose)),
    );
    const summary = chosen();
    const byName = summary?.source.kind === 'fileName';
    pattern.node.hidden = !byName;
    if (byName && summary.source.kind === 'fileName') {
      pattern.update(summary.source.pattern, overview.suggestions, summary.preview);
    }
    sets.update(summary);
    drawStart();
  }

  function drawStart(): void {
    setEnabled(start, sets.chosen().length > 0);
  }

  return {
    node,
    update({ labels, settings: how, indexing }: ToTuningPage): void {
      setText(settings, settingsText(how, indexing));
      // Everything is sent each time something changes; what has the focus here must keep it.
      const text = JSON.stringify(labels);
      if (text === drawn) return;
      drawn = text;
      overview = labels;
      if (labels !== null) kind ??= bestSource(labels);
      draw();
    },
  };
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

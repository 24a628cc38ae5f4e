import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { useBundle, type Bundle } from '../../../../src/l10n/messages';
import { useLanguage } from '../../../../src/l10n/numbers';
import { usualTuning, type TuningReport } from '../../../../src/protocol/finetune';
import type { ToTuningPage, TuningSituation } from '../../../../src/protocol/finetunePanel';
import type { LabelOverview, LabelSetSummary, SourceSummary } from '../../../../src/protocol/labels';
import { tuningPage } from '../../../../webview/finetune/page';
import { messagesOf } from '../../l10n/messages';
import { plainDocument, PlainNode } from './plainDocument';

/** What files say is in Greek here, so that it cannot be taken for a text of the page. */
const set: LabelSetSummary = {
  id: '1',
  name: '',
  channels: { count: 9, names: ['α', 'β', 'γ', 'δ', 'ε'] },
  sequences: 1200,
  labelCount: 14,
  labels: [{ label: 'λ', count: 1100 }],
  usable: true,
  advised: true,
  warnings: [{ kind: 'maybeNames', labels: 14, sequences: 1200 }, { kind: 'nothingToHoldOut' }],
};
const source = (kind: 'inside' | 'labelsFile' | 'folder', more: Partial<SourceSummary> = {}): SourceSummary => ({
  ...{ source: { kind }, sequences: 0, labels: 0, sets: [], leftOut: [], preview: [], problem: null },
  ...more,
});
const labels: LabelOverview = {
  sequences: 1200,
  sources: [
    {
      ...source('inside'),
      source: { kind: 'fileName', pattern: '(.)' },
      sequences: 1200,
      labels: 14,
      sets: [set],
      leftOut: (['conflict', 'copies', 'single', 'alike'] as const).map((reason) => ({
        ...{ reason, count: 2, examples: ['φ'] },
      })),
      preview: [{ file: 'φ', label: null }],
    },
    source('labelsFile', { problem: { kind: 'noLabelsFile' } }),
    source('inside', { problem: { kind: 'noneInside' } }),
    source('folder', { sequences: 1, labels: 1, problem: { kind: 'noTwoLabels' } }),
  ],
  suggestions: ['(.)'],
};

const interval = (value: number) => ({ value, low: value - 0.1, high: value + 0.1 });
const compared = { before: interval(0.5), after: interval(0.75), gain: interval(0.25) };
const counts = { sequences: 1200, heldOut: 240, labels: 14, heldLabels: 13, groups: 0, heldGroups: 0 };
const sequence = { path: '/φ', number: 1, file: 'φ', label: 'λ' };
const report: TuningReport = {
  verdict: 'better',
  notes: [
    { kind: 'split', set: '', ...counts },
    { kind: 'split', set: 'σ', ...counts, groups: 10, heldGroups: 2 },
    { kind: 'unreadable', sequences: 1 },
    { kind: 'copies', sequences: 2 },
    { kind: 'cropped', sequences: 3, timeSteps: 32_768 },
    { kind: 'deciding', same: true },
    { kind: 'blended', share: 0.25 },
    { kind: 'stoppedEarly', step: 1500, best: 1000 },
  ],
  queries: 240,
  recallAt1: compared,
  meanAveragePrecision: compared,
  equalErrorRate: compared,
  confusion: { labels: ['λ'], before: [[1100, 1], [1, 2]], after: [[1100, 1], [1, 2]] }, // prettier-ignore
  right: [{ query: sequence, before: sequence, after: sequence }],
  wrong: [],
  steps: 1500,
  seconds: 200,
};
const figures = { recallAt1: 0.912, meanAveragePrecision: 0.8, equalErrorRate: 0.1 };
const progress = {
  ...{ step: 1200, steps: 2000, done: 0.6, secondsLeft: 90 },
  points: [{ step: 1000, loss: 1.5 }],
  validations: [{ step: 0, figures }],
};
const situations: readonly TuningSituation[] = [
  { kind: 'none' },
  { kind: 'running', stage: 'measuringPace', stageDone: 0.5, progress: null, stopping: false },
  { kind: 'running', stage: 'training', stageDone: 0, progress, stopping: false },
  { kind: 'running', stage: 'training', stageDone: 0, progress, stopping: true },
  { kind: 'paused', progress },
  { kind: 'elsewhere' },
  {
    kind: 'failed',
    problem: { kind: 'ended', times: 3, last: { kind: 'signal', signal: '9' } },
    resumable: true,
    progress,
  },
  { kind: 'done', report },
];

let german: Bundle;

beforeEach(async () => {
  german = await messagesOf('l10n/bundle.l10n.de.json');
  vi.stubGlobal('document', plainDocument);
});

afterEach(() => {
  vi.unstubAllGlobals();
  useBundle({});
  useLanguage('en');
});

/** What the page says of a situation. */
function saidOf(situation: TuningSituation, more: Partial<ToTuningPage> = {}): readonly string[] {
  const root = new PlainNode();
  const page = tuningPage(root as unknown as HTMLElement, () => undefined);
  page.receive({ situation, labels, settings: usualTuning, encoder: 'ε', indexing: true, error: null, ...more });
  return root.said();
}

describe('the page for fine-tuning', () => {
  it('speaks German', () => {
    useBundle(german);
    useLanguage('de');
    const survey = saidOf({ kind: 'none' });
    expect(survey).toContain('Mit den Bezeichnungen des Arbeitsbereichs nachtrainieren');
    expect(survey).toContain('14 Bezeichnungen für 1.200 Sequenzen');
    expect(survey).toContain('α, β, γ, δ, ε und 4 weitere');
    expect(survey).toContain(
      'Höchstens 10 Minuten mit 2 Threads bei niedriger Priorität; von jeder Bezeichnung werden 20 % der Sequenzen zurückgehalten. Der Index wächst noch: Zählen Sie neu, wenn er vollständig ist.',
    );
    const running = saidOf(situations[2]!);
    expect(running).toContain('Es wird trainiert: Schritt 1.200 von 2.000, noch etwa 1 min 30 s');
    expect(running).toContain('recall@1 0,912');
    const done = saidOf({ kind: 'done', report });
    expect(done).toContain(
      'Der nachtrainierte Encoder ordnet besser. 240 zurückgehaltene Sequenzen: recall@1 vorher 0,500, nachher 0,750; mAP vorher 0,500, nachher 0,750.',
    );
    expect(done).toContain('+0,250');
    expect(done).toContain('besser');
    expect(done).toContain('schlechter');
    expect(done).toContain('1.500 Schritte in 3 min 20 s.');
    expect(done).toContain('andere Bezeichnungen');
  });

  it.each(situations)('leaves no text out of translation: $kind', (situation) => {
    // In a language of which every letter is x, whatever has another letter did not come from the messages.
    const foreign = Object.keys(german).map((message) => [message, message.replace(/[a-z]/gi, 'x')] as const);
    useBundle(Object.fromEntries(foreign));
    const known = /recall@1|mAP|EER|labels\.csv/g;
    const said = saidOf(situation);
    expect(said.length).toBeGreaterThan(2);
    expect(said.filter((text) => /[a-wyz]/i.test(text.replace(known, '')))).toEqual([]);
  });
});

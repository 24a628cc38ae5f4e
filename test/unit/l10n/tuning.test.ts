import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encoderItems } from '../../../src/extension/encoders/encoderItems';
import { tuningStatus } from '../../../src/extension/finetune/tuningText';
import { channelsText, refusalText, sourceProblemText, sourceText } from '../../../src/l10n/labels';
import { useBundle } from '../../../src/l10n/messages';
import { useLanguage } from '../../../src/l10n/numbers';
import { noteText, problemText, stageText } from '../../../src/l10n/tuning';
import type { EncoderEntry } from '../../../src/protocol/encoders';
import { sourceProblem } from '../../../src/protocol/labels';
import { tuningProblem, tuningStage } from '../../../src/protocol/tuningProblem';
import { messagesOf } from './messages';

const progress = { step: 1, steps: 2, done: 0.5, secondsLeft: 185, points: [], validations: [] };
const figure = { before: 0.5, after: 0.75 };
const entry: EncoderEntry = {
  folder: '/e',
  place: 'shared',
  sha256: '',
  card: {
    ...{ name: 'ε', created: '', base: '', labels: ['a', 'b'], sequences: 1200, heldOut: 3 },
    source: { kind: 'folder' },
    figures: { recallAt1: figure, meanAveragePrecision: figure, equalErrorRate: figure },
  },
  problem: null,
};

beforeEach(async () => {
  useBundle(await messagesOf('l10n/bundle.l10n.de.json'));
  useLanguage('de');
});

afterEach(() => {
  useBundle({});
  useLanguage('en');
});

describe('in German', () => {
  it('the status bar tells of a fine-tuning', () => {
    const running = { kind: 'running', stage: 'training', stageDone: 0, progress, stopping: false } as const;
    expect(tuningStatus(running)).toEqual({
      text: '$(mortar-board) 50 %, noch 3 min',
      tooltip: 'Kindred trainiert einen Encoder nach. Es wird trainiert.',
    });
    const last = { kind: 'code', code: 1 } as const;
    expect(problemText({ kind: 'ended', times: 3, last })).toContain('3-mal nacheinander');
    expect(problemText({ kind: 'ended', times: 3, last })).toContain('zuletzt: beendet mit Code 1');
  });

  it('encoders are listed', () => {
    const [item] = encoderItems([entry], '/e');
    expect(item?.description).toBe('in Verwendung, in .kindred/models');
    expect(item?.detail).toBe(
      'recall@1 0,500 → 0,750, mAP 0,500 → 0,750: 2 Bezeichnungen, 1.200 Sequenzen, nach Ordnernamen',
    );
    expect(encoderItems([{ ...entry, place: 'bundled' }], '')[0]?.name).toBe('Mitgelieferter Encoder');
  });

  it('a note has its own words for one and for several', () => {
    expect(noteText({ kind: 'unreadable', sequences: 1 })).toMatch(/^1 Sequenz konnte /);
    expect(noteText({ kind: 'unreadable', sequences: 2 })).toMatch(/^2 Sequenzen konnten /);
    expect(noteText({ kind: 'cropped', sequences: 2, timeSteps: 32_768 })).toContain('32.768 Zeitschritte');
  });

  it('channels are named, or counted', () => {
    expect(channelsText({ count: 2, names: ['x', 'y'] })).toBe('x, y');
    expect(channelsText({ count: 3, names: ['x', 'y'] })).toBe('x, y und 1 weitere');
    expect(channelsText({ count: 1, names: null })).toBe('1 Kanal');
    expect(sourceText({ kind: 'fileName', pattern: '(.)' })).toBe('Dateinamen mit (.)');
  });
});

it('every stage, problem and refusal has a text of its own', () => {
  const [problems] = tuningProblem.options;
  const [sources] = sourceProblem.options;
  const texts = [
    ...tuningStage.options.map(stageText),
    ...problems.entries.kind.options.map((kind) => problemText({ kind })),
    ...sources.entries.kind.options.map((kind) => sourceProblemText({ kind })),
    refusalText('changed'),
    refusalText('nothingToHoldOut'),
  ];
  expect(new Set(texts).size).toBe(texts.length);
});

import { plainArrangement, type IndexStatus, type Match, type SequenceSummary } from '../../../src/protocol/engine';
import type { PanelResults } from '../../../src/protocol/panel';

export function summary(changes: Partial<SequenceSummary> = {}): SequenceSummary {
  return {
    ref: { path: '/w/ecg/100.hea', number: 0 },
    file: 'ecg/100.hea',
    siblings: 1,
    format: 'wfdb',
    name: null,
    label: null,
    channels: ['MLII', 'V5'],
    steps: 10_800,
    rate: 360,
    covered: 1,
    notes: [],
    doubts: [],
    ...changes,
  };
}

export function matches(count: number): Match[] {
  return Array.from({ length: count }, (_, index) => ({
    rank: index + 1,
    distance: 0.0123 * (index + 1),
    sequence: summary({ ref: { path: `/w/ecg/${index + 101}.hea`, number: 0 }, file: `ecg/${index + 101}.hea` }),
  }));
}

/** As the schema infers it: with arrays that may be changed. */
export function results(changes: Partial<PanelResults> = {}): PanelResults {
  const made = {
    ranking: 'a',
    list: 1,
    query: summary(),
    set: null,
    scope: 'layout' as const,
    weights: null,
    arrangement: plainArrangement,
    items: matches(20).map((match) => ({ kind: 'match' as const, ...match })),
    length: 391,
    matching: 391,
    candidates: 391,
    elsewhere: 112,
    labelled: false,
    nearest: 0.0123,
    farthest: 5,
  };
  return { ...(structuredClone(made) as PanelResults), ...changes };
}

export function index(changes: Partial<IndexStatus> = {}): IndexStatus {
  return {
    state: 'ready',
    done: 503,
    total: 503,
    sequences: 1200,
    skipped: 7,
    skippedSequences: 0,
    unsure: 0,
    changes: { opening: 'a', files: 0, labels: 0 },
    problem: null,
    ...changes,
  };
}

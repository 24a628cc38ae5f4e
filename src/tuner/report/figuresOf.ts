import type { Figures } from '../../protocol/finetune';
import { equalErrorRate } from '../../core/training/evaluation/equalErrorRate';
import type { Outcome } from './outcomes';

/** The figures of outcomes. The equal error rate is the mean over sets, weighted by their queries: distances of different layouts cannot be compared. */
export function figuresOf(outcomes: readonly Outcome[]): Figures {
  const mean = (value: (outcome: Outcome) => number) =>
    outcomes.reduce((sum, outcome) => sum + value(outcome), 0) / outcomes.length;
  const sets = new Map<number, Outcome[]>();
  for (const outcome of outcomes) sets.set(outcome.set, [...(sets.get(outcome.set) ?? []), outcome]);
  let errors = 0;
  for (const members of sets.values()) errors += members.length * errorRateOf(members);
  return {
    recallAt1: mean(({ hit }) => (hit ? 1 : 0)),
    meanAveragePrecision: mean(({ averagePrecision }) => averagePrecision),
    equalErrorRate: errors / outcomes.length,
  };
}

function errorRateOf(outcomes: readonly Outcome[]): number {
  const same = joined(outcomes.map((outcome) => outcome.same));
  const different = joined(outcomes.map((outcome) => outcome.different));
  return different.length === 0 ? 0 : equalErrorRate(same, different);
}

function joined(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all.sort();
}

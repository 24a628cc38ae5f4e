import { randomOf } from '../../core/distributions/random';
import type { ComparedFigure, Figures, NamedSequence, ReportExample, TuningReport } from '../../protocol/finetune';
import type { TuningNote } from '../../protocol/tuningNote';
import { bootstrap } from '../../core/training/evaluation/bootstrap';
import type { TuningSet } from '../tuningSet';
import { confusionOf } from './confusion';
import { BinnedErrorRates } from './errorRates';
import { figuresOf } from './figuresOf';
import type { Outcome } from './outcomes';

const mostExamples = 5;
const names = ['recallAt1', 'meanAveragePrecision', 'equalErrorRate'] as const;

export interface ReportParts {
  readonly sets: readonly TuningSet[];
  /** Of the same queries in the same order. */
  readonly before: readonly Outcome[];
  readonly after: readonly Outcome[];
  readonly notes: readonly TuningNote[];
  readonly steps: number;
  readonly seconds: number;
  readonly seed: number;
}

/** Compares the encoder before and after on the held-out sequences of the report. */
export function reportOf({ sets, before, after, notes, steps, seconds, seed }: ReportParts): TuningReport {
  const figures = compared(before, after, seed);
  const example = (i: number): ReportExample => ({
    query: nameOf(sets, before[i]!, before[i]!.query),
    before: nameOf(sets, before[i]!, before[i]!.nearest),
    after: nameOf(sets, after[i]!, after[i]!.nearest),
  });
  const changed = (was: boolean) =>
    before.flatMap(({ hit }, i) => (hit === was && after[i]!.hit !== was ? [example(i)] : [])).slice(0, mostExamples);
  return {
    verdict: verdictOf(figures),
    notes: [...notes],
    queries: before.length,
    ...figures,
    confusion: confusionOf(
      before.map((outcome, i) => ({
        label: nameOf(sets, outcome, outcome.query).label,
        before: nameOf(sets, outcome, outcome.nearest).label,
        after: nameOf(sets, after[i]!, after[i]!.nearest).label,
      })),
    ),
    right: changed(false),
    wrong: changed(true),
    steps,
    seconds,
  };
}

function nameOf(sets: readonly TuningSet[], { set }: Outcome, number: number): NamedSequence {
  return sets[set]!.names[number]!;
}

type ComparedFigures = Readonly<Record<keyof Figures, ComparedFigure>>;

function compared(before: readonly Outcome[], after: readonly Outcome[], seed: number): ComparedFigures {
  const exact = { before: figuresOf(before), after: figuresOf(after) };
  const rates = { before: new BinnedErrorRates(before), after: new BinnedErrorRates(after) };
  const statistics = (outcomes: readonly Outcome[], binned: BinnedErrorRates, items: Int32Array): Figures => {
    let hits = 0;
    let precision = 0;
    for (const item of items) {
      if (outcomes[item]!.hit) hits++;
      precision += outcomes[item]!.averagePrecision;
    }
    const { length } = items;
    return { recallAt1: hits / length, meanAveragePrecision: precision / length, equalErrorRate: binned.of(items) };
  };
  const intervals = bootstrap(
    before.length,
    (items) => {
      const was = statistics(before, rates.before, items);
      const is = statistics(after, rates.after, items);
      return Object.fromEntries(
        names.flatMap((name) => [
          [`before ${name}`, was[name]],
          [`after ${name}`, is[name]],
          [`gain ${name}`, is[name] - was[name]],
        ]),
      );
    },
    randomOf(seed, 'bootstrap'),
  );
  // The error rate by bins is a close estimate: the figure itself is the exact one, and its bounds hold it.
  const around = (name: string, value: number) => {
    const { low, high } = intervals[name]!;
    return { value, low: Math.min(low, value), high: Math.max(high, value) };
  };
  return Object.fromEntries(
    names.map((name) => [
      name,
      {
        before: around(`before ${name}`, exact.before[name]),
        after: around(`after ${name}`, exact.after[name]),
        gain: around(`gain ${name}`, exact.after[name] - exact.before[name]),
      },
    ]),
  ) as unknown as ComparedFigures;
}

/**
 * Better when neither recall@1 nor mAP fell and one of them rose: by more than chance when its interval lies above zero.
 */
export function verdictOf({
  recallAt1,
  meanAveragePrecision,
}: Omit<ComparedFigures, 'equalErrorRate'>): TuningReport['verdict'] {
  const gains = [recallAt1.gain, meanAveragePrecision.gain];
  const fell = gains.some(({ value, high }) => value < 0 && high < 0) || gains.every(({ value }) => value <= 0);
  const sum = gains.reduce((total, { value }) => total + value, 0);
  if (fell || sum <= 0) return 'notBetter';
  return gains.some(({ low }) => low > 0) && gains.every(({ value }) => value >= 0) ? 'better' : 'perhaps';
}

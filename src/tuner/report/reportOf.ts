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

/** What the training changed for a query. */
interface Change {
  readonly wasHit: boolean;
  readonly isHit: boolean;
  readonly example: ReportExample;
}

/** Compares the encoder before and after on the held-out sequences of the report. */
export function reportOf({ sets, before, after, notes, steps, seconds, seed }: ReportParts): TuningReport {
  const figures = compared(before, after, seed);
  const changes = before.map((was, i): Change => {
    const is = after[i];
    if (is === undefined) throw new RangeError(`the query ${i} was ranked before but not after`);
    const example = {
      query: nameOf(sets, was, was.query),
      before: nameOf(sets, was, was.nearest),
      after: nameOf(sets, is, is.nearest),
    };
    return { wasHit: was.hit, isHit: is.hit, example };
  });
  const changed = (was: boolean) =>
    changes
      .filter(({ wasHit, isHit }) => wasHit === was && isHit !== was)
      .slice(0, mostExamples)
      .map(({ example }) => example);
  return {
    verdict: verdictOf(figures),
    notes: [...notes],
    queries: before.length,
    ...figures,
    confusion: confusionOf(
      changes.map(({ example }) => ({
        label: example.query.label,
        before: example.before.label,
        after: example.after.label,
      })),
    ),
    right: changed(false),
    wrong: changed(true),
    steps,
    seconds,
  };
}

function nameOf(sets: readonly TuningSet[], { set }: Outcome, number: number): NamedSequence {
  const name = sets[set]?.names[number];
  if (name === undefined) throw new RangeError(`the set ${set} has no sequence ${number}`);
  return name;
}

type Statistic = `${'before' | 'after' | 'gain'} ${keyof Figures}`;

type ComparedFigures = Readonly<Record<keyof Figures, ComparedFigure>>;

function compared(before: readonly Outcome[], after: readonly Outcome[], seed: number): ComparedFigures {
  const exact = { before: figuresOf(before), after: figuresOf(after) };
  const resampled = { before: resampledFigures(before), after: resampledFigures(after) };
  const intervals = bootstrap(
    before.length,
    (items) => {
      const was = resampled.before(items);
      const is = resampled.after(items);
      const entries = names.flatMap((name): [Statistic, number][] => [
        [`before ${name}`, was[name]],
        [`after ${name}`, is[name]],
        [`gain ${name}`, is[name] - was[name]],
      ]);
      return Object.fromEntries(entries) as Record<Statistic, number>;
    },
    randomOf(seed, 'bootstrap'),
  );
  // The error rate by bins is a close estimate: the figure itself is the exact one, and its bounds hold it.
  const around = (name: Statistic, value: number) => {
    const { low, high } = intervals[name];
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

/** The figures of resamples, given as the numbers of their queries. */
function resampledFigures(outcomes: readonly Outcome[]): (items: Int32Array) => Figures {
  const hits = Uint8Array.from(outcomes, ({ hit }) => (hit ? 1 : 0));
  const precisions = Float64Array.from(outcomes, ({ averagePrecision }) => averagePrecision);
  const errorRates = new BinnedErrorRates(outcomes);
  return (items) => ({
    recallAt1: items.reduce((sum, item) => sum + hits[item]!, 0) / items.length,
    meanAveragePrecision: items.reduce((sum, item) => sum + precisions[item]!, 0) / items.length,
    equalErrorRate: errorRates.of(items),
  });
}

/**
 * Better when neither recall@1 nor mAP fell and one of them rose: by more than chance when its interval lies above zero.
 * Where every first match was right before and nothing rose, there was nothing to gain.
 */
export function verdictOf({
  recallAt1,
  meanAveragePrecision,
}: Omit<ComparedFigures, 'equalErrorRate'>): TuningReport['verdict'] {
  const gains = [recallAt1.gain, meanAveragePrecision.gain];
  const fell = gains.some(({ value, high }) => value < 0 && high < 0) || gains.every(({ value }) => value <= 0);
  const sum = gains.reduce((total, { value }) => total + value, 0);
  if (fell || sum <= 0) return recallAt1.before.value === 1 ? 'nothingToGain' : 'notBetter';
  return gains.some(({ low }) => low > 0) && gains.every(({ value }) => value >= 0) ? 'better' : 'perhaps';
}

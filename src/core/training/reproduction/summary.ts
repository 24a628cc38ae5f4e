import type { Interval } from '../evaluation/bootstrap';
import { average, difference, intervalOf, meanEstimate, overall, overSeeds, type Estimate } from './estimate';
import { methodNames, reference, type MethodName } from './methods';
import type { ErrorCurves, Measurement } from './measure';
import { measurementOf, type TrainingRecord } from './record';
import { rocPoints } from './roc';
import type { Group } from '../evaluation/summary';

export const metricNames = ['recallAt1', 'meanAveragePrecision', 'equalErrorRate'] as const;
export type MetricName = (typeof metricNames)[number];

/** What one method reaches when it is used for training and for testing; `null` where a metric is not reported. */
export interface MethodFigures {
  readonly method: MethodName;
  readonly metrics: Readonly<Record<MetricName, Interval | null>>;
  /** The method's figure minus that of D_1. */
  readonly differences: Readonly<Record<MetricName, Interval | null>>;
  /** Share of accepted pairs of one label, the mean over seeds; see `rocCurve`. */
  readonly roc: readonly number[] | null;
}

/** The figures on one pack, or the means over several. */
export interface TargetFigures {
  readonly study: string;
  readonly name: string;
  readonly packs: number;
  readonly queries: number;
  readonly methods: readonly MethodFigures[];
  /** Mean average precision by the method of training, then by that of testing. */
  readonly crossed: readonly CrossedRow[];
}

export interface CrossedRow {
  readonly trained: MethodName;
  readonly tested: Readonly<Record<MethodName, number>>;
}

interface Target {
  readonly name: string;
  readonly packs: readonly string[];
  readonly group: Group;
}

/** The figures of one study. @param records of every method the same seeds and packs */
export function summarise(records: readonly TrainingRecord[]): readonly TargetFigures[] {
  const [first] = records;
  return first === undefined ? [] : targetsOf(first).map((target) => figuresOn(target, records, first));
}

/** Each pack for identification, their mean if there are several, and the mean over the sets of the UCR archive. */
function targetsOf({ packs }: TrainingRecord): readonly Target[] {
  const ofGroup = (wanted: Group) =>
    Object.entries(packs).flatMap(([name, { group }]) => (group === wanted ? [name] : []));
  const identification = ofGroup('identification');
  const ucr = ofGroup('ucr');
  const targets: Target[] = identification.map((name) => ({ name, packs: [name], group: 'identification' }));
  if (identification.length > 1) {
    targets.push({ name: `mean of ${identification.length}`, packs: identification, group: 'identification' });
  }
  if (ucr.length > 0) targets.push({ name: `UCR, mean of ${ucr.length}`, packs: ucr, group: 'ucr' });
  return targets;
}

function figuresOn(target: Target, records: readonly TrainingRecord[], first: TrainingRecord): TargetFigures {
  const trained = methodNames.flatMap((method) => {
    const bySeed = records.filter((record) => record.method === method).sort((a, b) => a.seed - b.seed);
    return bySeed.length === 0 ? [] : [{ method, bySeed, own: estimatesOf(target, bySeed, method) }];
  });
  const base = trained.find(({ method }) => method === reference)?.own;
  return {
    study: first.study,
    name: target.name,
    packs: target.packs.length,
    queries: target.packs.reduce((sum, pack) => sum + measurementOf(first, pack, reference).hits.length, 0),
    methods: trained.map(({ method, bySeed, own }) => ({
      method,
      metrics: perMetric((metric) => orNull(own[metric], intervalOf)),
      differences: perMetric((metric) =>
        method === reference ? null : differenceOf(own[metric], base?.[metric] ?? null),
      ),
      roc: target.group === 'ucr' ? null : meanRoc(target, bySeed, method),
    })),
    crossed: trained.map(({ method, bySeed }) => ({
      trained: method,
      tested: Object.fromEntries(
        methodNames.map((tested) => [tested, meanPrecision(target, bySeed, tested)]),
      ) as Record<MethodName, number>,
    })),
  };
}

function differenceOf(own: Estimate | null, base: Estimate | null): Interval | null {
  return own === null || base === null ? null : intervalOf(difference(own, base));
}

type Estimates = Readonly<Record<MetricName, Estimate | null>>;

function estimatesOf({ packs, group }: Target, bySeed: readonly TrainingRecord[], tested: MethodName): Estimates {
  const estimate = (of: (measurement: Measurement, pack: string) => Estimate) =>
    overSeeds(bySeed.map((record) => overall(packs.map((pack) => of(measurementOf(record, pack, tested), pack)))));
  return {
    recallAt1: estimate(({ hits }, pack) => meanEstimate(pack, hits)),
    // The protocol of the UCR archive is recall@1 alone.
    meanAveragePrecision:
      group === 'ucr' ? null : estimate(({ averagePrecisions }, pack) => meanEstimate(pack, averagePrecisions)),
    equalErrorRate:
      group === 'ucr'
        ? null
        : estimate((measurement, pack) => ({
            value: measurement.equalErrorRate,
            replicates: Float64Array.from(errorsOf(measurement, pack).replicates),
          })),
  };
}

function errorsOf({ errors }: Measurement, pack: string): ErrorCurves {
  if (errors === null) throw new Error(`no error rates are measured on ${pack}`);
  return errors;
}

/** For UCR sets recall@1 in place of the mean average precision. */
function meanPrecision({ packs, group }: Target, bySeed: readonly TrainingRecord[], tested: MethodName): number {
  const values = bySeed.flatMap((record) =>
    packs.map((pack) => {
      const { hits, averagePrecisions } = measurementOf(record, pack, tested);
      return average(group === 'ucr' ? hits : averagePrecisions);
    }),
  );
  return average(values);
}

/** The mean share of accepted pairs at every false acceptance rate, over seeds and packs (vertical averaging). */
function meanRoc({ packs }: Target, bySeed: readonly TrainingRecord[], tested: MethodName): readonly number[] {
  const curves = bySeed.flatMap((record) =>
    packs.map((pack) => Float64Array.from(errorsOf(measurementOf(record, pack, tested), pack).roc)),
  );
  return Array.from({ length: rocPoints }, (_, i) => average(curves.map((curve) => curve[i]!)));
}

function perMetric<T>(value: (metric: MetricName) => T): Record<MetricName, T> {
  return Object.fromEntries(metricNames.map((metric) => [metric, value(metric)])) as Record<MetricName, T>;
}

function orNull<A, B>(value: A | null, change: (value: A) => B): B | null {
  return value === null ? null : change(value);
}

import { methods, pooledVectors, reference, type MethodName } from './methods';
import { metricNames, type MetricName, type TargetFigures } from './summary';

export const metricTitles: Readonly<Record<MetricName, string>> = {
  recallAt1: 'recall@1',
  meanAveragePrecision: 'mAP',
  equalErrorRate: 'EER',
};

/** How D_1 stands to another method: `open` where the interval of their difference holds zero. */
export type Standing = 'better' | 'worse' | 'open';

/** @returns `null` where there is nothing to compare */
export function standingOf(target: TargetFigures, other: MethodName, metric: MetricName): Standing | null {
  const found = target.methods.find(({ method }) => method === other)?.differences[metric];
  if (found == null) return null;
  if (found.low <= 0 && found.high >= 0) return 'open';
  const othersIsHigher = found.value > 0;
  const higherIsBetter = metric !== 'equalErrorRate';
  return othersIsHigher === higherIsBetter ? 'worse' : 'better';
}

/** Whether the claim that D_1 beats pooled vectors holds on a target by a metric, against all of them. */
export type Verdict = 'holds' | 'fails' | 'open';

export function verdictOn(target: TargetFigures, metric: MetricName): Verdict | null {
  const standings = pooledVectors.flatMap((name) => standingOf(target, name, metric) ?? []);
  if (standings.length === 0) return null;
  if (standings.includes('worse')) return 'fails';
  return standings.every((standing) => standing === 'better') ? 'holds' : 'open';
}

/** The method with the best figure. */
export function winnerOf(target: TargetFigures, metric: MetricName): MethodName | null {
  const sign = metric === 'equalErrorRate' ? -1 : 1;
  let best: { method: MethodName; value: number } | null = null;
  for (const { method, metrics } of target.methods) {
    const value = metrics[metric]?.value;
    if (value !== undefined && (best === null || sign * value > sign * best.value)) best = { method, value };
  }
  return best?.method ?? null;
}

/** The data that findings are about: each pack, and the archive as a whole. */
export function judged(targets: readonly TargetFigures[]): readonly TargetFigures[] {
  return targets.filter(({ packs, methods: all }) => packs === 1 || all.every(({ roc }) => roc === null));
}

/** Per data set and metric whether the claim holds, with what beats D_1, and the method with the best figure. */
export function verdictRows(targets: readonly TargetFigures[]): readonly (readonly string[])[] {
  return judged(targets).map((target) => [
    titleOf(target),
    ...metricNames.map((metric) => verdictCell(target, metric)),
    methods[winnerOf(target, mainMetric(target)) ?? reference].title,
  ]);
}

function verdictCell(target: TargetFigures, metric: MetricName): string {
  const verdict = verdictOn(target, metric);
  if (verdict === null) return '';
  const ofStanding = (wanted: Standing) =>
    pooledVectors.filter((name) => standingOf(target, name, metric) === wanted).map((name) => shortTitle(name));
  if (verdict === 'holds') return '**holds**';
  if (verdict === 'fails') return `fails: ${listed(ofStanding('worse'))} better`;
  const beaten = ofStanding('better');
  return beaten.length === 0 ? 'open' : `open: beats ${listed(beaten)} only`;
}

const shortTitle = (name: MethodName): string => methods[name].title.replace(', Euclid', '');

/** The metric that stands for a target in a word. */
export function mainMetric({ methods: all }: TargetFigures): MetricName {
  return all.some(({ metrics }) => metrics.meanAveragePrecision !== null) ? 'meanAveragePrecision' : 'recallAt1';
}

export function titleOf({ study, name }: TargetFigures): string {
  return study === name ? study : `${study}: ${name}`;
}

/** Names as a sentence lists them. */
export function listed(names: readonly string[]): string {
  const last = names.slice(-1).join('');
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}

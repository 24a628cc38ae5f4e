import { methodNames, methods, pooledVectors, reference, type MethodName } from './methods';
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

/** The findings in sentences, each computed from the figures. */
export function findings(targets: readonly TargetFigures[]): readonly string[] {
  const distinct = targets
    .filter(({ packs }) => packs === 1 || targets.every((t) => t.packs > 1))
    .concat(ucrOf(targets));
  return [
    countSentence(distinct),
    verdictSentence(
      distinct,
      'holds',
      'The claim holds, D₁ being better than each of the three with an interval clear of zero,',
    ),
    verdictSentence(
      distinct,
      'fails',
      'It does not hold, some pooled vector being better with an interval clear of zero,',
    ),
    verdictSentence(distinct, 'open', 'It is neither shown nor refuted'),
    ...comparisonSentences(distinct),
    winnerSentence(distinct),
    crossedSentence(distinct),
  ].filter((sentence) => sentence !== '');
}

/** Means over packs repeat what the packs say, but for the archive, of which no set is reported by itself. */
function ucrOf(targets: readonly TargetFigures[]): readonly TargetFigures[] {
  return targets.filter(({ packs, methods: all }) => packs > 1 && all.every(({ roc }) => roc === null));
}

function countSentence(targets: readonly TargetFigures[]): string {
  const standings = targets.flatMap((target) =>
    pooledVectors.flatMap((name) => metricNames.flatMap((metric) => standingOf(target, name, metric) ?? [])),
  );
  const count = (wanted: Standing) => standings.filter((standing) => standing === wanted).length;
  return (
    `Of ${standings.length} comparisons of D₁ with mean, mean + std and max (recall@1, mAP and EER, where they are reported), ` +
    `D₁ is better in ${count('better')} and worse in ${count('worse')}; in ${count('open')} the interval of the difference holds zero.`
  );
}

function verdictSentence(targets: readonly TargetFigures[], wanted: Verdict, start: string): string {
  const byMetric = metricNames.flatMap((metric) => {
    const names = targets.filter((target) => verdictOn(target, metric) === wanted).map(titleOf);
    return names.length === 0 ? [] : [`by ${metricTitles[metric]} on ${listed(names)}`];
  });
  return byMetric.length === 0 ? `${start} nowhere.` : `${start} ${byMetric.join('; ')}.`;
}

/** One sentence per other method: where it is better and where it is worse than D_1, by mAP, on UCR by recall@1. */
function comparisonSentences(targets: readonly TargetFigures[]): readonly string[] {
  const others = methodNames.filter((name) => name !== reference);
  return others.flatMap((name) => {
    const where = (wanted: Standing) =>
      targets.filter((target) => standingOf(target, name, mainMetric(target)) === wanted).map(titleOf);
    const [better, worse, open] = [where('worse'), where('better'), where('open')];
    if (better.length + worse.length + open.length === 0) return [];
    const parts = [
      better.length > 0 ? `better than D₁ on ${listed(better)}` : '',
      worse.length > 0 ? `worse on ${listed(worse)}` : '',
      open.length > 0 ? `not told apart on ${listed(open)}` : '',
    ].filter((part) => part !== '');
    return [`${methods[name].title} (trained and tested by it) is ${parts.join(', ')}, by mAP (UCR: recall@1).`];
  });
}

function winnerSentence(targets: readonly TargetFigures[]): string {
  const wins = new Map<MethodName, string[]>();
  for (const target of targets) {
    const winner = winnerOf(target, mainMetric(target));
    if (winner !== null) wins.set(winner, [...(wins.get(winner) ?? []), titleOf(target)]);
  }
  const parts = [...wins]
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([name, where]) => `${methods[name].title} on ${listed(where)}`);
  return `The best figure (mAP; UCR: recall@1), whatever its interval: ${parts.join('; ')}.`;
}

/** Which method tests best, whatever the network was trained by. */
function crossedSentence(targets: readonly TargetFigures[]): string {
  const rows = targets.flatMap(({ crossed }) => crossed);
  const wins = new Map<MethodName, number>();
  for (const { tested } of rows) {
    const best = Math.max(...Object.values(tested));
    const winner = methodNames.find((name) => tested[name] === best)!;
    wins.set(winner, (wins.get(winner) ?? 0) + 1);
  }
  const parts = [...wins].sort(([, a], [, b]) => b - a).map(([name, count]) => `${methods[name].title} in ${count}`);
  return (
    `Trained by one method and tested by another, ${rows.length} pairs of data and training in all, ` +
    `the best figure (mAP; UCR: recall@1) comes from testing by ${listed(parts)}.`
  );
}

/** The metric that stands for a target in a word. */
function mainMetric({ methods: all }: TargetFigures): MetricName {
  return all.some(({ metrics }) => metrics.meanAveragePrecision !== null) ? 'meanAveragePrecision' : 'recallAt1';
}

export function titleOf({ study, name }: TargetFigures): string {
  return study === name ? study : `${study}: ${name}`;
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)!}`;
}

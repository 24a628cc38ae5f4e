import { average } from './estimate';
import { methodNames, methods, pooledVectors, reference, type MethodName } from './methods';
import { wholePool } from './studies';
import { metricNames, type TargetFigures } from './summary';
import {
  judged,
  listed,
  mainMetric,
  metricTitles,
  standingOf,
  titleOf,
  verdictOn,
  winnerOf,
  type Standing,
  type Verdict,
} from './verdict';

/** The findings in sentences, each computed from the figures. */
export function findings(targets: readonly TargetFigures[]): readonly string[] {
  const distinct = judged(targets);
  return [
    countSentence(distinct),
    verdictSentence(
      distinct,
      'holds',
      'The claim **holds** (D₁ better than each of the three, every interval clear of zero)',
    ),
    verdictSentence(
      distinct,
      'fails',
      'It **does not hold** (one of the three better than D₁, its interval clear of zero)',
    ),
    verdictSentence(distinct, 'open', 'It is neither shown nor refuted'),
    ...comparisonSentences(distinct),
    winnerSentence(distinct),
    ...averageSentences(distinct),
    crossedSentence(distinct),
  ];
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
    return [`**${methods[name].title}**, trained and tested by it, is ${parts.join(', ')}, by mAP (UCR: recall@1).`];
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

/** The mean of the main metric over the data sets of each kind of study, the best method first. */
function averageSentences(targets: readonly TargetFigures[]): readonly string[] {
  const kinds = [
    { title: 'the single data sets', of: targets.filter(({ study }) => study !== wholePool) },
    { title: 'the packs of the pool', of: targets.filter(({ study, packs }) => study === wholePool && packs === 1) },
  ];
  return kinds.flatMap(({ title, of }) => {
    if (of.length < 2) return [];
    const means = methodNames.flatMap((name) => {
      const values = of.flatMap((target) => {
        const found = target.methods.find(({ method }) => method === name)?.metrics.meanAveragePrecision;
        return found == null ? [] : [found.value];
      });
      return values.length < of.length ? [] : [{ name, value: average(values) }];
    });
    const parts = means
      .sort((a, b) => b.value - a.value)
      .map(({ name, value }) => `${methods[name].title} ${value.toFixed(3).replace(/^0/, '')}`);
    return parts.length === 0 ? [] : [`Mean mAP over ${title}, the best first: ${parts.join('; ')}.`];
  });
}

/** Which method tests best, whatever the network was trained by. */
function crossedSentence(targets: readonly TargetFigures[]): string {
  const rows = targets.flatMap(({ crossed }) => crossed);
  const wins = new Map<MethodName, number>();
  for (const { tested } of rows) {
    const winner = methodNames.reduce((best, name) => (tested[name] > tested[best] ? name : best));
    wins.set(winner, (wins.get(winner) ?? 0) + 1);
  }
  const parts = [...wins].sort(([, a], [, b]) => b - a).map(([name, count]) => `${methods[name].title} in ${count}`);
  return (
    `Trained by one method and tested by another, ${rows.length} pairs of data and training in all, ` +
    `the best figure (mAP; UCR: recall@1) comes from testing by ${listed(parts)}.`
  );
}

import type { NeighbourGraph } from '../neighbours/graph';

/** The labels of sequences, as numbers. */
export interface GivenLabels {
  /** By sequence; -1 where there is none. */
  readonly labels: Int32Array;
  /** By sequence: labels are compared only within a scope, such as the one file that gives them. */
  readonly scopes: Int32Array;
}

/** A label that the neighbours contradict. */
export interface DoubtfulLabel {
  readonly sequence: number;
  readonly suggested: number;
  /** How probable the neighbours make the suggested label, and the given one. */
  readonly confidence: number;
  readonly given: number;
}

/** How probable each label is, by label; nothing where too few neighbours have labels. */
export type Probabilities = ReadonlyMap<number, number>;

/** A label is judged where so many sequences have it, by so many neighbours at least, of so many at most. */
const [leastMembers, leastVotes, mostVotes] = [3, 3, 10];

/**
 * What the labelled neighbours of a sequence, without itself, say of its label: each counts by the inverse of its distance
 * (Dudani 1976), beside a tenth of the farthest, so that a copy does not count for everything.
 */
export function neighbourProbabilities(
  { k, ids, distances }: NeighbourGraph,
  { labels, scopes }: GivenLabels,
  sequence: number,
): Probabilities {
  const votes: { readonly label: number; readonly distance: number }[] = [];
  for (let edge = sequence * k; edge < (sequence + 1) * k && votes.length < mostVotes; edge++) {
    const other = ids[edge]!;
    if (labels[other]! < 0 || scopes[other] !== scopes[sequence]) continue;
    votes.push({ label: labels[other]!, distance: distances[edge]! });
  }
  const farthest = votes.at(-1)?.distance ?? 0;
  if (votes.length < leastVotes) return new Map();
  const sums = new Map<number, number>();
  let total = 0;
  for (const { label, distance } of votes) {
    const weight = farthest > 0 ? 1 / (distance / farthest + closeness) : 1;
    sums.set(label, (sums.get(label) ?? 0) + weight);
    total += weight;
  }
  return new Map(Array.from(sums, ([label, sum]) => [label, sum / total]));
}

const closeness = 0.1;

/**
 * Sequences whose label is probably wrong, by confident learning (Northcutt, Jiang and Chuang 2021, "Confident learning:
 * estimating uncertainty in dataset labels"): a label is confident for a sequence where it is at least as probable as it is
 * on average for the sequences that have it, or has half of all votes. Sequences with another confident label than the given one are the
 * off-diagonal of the confident joint.
 *
 * @returns those, by how much more probable the suggested label is than the given one
 */
export function doubtfulLabels(graph: NeighbourGraph, given: GivenLabels): readonly DoubtfulLabel[] {
  const { labels } = given;
  const judged = graph.keys.map((_, i) => (labels[i]! < 0 ? null : neighbourProbabilities(graph, given, i)));
  const thresholds = confidentThresholds(labels, judged);
  const found = judged.flatMap((probabilities, sequence): readonly DoubtfulLabel[] => {
    const own = labels[sequence]!;
    if (probabilities === null || !thresholds.has(own)) return [];
    let suggested: number | null = null;
    for (const [label, probability] of probabilities) {
      const threshold = thresholds.get(label);
      if (threshold === undefined || probability < threshold) continue;
      if (suggested === null || probability > (probabilities.get(suggested) ?? 0)) suggested = label;
    }
    if (suggested === null || suggested === own) return [];
    const [confidence, ofGiven] = [probabilities.get(suggested) ?? 0, probabilities.get(own) ?? 0];
    return confidence > ofGiven ? [{ sequence, suggested, confidence, given: ofGiven }] : [];
  });
  return found.sort((a, b) => marginOf(b) - marginOf(a) || a.sequence - b.sequence);
}

/** Where classes are apart a label has nearly all votes for its own, and half of them tell enough of a wrong one. */
const majority = 0.5;

/** The probability from which each label is confident; of labels that enough sequences have. */
function confidentThresholds(
  labels: Int32Array,
  judged: readonly (Probabilities | null)[],
): ReadonlyMap<number, number> {
  const sums = new Map<number, { sum: number; count: number }>();
  judged.forEach((probabilities, i) => {
    if (probabilities === null || probabilities.size === 0) return;
    const label = labels[i]!;
    const entry = sums.get(label) ?? { sum: 0, count: 0 };
    entry.sum += probabilities.get(label) ?? 0;
    entry.count++;
    sums.set(label, entry);
  });
  const enough = [...sums].filter(([, { sum, count }]) => count >= leastMembers && sum > 0);
  return new Map(enough.map(([label, { sum, count }]) => [label, Math.min(sum / count, majority)]));
}

function marginOf({ confidence, given }: DoubtfulLabel): number {
  return confidence - given;
}

/** From so much more probability for the suggested label on, a label is reported as doubtful. */
const leastMargin = 0.5;

/** Whether a doubt is strong enough for a report. */
export function isReported(doubt: Pick<DoubtfulLabel, 'confidence' | 'given'>): boolean {
  return doubt.confidence - doubt.given >= leastMargin;
}

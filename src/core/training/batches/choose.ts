import { type Dataset } from './dataset';
import type { Random } from '../../distributions/random';

/**
 * Draws a data set: first the kind, identification with probability `identificationShare` if there are both kinds, then
 * one of the kind with a probability proportional to the square root of its size, so that large ones do not rule.
 */
export function chooseDataset(datasets: readonly Dataset[], identificationShare: number, random: Random): Dataset {
  const kind = random.unit() < identificationShare ? 'identification' : 'classification';
  const ofKind = datasets.filter((dataset) => dataset.kind === kind);
  const candidates = ofKind.length > 0 ? ofKind : datasets;
  const weights = candidates.map(({ sequences }) => Math.sqrt(sequences.length));
  let rest = random.uniform(
    0,
    weights.reduce((sum, weight) => sum + weight, 0),
  );
  const found = candidates.find((_, i) => (rest -= weights[i]!) < 0);
  return found ?? candidates.at(-1)!;
}

/**
 * Draws the numbers of `count` sequences: `classes` labels with as many sequences each, more labels where some have too
 * few, and sequences again only where the data set has no others.
 */
export function chooseSequences(dataset: Dataset, count: number, classes: number, random: Random): readonly number[] {
  const perClass = Math.ceil(count / Math.min(classes, dataset.classes.length));
  const chosen: number[] = [];
  let members = dataset.classes.map((all) => random.shuffled(all));
  while (chosen.length < count) {
    if (members.every((rest) => rest.length === 0)) members = dataset.classes.map((all) => random.shuffled(all));
    for (const rest of random.shuffled(members)) {
      if (chosen.length < count) chosen.push(...rest.splice(0, perClass));
    }
  }
  return chosen.slice(0, count);
}

/** Draws the numbers of `count` / 2 sequences, fewer if there are not so many, each twice. */
export function chooseInstances(dataset: Dataset, count: number, random: Random): readonly number[] {
  const numbers = random.shuffled([...dataset.sequences.keys()]).slice(0, Math.floor(count / 2));
  return numbers.flatMap((n) => [n, n]);
}

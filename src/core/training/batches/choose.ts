import type { PackSequence } from '../packs/pack';
import type { Dataset } from './dataset';
import type { Random } from '../../distributions/random';

/**
 * Draws a data set: first the kind, identification with probability `identificationShare` if there are both kinds, then
 * one of the kind with a probability proportional to the square root of its size, so that large ones do not rule.
 *
 * @throws RangeError when there is no data set
 */
export function chooseDataset(datasets: readonly Dataset[], identificationShare: number, random: Random): Dataset {
  const kind = random.unit() < identificationShare ? 'identification' : 'classification';
  const ofKind = datasets.filter((dataset) => dataset.kind === kind);
  const candidates = ofKind.length > 0 ? ofKind : datasets;
  const weightOf = ({ sequences }: Dataset) => Math.sqrt(sequences.length);
  let rest = random.uniform(
    0,
    candidates.reduce((sum, dataset) => sum + weightOf(dataset), 0),
  );
  const chosen = candidates.find((dataset) => (rest -= weightOf(dataset)) < 0) ?? candidates.at(-1);
  if (chosen === undefined) throw new RangeError('there is no data set to draw from');
  return chosen;
}

/**
 * Draws `count` sequences: `classes` labels with as many sequences each, more labels where some have too
 * few, and sequences again only where the data set has no others.
 */
export function chooseSequences(
  dataset: Dataset,
  count: number,
  classes: number,
  random: Random,
): readonly PackSequence[] {
  const perClass = Math.ceil(count / Math.min(classes, dataset.classes.length));
  const chosen: PackSequence[] = [];
  let members = dataset.classes.map((all) => random.shuffled(all));
  while (chosen.length < count) {
    if (members.every((rest) => rest.length === 0)) members = dataset.classes.map((all) => random.shuffled(all));
    for (const rest of random.shuffled(members)) {
      if (chosen.length < count) for (const sequence of rest.splice(0, perClass)) chosen.push(sequence);
    }
  }
  return chosen.slice(0, count);
}

/** Draws `count` / 2 sequences, fewer if there are not as many, each twice. */
export function chooseInstances(dataset: Dataset, count: number, random: Random): readonly PackSequence[] {
  const drawn = random.shuffled(dataset.sequences).slice(0, Math.floor(count / 2));
  return drawn.flatMap((sequence) => [sequence, sequence]);
}

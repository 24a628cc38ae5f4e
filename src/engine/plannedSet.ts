import { randomOf } from '../core/distributions/random';
import type { LabelSet } from '../core/labels/labelSets';
import { checkNoLeak, countSplit, splitByGroup } from '../core/labels/split';
import type { PlannedSequence, PlannedSet, TuningSettings } from '../protocol/finetune';
import { shortened, shortenedOrNull } from './shortened';

/** How a sequence is read and compared. */
export type Treatment = Pick<PlannedSequence, 'rate' | 'decisions'>;

/** A set of labelled sequences as a plan holds it, with a share of whole groups held out. */
export function plannedSet(
  { name, layout, members }: LabelSet,
  { validationShare, seed }: Pick<TuningSettings, 'validationShare' | 'seed'>,
  treatmentOf: (path: string, number: number) => Treatment,
): PlannedSet {
  const sides = splitByGroup(members, validationShare, randomOf(seed, `split ${layout} ${name}`));
  checkNoLeak(members, sides);
  return {
    name: shortened(name),
    layout: shortened(layout),
    split: countSplit(members, sides),
    sequences: members.map(({ candidate: { path, file, number, digest }, label, group }, i) => {
      const side = sides[i];
      if (side === undefined) throw new Error(`${file} is on no side of the split`);
      return {
        ...{ path, file, number, digest },
        ...treatmentOf(path, number),
        label: shortened(label),
        group: shortenedOrNull(group),
        side,
      };
    }),
  };
}

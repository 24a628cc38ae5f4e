import type { ChannelScale } from '../../encoder/inputs';
import { PackError, type Pack, type PackSequence } from '../packs/pack';
import { packScales } from '../packs/scales';
import { hasBothSplits } from '../packs/splits';

/** A pack as training draws from it. */
export interface Dataset {
  readonly name: string;
  readonly sequences: readonly PackSequence[];
  /** The sequences of every label that has positive pairs. */
  readonly classes: readonly (readonly PackSequence[])[];
  /** Of every channel. */
  readonly scales: readonly ChannelScale[];
  readonly excludeBy: string | null;
  /** Whether labels are to be recognised among sequences of the same labels, as in the UCR archive, or identified anew. */
  readonly kind: 'classification' | 'identification';
}

/**
 * @throws PackError when no label has two sequences that may be compared, or only one label has
 */
export function datasetOf(pack: Pack): Dataset {
  const { name, sequences, excludeBy } = pack;
  const byLabel = new Map<number, PackSequence[]>();
  for (const sequence of sequences) {
    byLabel.set(sequence.label, [...(byLabel.get(sequence.label) ?? []), sequence]);
  }
  const classes = [...byLabel.values()].filter((members) => hasPositives(members, excludeBy));
  if (classes.length < 2) {
    throw new PackError(
      `The pack ${name} cannot be trained on: fewer than two of its labels have sequences that may be compared.`,
    );
  }
  const kind = pack.domain === 'ucr' || hasBothSplits(pack) ? 'classification' : 'identification';
  return { name, sequences, classes, scales: packScales(pack), excludeBy, kind };
}

function hasPositives([first, ...others]: readonly PackSequence[], excludeBy: string | null): boolean {
  return first !== undefined && others.some((other) => mayMatch(first, other, excludeBy));
}

/** Whether two sequences may be compared as query and gallery item, by the protocol of their pack. */
export function mayMatch(a: PackSequence, b: PackSequence, excludeBy: string | null): boolean {
  return excludeBy === null || a.columns[excludeBy] !== b.columns[excludeBy];
}

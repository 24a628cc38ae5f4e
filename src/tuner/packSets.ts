import { createHash } from 'node:crypto';
import { randomOf } from '../core/distributions/random';
import type { Labelled } from '../core/labels/candidate';
import { checkNoLeak, countSplit, splitByGroup, type Side } from '../core/labels/split';
import type { TuningSettings } from '../protocol/finetune';
import type { TuningNote } from '../protocol/tuningNote';
import type { Pack, PackSequence } from '../core/training/packs/pack';
import { hasBothSplits, splitOf } from '../core/training/packs/splits';
import { subPack, splitNames, type TuningSet } from './tuningSet';

/** A set with the note that says how it was split. */
export interface SplitSet {
  readonly set: TuningSet;
  readonly split: TuningNote;
}

/**
 * Splits a pack for fine-tuning. Of a pack with a training and a test split only the training split is used, and
 * sequences that its protocol keeps apart (one session, one word) stay on one side.
 */
export function splitPack(pack: Pack, { validationShare, seed }: TuningSettings): SplitSet {
  const usable = hasBothSplits(pack)
    ? subPack(
        pack,
        pack.sequences.flatMap((sequence, n) => (splitOf(pack, sequence) === 'train' ? [n] : [])),
      )
    : pack;
  const members = usable.sequences.map((sequence, n) => labelledOf(usable, sequence, n));
  const sides = splitByGroup(members, validationShare, randomOf(seed, `split ${pack.name}`));
  checkNoLeak(members, sides);
  const names = members.map(({ candidate: { path, file, number }, label }) => ({ path, number, file, label }));
  const split: TuningNote = { kind: 'split', set: pack.name, ...countSplit(members, sides) };
  return { set: { pack: withSides(usable, sides), names }, split };
}

/** A pack whose column `split` says which sequences are held out. */
export function withSides(pack: Pack, sides: readonly Side[]): Pack {
  const sequences = pack.sequences.map((sequence, n) => {
    const split = splitNames.indexOf(sides[n] === 'heldOut' ? 'test' : 'train');
    return { ...sequence, columns: { ...sequence.columns, split } };
  });
  return { ...pack, sequences, columnValues: { ...pack.columnValues, split: splitNames } };
}

function labelledOf(pack: Pack, sequence: PackSequence, number: number): Labelled {
  const { excludeBy, columnValues, name } = pack;
  const group = excludeBy === null ? null : String(sequence.columns[excludeBy]);
  const label = columnValues['label']?.[sequence.label] ?? String(sequence.label);
  const candidate = {
    path: name,
    file: name,
    number,
    siblings: pack.sequences.length,
    layout: String(pack.channels),
    digest: digestOf(sequence.channels),
    ownLabel: label,
  };
  return { candidate, label, group, space: name };
}

/** What tells the values of two sequences apart. */
export function digestOf(channels: readonly Float32Array[]): string {
  const hash = createHash('sha256');
  for (const { buffer, byteOffset, byteLength } of channels)
    hash.update(Buffer.from(buffer, byteOffset, byteLength)).update('|');
  return hash.digest('hex');
}

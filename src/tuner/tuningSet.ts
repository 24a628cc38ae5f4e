import type { Pack } from '../core/training/packs/pack';
import type { NamedSequence } from '../protocol/finetune';

/** Sequences of one layout to fine-tune on, with those that are held out. */
export interface TuningSet {
  /** With a column `split`: `train` is trained on, `test` held out. */
  readonly pack: Pack;
  /** What each sequence is called. */
  readonly names: readonly NamedSequence[];
}

/** The numbers of a set's sequences by their part. */
export interface Parts {
  readonly train: readonly number[];
  /** Held-out sequences that decide when to stop and which weights to keep. */
  readonly stopping: readonly number[];
  /** Held-out sequences that the report is about. */
  readonly report: readonly number[];
}

export const splitNames = ['train', 'test'];

/** With fewer held-out sequences than this, one half of them would say too little. */
const fewestToHalve = 60;

/**
 * Parts of all sets. The held-out sequences are halved, label by label, so that the report is about sequences that decided
 * nothing; with few of them, all serve both ends.
 */
export function partsOf(sets: readonly TuningSet[]): { readonly parts: readonly Parts[]; readonly halved: boolean } {
  const heldOut = sets.map(({ pack }) => numbersOf(pack, 'test'));
  const halved = heldOut.reduce((sum, { length }) => sum + length, 0) >= fewestToHalve;
  const parts = sets.map(({ pack }, s): Parts => {
    const train = numbersOf(pack, 'train');
    const held = heldOut[s]!;
    if (!halved) return { train, stopping: held, report: held };
    const turns = new Map<number, number>();
    const isStopping = held.map((n) => {
      const { label } = pack.sequences[n]!;
      const turn = turns.get(label) ?? label % 2;
      turns.set(label, turn + 1);
      return turn % 2 === 1;
    });
    return { train, stopping: held.filter((_, i) => isStopping[i]), report: held.filter((_, i) => !isStopping[i]) };
  });
  return { parts, halved };
}

function numbersOf({ sequences }: Pack, split: 'train' | 'test'): readonly number[] {
  const code = splitNames.indexOf(split);
  return sequences.flatMap(({ columns }, n) => (columns['split'] === code ? [n] : []));
}

/** A pack of some of a pack's sequences, in the order given. */
export function subPack(pack: Pack, numbers: readonly number[]): Pack {
  return { ...pack, sequences: numbers.map((n) => pack.sequences[n]!) };
}

/** At most `most` of the numbers, evenly spaced. */
export function thinned(numbers: readonly number[], most: number): readonly number[] {
  if (numbers.length <= most) return numbers;
  return Array.from({ length: most }, (_, i) => numbers[Math.floor((i * numbers.length) / most)]!);
}

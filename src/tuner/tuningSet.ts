import { sequenceOf, stepsOf, type Pack } from '../core/training/packs/pack';
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

/** A set that is divided into parts. */
export interface DividedSet extends TuningSet {
  readonly parts: Parts;
}

export const splitNames = ['train', 'test'];

/** With fewer held-out sequences than this, one half of them would say too little. */
const fewestToHalve = 60;

/**
 * Divides all sets. The held-out sequences are halved, label by label, so that the report is about sequences that decided
 * nothing; with few of them, all serve both ends.
 */
export function divided(sets: readonly TuningSet[]): {
  readonly sets: readonly DividedSet[];
  readonly halved: boolean;
} {
  const heldOut = sets.reduce((sum, { pack }) => sum + numbersOf(pack, 'test').length, 0);
  const halved = heldOut >= fewestToHalve;
  return { sets: sets.map((set) => ({ ...set, parts: partsOf(set.pack, halved) })), halved };
}

function partsOf(pack: Pack, halved: boolean): Parts {
  const train = numbersOf(pack, 'train');
  const held = numbersOf(pack, 'test');
  if (!halved) return { train, stopping: held, report: held };
  const turns = new Map<number, number>();
  const stopping: number[] = [];
  const report: number[] = [];
  for (const n of held) {
    const { label } = sequenceOf(pack, n);
    const turn = turns.get(label) ?? label % 2;
    turns.set(label, turn + 1);
    (turn % 2 === 1 ? stopping : report).push(n);
  }
  return { train, stopping, report };
}

function numbersOf({ sequences }: Pack, split: 'train' | 'test'): readonly number[] {
  const code = splitNames.indexOf(split);
  return sequences.flatMap(({ columns }, n) => (columns['split'] === code ? [n] : []));
}

/** How many samples of a pack are embedded, over all channels. @param maximumSteps as for `embed` */
export function samplesOf({ channels, sequences }: Pack, maximumSteps: number): number {
  return sequences.reduce((sum, sequence) => sum + channels * Math.min(stepsOf(sequence), maximumSteps), 0);
}

/** What the report ranks of a set: the sequences that were trained on, and those held out for it. */
export function reported({ parts: { train, report } }: DividedSet): readonly number[] {
  return report.length === 0 ? [] : [...train, ...report];
}

/** A pack of some of a pack's sequences, in the order given. */
export function subPack(pack: Pack, numbers: Iterable<number>): Pack {
  return { ...pack, sequences: Array.from(numbers, (n) => sequenceOf(pack, n)) };
}

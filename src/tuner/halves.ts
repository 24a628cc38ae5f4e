import { randomOf } from '../core/distributions/random';
import { countPairs, protocolOf } from '../core/training/evaluation/protocol';
import { codeIn, sequenceOf, type Pack } from '../core/training/packs/pack';
import { hasBothSplits } from '../core/training/packs/splits';
import { withSides } from './packSets';
import { subPack } from './tuningSet';

/** Half of a pack to fine-tune on, and what then tells how good that was. */
export interface Halves {
  readonly tuned: Pack;
  readonly tested: Pack;
}

/** With fewer values on a side than this, the protocol would leave too little to bring together and to hold out. */
const fewestValues = 4;

/**
 * Halves a pack: by the values that its protocol keeps apart (other parts, other words), else half of the sequences of
 * every label. The other half is
 * tested by itself or, where the protocol then leaves nothing to compare, against the first half. Of a pack with both splits
 * the training split is tuned on and the whole pack tested by its protocol.
 */
export function halves(pack: Pack, seed: number): Halves {
  if (hasBothSplits(pack)) return { tuned: pack, tested: pack };
  const random = randomOf(seed, `halves ${pack.name}`);
  const { excludeBy, sequences } = pack;
  const numbers = random.shuffled(Array.from(sequences.keys()));
  const first = new Set<number>();
  if (excludeBy === null) {
    const turns = new Map<number, number>();
    for (const n of numbers) {
      const { label } = sequenceOf(pack, n);
      const turn = turns.get(label) ?? 0;
      turns.set(label, turn + 1);
      if (turn % 2 === 0) first.add(n);
    }
  } else {
    const values = random.shuffled([...new Set(sequences.map((sequence) => codeIn(sequence, excludeBy)))]);
    const chosen = new Set(values.slice(0, Math.ceil(values.length / 2)));
    sequences.forEach((sequence, n) => {
      if (chosen.has(codeIn(sequence, excludeBy))) first.add(n);
    });
  }
  const half = (wanted: boolean) =>
    subPack(
      pack,
      [...sequences.keys()].filter((n) => first.has(n) === wanted),
    );
  const [tuned, tested] = [half(true), half(false)];
  const values = excludeBy === null ? Infinity : new Set(tuned.sequences.map(({ columns }) => columns[excludeBy])).size;
  const { same, different } = countPairs(protocolOf(tested));
  const sides = Array.from(sequences.keys(), (n) => (first.has(n) ? ('train' as const) : ('heldOut' as const)));
  return {
    tuned: values < fewestValues ? { ...tuned, excludeBy: null } : tuned,
    tested: same > 0 && different > 0 ? tested : withSides(pack, sides),
  };
}

import { codeIn, PackError, type Pack } from '../packs/pack';
import { hasBothSplits, splitOf } from '../packs/splits';

/** Which sequences of a pack are compared with which, by their numbers. */
export interface Protocol {
  readonly queries: Int32Array;
  readonly gallery: Int32Array;
  /** The code of every sequence's label. */
  readonly labels: Int32Array;
  /** Whether an item belongs to the gallery of a query. */
  readonly allows: (query: number, item: number) => boolean;
  /** Whether query and gallery are the same sequences, so that each pair occurs in both directions. */
  readonly symmetric: boolean;
}

/**
 * The protocol of a pack. With a training and a test split, every test sequence queries all training sequences.
 * Otherwise every sequence queries all others. In both cases items that share the query's value in the pack's excluding
 * column are left out.
 */
export function protocolOf(pack: Pack): Protocol {
  const { sequences, excludeBy } = pack;
  const numbers = Array.from(sequences.keys());
  const split = hasBothSplits(pack);
  const ofSplit = (wanted: string) =>
    sequences.flatMap((sequence, n) => (splitOf(pack, sequence) === wanted ? [n] : []));
  const codes = excludeBy === null ? null : Int32Array.from(sequences, (sequence) => codeIn(sequence, excludeBy));
  return {
    queries: Int32Array.from(split ? ofSplit('test') : numbers),
    gallery: Int32Array.from(split ? ofSplit('train') : numbers),
    labels: Int32Array.from(sequences, ({ label }) => label),
    allows: (query, item) => query !== item && (codes === null || codes[query] !== codes[item]),
    symmetric: !split,
  };
}

/** How many pairs of one label, and of different labels, a protocol compares; a symmetric pair counts once. */
export function countPairs({ queries, gallery, labels, allows, symmetric }: Protocol): PairCounts {
  let same = 0;
  let different = 0;
  for (const query of queries) {
    for (const item of gallery) {
      if ((symmetric && item < query) || !allows(query, item)) continue;
      if (labels[query] === labels[item]) same++;
      else different++;
    }
  }
  return { same, different };
}

export interface PairCounts {
  readonly same: number;
  readonly different: number;
}

/** @throws PackError when the protocol of a pack leaves no pairs of one label, or none of different labels, to compare */
export function checkPairs(pack: Pack, { same, different }: PairCounts): void {
  const kind = same === 0 ? 'one label' : different === 0 ? 'different labels' : null;
  if (kind !== null) {
    throw new PackError(
      `The pack ${pack.name} cannot be used: its protocol leaves no two sequences of ${kind} to compare.`,
    );
  }
}

import { byteScaleOf } from '../../core/encoder/codes';
import type { EncoderSession } from '../../core/encoder/session';
import { embedPackAsBytes, type PackOptions } from '../../core/training/evaluation/embedPack';
import { rowDistance } from '../../core/training/evaluation/rowDistance';
import { protocolOf } from '../../core/training/evaluation/protocol';
import { rank } from '../../core/training/evaluation/ranking';
import { reported, subPack, type DividedSet } from '../tuningSet';

/** How the training sequences of its set rank for one held-out sequence. */
export interface Outcome {
  /** The numbers of the set, and of the sequences in it. */
  readonly set: number;
  readonly query: number;
  readonly nearest: number;
  readonly hit: boolean;
  readonly averagePrecision: number;
  /** Distances to sequences of its label, and to others, ascending. */
  readonly same: Float64Array;
  readonly different: Float64Array;
}

/** Ranks the training sequences of every set for its sequences in the report, as far as they hold its label. */
export async function outcomesOf(
  session: EncoderSession,
  sets: readonly DividedSet[],
  options: PackOptions,
): Promise<readonly Outcome[]> {
  const all: Outcome[] = [];
  for (const [set, divided] of sets.entries()) {
    const numbers = Int32Array.from(reported(divided));
    if (numbers.length === 0) continue;
    const sub = subPack(divided.pack, numbers);
    const rows = await embedPackAsBytes(session, sub, options);
    const { step } = byteScaleOf(session.description);
    const inSteps = rowDistance(rows, numbers.length);
    const distance = (a: number, b: number) => step * inSteps(a, b);
    const protocol = protocolOf(sub);
    for (const query of protocol.queries) {
      const gallery = [...protocol.gallery].flatMap((item): readonly Compared[] =>
        protocol.allows(query, item)
          ? [{ item, distance: distance(query, item), isSame: protocol.labels[item] === protocol.labels[query] }]
          : [],
      );
      const pick = (wanted: boolean) =>
        Float64Array.from(
          gallery.filter(({ isSame }) => isSame === wanted).map((compared) => compared.distance),
        ).sort();
      const [same, different] = [pick(true), pick(false)];
      if (same.length === 0) continue;
      const { hit, averagePrecision } = rank(same, different);
      const nearest = numbers[gallery.reduce(nearer).item]!;
      all.push({ set, query: numbers[query]!, nearest, hit, averagePrecision, same, different });
    }
  }
  return all;
}

/** An item of a gallery as a query sees it. */
interface Compared {
  readonly item: number;
  readonly distance: number;
  /** Whether it has the label of the query. */
  readonly isSame: boolean;
}

/** As in `rank`, ties count against the ranking. */
function nearer(best: Compared, other: Compared): Compared {
  const ties = other.distance === best.distance && best.isSame && !other.isSame;
  return other.distance < best.distance || ties ? other : best;
}

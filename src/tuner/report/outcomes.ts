import type { EncoderSession } from '../../core/encoder/session';
import { embedPack } from '../../core/training/evaluation/embedPack';
import { rowDistance } from '../../core/training/evaluation/rowDistance';
import { protocolOf } from '../../core/training/evaluation/protocol';
import { rank } from '../../core/training/evaluation/ranking';
import { subPack, type Parts, type TuningSet } from '../tuningSet';

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
  sets: readonly TuningSet[],
  parts: readonly Parts[],
  maximumSteps: number,
  signal: AbortSignal,
): Promise<readonly Outcome[]> {
  const all: Outcome[] = [];
  for (const [s, { pack }] of sets.entries()) {
    const numbers = [...parts[s]!.train, ...parts[s]!.report];
    if (parts[s]!.report.length === 0) continue;
    const sub = subPack(pack, numbers);
    const rows = await embedPack(session, sub, maximumSteps, signal);
    const distance = rowDistance(rows, numbers.length);
    const protocol = protocolOf(sub);
    for (const query of protocol.queries) {
      const gallery = [...protocol.gallery].filter((item) => protocol.allows(query, item));
      const distances = gallery.map((item) => distance(query, item));
      const isSame = gallery.map((item) => protocol.labels[item] === protocol.labels[query]);
      const pick = (wanted: boolean) => Float64Array.from(distances.filter((_, i) => isSame[i] === wanted)).sort();
      const [same, different] = [pick(true), pick(false)];
      if (same.length === 0) continue;
      const { hit, averagePrecision } = rank(same, different);
      const nearest = numbers[gallery[nearestOf(distances, isSame)]!]!;
      all.push({ set: s, query: numbers[query]!, nearest, hit, averagePrecision, same, different });
    }
  }
  return all;
}

/** As in `rank`, ties count against the ranking. */
function nearestOf(distances: readonly number[], isSame: readonly boolean[]): number {
  let best = 0;
  for (let i = 1; i < distances.length; i++) {
    const closer = distances[i]! < distances[best]!;
    if (closer || (distances[i] === distances[best] && isSame[best]! && !isSame[i]!)) best = i;
  }
  return best;
}

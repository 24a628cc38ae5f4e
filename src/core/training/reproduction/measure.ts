import type { EncoderSession } from '../../encoder/session';
import { compare } from '../evaluation/comparison';
import { poolPack } from '../evaluation/embedPack';
import { equalErrorRate } from '../evaluation/equalErrorRate';
import { checkPairs, countPairs, protocolOf } from '../evaluation/protocol';
import { remembered, rowDistance } from '../evaluation/rowDistance';
import { groupOf, type Group } from '../evaluation/summary';
import { poolings } from '../network/pooling';
import type { Pack } from '../packs/pack';
import { errorReplicates } from './errorReplicates';
import { methodNames, methods, type MethodName } from './methods';
import { rocCurve } from './roc';

/** What a network reaches on a pack when it is tested by one method. */
export interface Measurement {
  /** Per query that counts, 1 where the nearest item has its label. */
  readonly hits: readonly number[];
  /** Per query that counts, in the same order. */
  readonly averagePrecisions: readonly number[];
  readonly equalErrorRate: number;
  /** Only of packs for identification, of which error rates are reported. */
  readonly errors: ErrorCurves | null;
}

export interface ErrorCurves {
  /** The equal error rate in every replicate of the bootstrap. */
  readonly replicates: readonly number[];
  /** See `rocCurve`. */
  readonly roc: readonly number[];
}

export interface PackMeasurements {
  readonly group: Group;
  readonly methods: Readonly<Record<MethodName, Measurement>>;
}

/**
 * Encodes a pack once and tests it by every method.
 *
 * @param maximumSteps as for `embed`
 * @throws PackError when the protocol leaves nothing to compare, EncoderError when the encoder gives no numbers
 */
export async function measurePack(
  session: EncoderSession,
  pack: Pack,
  maximumSteps: number,
  signal: AbortSignal,
): Promise<PackMeasurements> {
  const protocol = protocolOf(pack);
  const pairs = countPairs(protocol);
  checkPairs(pack, pairs);
  const pooled = await poolPack(session, pack, poolings, maximumSteps, signal);
  const group = groupOf(pack);
  const measure = (name: MethodName): Measurement => {
    const { pooling, distance } = methods[name];
    const count = pack.sequences.length;
    const rows = pooled.get(pooling);
    if (rows === undefined) throw new Error(`the features are not pooled by ${pooling}`);
    const ofRows = rowDistance(rows, count, distance);
    const ofPair = protocol.symmetric ? remembered(count, ofRows) : ofRows;
    const { rankings, same, different } = compare(protocol, pairs, ofPair);
    const queries = rankings.map(({ query }) => query);
    const errors = () => ({
      replicates: [...errorReplicates(pack.name, protocol, queries, same, ofPair)].map(rounded),
      roc: rocCurve(same, different).map(rounded),
    });
    return {
      hits: rankings.map(({ hit }) => (hit ? 1 : 0)),
      averagePrecisions: rankings.map(({ averagePrecision }) => rounded(averagePrecision)),
      equalErrorRate: equalErrorRate(same, different),
      errors: group === 'identification' ? errors() : null,
    };
  };
  const results = methodNames.map((name) => [name, measure(name)] as const);
  return { group, methods: Object.fromEntries(results) as Record<MethodName, Measurement> };
}

/** To six digits: files of thousands of queries stay small. */
function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}

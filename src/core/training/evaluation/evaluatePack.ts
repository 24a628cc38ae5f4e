import type { EncoderSession } from '../../encoder/session';
import type { Pack } from '../packs/pack';
import { compare } from './comparison';
import { embedPack } from './embedPack';
import { metricsOf, type Metrics } from './metrics';
import { checkPairs, countPairs, protocolOf } from './protocol';
import { rowDistance } from './rowDistance';

/**
 * Embeds a pack and ranks it by D_1, as its protocol says.
 *
 * @param maximumSteps as for `embed`
 * @throws PackError when the protocol leaves nothing to compare, EncoderError when the encoder gives no numbers
 */
export async function evaluatePack(
  session: EncoderSession,
  pack: Pack,
  maximumSteps: number,
  signal?: AbortSignal,
): Promise<Metrics> {
  const protocol = protocolOf(pack);
  const pairs = countPairs(protocol);
  checkPairs(pack, pairs);
  const rows = await embedPack(session, pack, maximumSteps, signal);
  return metricsOf(compare(protocol, pairs, rowDistance(rows, pack.sequences.length)));
}

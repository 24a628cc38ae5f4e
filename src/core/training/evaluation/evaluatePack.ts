import type { EncoderSession } from '../../encoder/session';
import type { Pack } from '../packs/pack';
import { compare } from './comparison';
import { embedPack, embedPackAsBytes } from './embedPack';
import { metricsOf, type Metrics } from './metrics';
import { checkPairs, countPairs, protocolOf } from './protocol';
import { rowDistance } from './rowDistance';

/**
 * Embeds a pack and ranks it by D_1, as its protocol says: of bytes, as the index does, or of the numbers before they are
 * rounded, for an encoder that is not completed or where that is asked for.
 *
 * @param maximumSteps as for `embed`
 * @throws PackError when the protocol leaves nothing to compare, EncoderError when the encoder gives no numbers
 */
export async function evaluatePack(
  session: EncoderSession,
  pack: Pack,
  maximumSteps: number,
  signal?: AbortSignal,
  unrounded = session.description.bytes === undefined,
): Promise<Metrics> {
  const protocol = protocolOf(pack);
  const pairs = countPairs(protocol);
  checkPairs(pack, pairs);
  const rows = await (unrounded ? embedPack : embedPackAsBytes)(session, pack, maximumSteps, signal);
  return metricsOf(compare(protocol, pairs, rowDistance(rows, pack.sequences.length)));
}

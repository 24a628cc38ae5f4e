import type { EncoderSession } from '../../encoder/session';
import type { Pack } from '../packs/pack';
import { compare } from './comparison';
import { embedPack, embedPackAsBytes, type PackOptions } from './embedPack';
import { metricsOf, type Metrics } from './metrics';
import { checkPairs, countPairs, protocolOf } from './protocol';
import { rowDistance } from './rowDistance';

export interface EvaluationOptions extends PackOptions {
  /** Ranks the numbers before they are rounded to bytes, as is done for an encoder that is not completed. */
  readonly unrounded?: boolean;
}

/**
 * Embeds a pack and ranks it by D_1, as its protocol says: of bytes, as the index does.
 *
 * @throws PackError when the protocol leaves nothing to compare, EncoderError when the encoder gives no numbers
 */
export async function evaluatePack(session: EncoderSession, pack: Pack, options: EvaluationOptions): Promise<Metrics> {
  const { unrounded = session.description.bytes === undefined } = options;
  const protocol = protocolOf(pack);
  const pairs = countPairs(protocol);
  checkPairs(pack, pairs);
  const rows = await (unrounded ? embedPack : embedPackAsBytes)(session, pack, options);
  return metricsOf(compare(protocol, pairs, rowDistance(rows, pack.sequences.length)));
}

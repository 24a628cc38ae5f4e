import type { EncoderSession } from '../../encoder/session';
import { randomOf } from '../../distributions/random';
import { embedPack } from '../evaluation/embedPack';
import { rowDistance } from '../evaluation/rowDistance';
import type { Pack } from '../packs/pack';

/** More sequences of a pack do not make its mean distance any surer. */
const sampleSize = 48;

/** How many time steps of a sequence are embedded. */
const mostSteps = 4096;

/**
 * The mean of D_1 over the pairs of a sample of a pack's sequences.
 * @returns 0 where all embeddings are one
 */
export async function typicalDistance(session: EncoderSession, pack: Pack, signal: AbortSignal): Promise<number> {
  const sequences = randomOf(1, pack.name).shuffled(pack.sequences).slice(0, sampleSize);
  const rows = await embedPack(session, { ...pack, sequences }, { maximumSteps: mostSteps, signal });
  const distance = rowDistance(rows, sequences.length);
  let sum = 0;
  for (let i = 0; i < sequences.length; i++) for (let j = 0; j < i; j++) sum += distance(i, j);
  return sum / ((sequences.length * (sequences.length - 1)) / 2);
}

/** The geometric mean of what is above 0; packs of every scale count the same. */
export function typicalOf(distances: readonly number[]): number {
  const logs = distances.filter((distance) => distance > 0).map(Math.log);
  return logs.length === 0 ? 1 : Math.exp(logs.reduce((sum, log) => sum + log, 0) / logs.length);
}

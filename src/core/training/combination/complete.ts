import { channelSize } from '../../encoder/blocks';
import type { EncoderFile } from '../../encoder/description';
import { learnCoding } from '../../encoder/learnCoding';
import { measureResponses } from '../../encoder/responses';
import { loadEncoder, type EncoderSession } from '../../encoder/session';
import { randomOf } from '../../distributions/random';
import { embedPack } from '../evaluation/embedPack';
import type { Pack } from '../packs/pack';

/** More sequences of a pack tell nothing new of how its numbers are spread. */
const mostSequences = 48;
const mostChannels = 8;

/** How many time steps of a sequence are embedded. */
const mostSteps = 4096;

/**
 * Completes an encoder by recordings: its description says how its numbers become bytes, how they are summed, and
 * what its features answer to.
 *
 * @param packs at least one
 * @throws EncoderError when the encoder cannot be run or gives no numbers
 */
export async function completeOn(
  file: EncoderFile,
  packs: AsyncIterable<Pack> | Iterable<Pack>,
  signal: AbortSignal,
): Promise<EncoderFile> {
  const { description, model } = file;
  const session = await loadEncoder(file);
  const samples: Float32Array[] = [];
  for await (const pack of packs) for (const row of await sampleOf(session, pack, signal)) samples.push(row);
  const responses = await measureResponses(session);
  return { model, description: { ...description, ...learnCoding(samples, description), responses } };
}

/** Channels of some sequences of a pack, embedded. */
async function sampleOf(session: EncoderSession, pack: Pack, signal: AbortSignal): Promise<readonly Float32Array[]> {
  const sequences = randomOf(1, pack.name).shuffled(pack.sequences).slice(0, mostSequences);
  const rows = await embedPack(session, { ...pack, sequences }, { maximumSteps: mostSteps, signal });
  const size = channelSize(session.description);
  return sequences.flatMap((_, n) =>
    Array.from({ length: Math.min(pack.channels, mostChannels) }, (__, c) => {
      const from = (n * pack.channels + c) * size;
      return rows.subarray(from, from + size);
    }),
  );
}

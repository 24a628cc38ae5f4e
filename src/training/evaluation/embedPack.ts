import { channelSize } from '../../encoder/blocks';
import { EncoderError } from '../../encoder/description';
import { embed } from '../../encoder/embed';
import type { EncoderSession } from '../../encoder/session';
import { resample } from '../../sequences/resample';
import type { Sequence } from '../../sequences/sequence';
import type { Pack, PackSequence } from '../packs/pack';
import { packScales } from '../packs/scales';

/**
 * The embeddings of all sequences of a pack, one after the other: N rows of as `embed` gives them. A sequence that is too short
 * for the encoder is stretched to the fewest time steps that it takes.
 *
 * @param maximumSteps as for `embed`
 * @throws EncoderError when the encoder gives anything but numbers
 */
export async function embedPack(
  session: EncoderSession,
  pack: Pack,
  maximumSteps: number,
  signal?: AbortSignal,
): Promise<Float32Array> {
  const scales = packScales(pack);
  const size = pack.channels * channelSize(session.description);
  const rows = new Float32Array(pack.sequences.length * size);
  for (const [n, sequence] of pack.sequences.entries()) {
    const prepared = sequenceOf(sequence, session.description.minimumSteps);
    const { values } = await embed(session, prepared, scales, maximumSteps, signal);
    rows.set(values, n * size);
  }
  if (!rows.every(Number.isFinite)) {
    throw new EncoderError(`The encoder "${session.description.name}" gives no numbers for the pack ${pack.name}.`);
  }
  return rows;
}

function sequenceOf({ channels }: PackSequence, minimumSteps: number): Sequence {
  return {
    channels: channels.map((values) => ({ name: null, unit: null, values: stretched(values, minimumSteps) })),
    rate: null,
    label: null,
    name: null,
    notes: [],
  };
}

/** A series of at least `steps` samples: a shorter one is interpolated linearly onto so many. */
export function stretched(values: Float32Array, steps: number): Float32Array {
  if (values.length >= steps) return values;
  const times = Float64Array.from(values.keys());
  return resample(times, values, (values.length - 1) / (steps - 1), steps);
}

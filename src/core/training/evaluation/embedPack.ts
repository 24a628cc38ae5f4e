import { quantilesOfSorted } from '../../distributions/quantiles';
import { radixSort } from '../../distributions/radixSort';
import { channelSize } from '../../encoder/blocks';
import { codesOf } from '../../encoder/codes';
import { EncoderError } from '../../encoder/description';
import { embedValues, forEachFeature } from '../../encoder/embed';
import type { EncoderSession } from '../../encoder/session';
import { resample } from '../../recordings/resample';
import type { Sequence } from '../../recordings/sequence';
import type { Pooling } from '../network/pooling';
import type { Pack, PackSequence } from '../packs/pack';
import { packScales } from '../packs/scales';

/** How a pack is embedded. */
export interface PackOptions {
  /** As for `embed`. */
  readonly maximumSteps: number;
  readonly signal?: AbortSignal;
  /** Called after each sequence. */
  readonly onSequence?: () => void;
}

/**
 * The embeddings of all sequences of a pack, one after the other: N rows as `embedValues` gives them. A sequence that is
 * too short for the encoder is stretched to the fewest time steps that it takes.
 *
 * @throws EncoderError when the encoder gives anything but numbers
 */
export async function embedPack(
  session: EncoderSession,
  pack: Pack,
  { maximumSteps, signal, onSequence }: PackOptions,
): Promise<Float32Array> {
  const { description } = session;
  const scales = packScales(pack);
  const size = pack.channels * channelSize(description);
  const rows = new Float32Array(pack.sequences.length * size);
  for (const [n, sequence] of pack.sequences.entries()) {
    const prepared = sequenceOf(sequence, description.minimumSteps);
    rows.set((await embedValues(session, prepared, scales, maximumSteps, signal)).values, n * size);
    onSequence?.();
  }
  checkNumbers(rows, session, pack);
  return rows;
}

/** The same as bytes, as the index has them. @throws EncoderError */
export async function embedPackAsBytes(session: EncoderSession, pack: Pack, options: PackOptions): Promise<Uint8Array> {
  return codesOf(await embedPack(session, pack, options), session.description);
}

function checkNumbers(rows: Float32Array, { description }: EncoderSession, pack: Pack): void {
  if (!rows.every(Number.isFinite)) {
    throw new EncoderError(`The encoder "${description.name}" gives no numbers for the pack ${pack.name}.`);
  }
}

/**
 * The features of all sequences of a pack pooled over the whole of each, in several ways.
 *
 * @returns by pooling, N rows of C x M x Q values, or of one or two values instead of Q, as training has them
 */
export async function poolPack(
  session: EncoderSession,
  pack: Pack,
  poolings: readonly Pooling[],
  maximumSteps: number,
  signal?: AbortSignal,
): Promise<ReadonlyMap<Pooling, Float32Array>> {
  const { description } = session;
  const scales = packScales(pack);
  const lines = pack.channels * description.features;
  const pooled = poolings.map((pooling) => {
    const size = pooledSize(pooling, description.levels);
    return { pooling, size, rows: new Float32Array(pack.sequences.length * lines * size) };
  });
  for (const [n, sequence] of pack.sequences.entries()) {
    const prepared = sequenceOf(sequence, description.minimumSteps);
    await forEachFeature(session, prepared, scales, maximumSteps, signal, (values, line) => {
      for (const { pooling, size, rows } of pooled) {
        const start = (n * lines + line) * size;
        poolFeature(values, pooling, rows.subarray(start, start + size));
      }
    });
  }
  for (const { rows } of pooled) checkNumbers(rows, session, pack);
  return new Map(pooled.map(({ pooling, rows }) => [pooling, rows]));
}

function pooledSize(pooling: Pooling, levels: number): number {
  return { quantiles: levels, mean: 1, 'mean-deviation': 2, maximum: 1 }[pooling];
}

/** Pools the values of one feature, which may be reordered, into `out`. */
function poolFeature(values: Float32Array, pooling: Pooling, out: Float32Array): void {
  switch (pooling) {
    case 'quantiles':
      radixSort(values, new Float32Array(values.length));
      quantilesOfSorted(values, out.length, out);
      return;
    case 'maximum':
      out[0] = values.reduce((largest, value) => Math.max(largest, value), -Infinity);
      return;
    case 'mean':
    case 'mean-deviation': {
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      out[0] = mean;
      if (pooling === 'mean') return;
      out[1] = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
    }
  }
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

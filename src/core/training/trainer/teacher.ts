import { featureSize, type Kept } from '../../encoder/blocks';
import type { EncoderSession, FeatureMap } from '../../encoder/session';
import { QuantileKeeper } from '../../encoder/quantileKeeper';
import type { Batch } from '../batches/batch';
import { rowDistance } from '../evaluation/rowDistance';
import type { Objective } from '../network/stepGraph';

/** Of the quantile functions by which a teacher compares. */
const levels = 8;

/**
 * The distances of another encoder between the sequences of a batch, as they are seen there.
 *
 * @param views by whose weights the distance is taken
 * @returns [sequences, sequences]
 */
export async function taughtDistances(
  session: EncoderSession,
  { shape, seen }: Batch,
  { views = [] }: Pick<Objective, 'views'>,
): Promise<Float32Array> {
  const { sequences, channels } = shape;
  const kept: Kept = { levels, views: views.map((view) => ({ ...view, levels, course: undefined })) };
  const { features, outputs } = session.description;
  const rows = sequences * channels;
  const embeddings = new Float32Array(rows * features * featureSize(kept));
  const strides = Int32Array.from(outputs, ({ stride }) => stride);
  for (const [view, { steps, inputs, lengths }] of seen.entries()) {
    const keeper = new QuantileKeeper(kept, view, embeddings);
    const own = Int32Array.from(lengths);
    let before = 0;
    for (const [o, map] of (await session.run(inputs, rows, steps)).entries()) {
      const count = map.values.length / map.steps / rows;
      for (let line = 0; line < rows * count; line++) {
        const row = Math.floor(line / count);
        const values = valuesWithin(map, line, own[Math.floor(row / channels)]!, strides[o]!);
        keeper.add(values, row * features + before + (line % count));
      }
      before += count;
    }
    keeper.finish();
  }
  const distance = rowDistance(embeddings, sequences);
  return Float32Array.from({ length: sequences ** 2 }, (_, pair) =>
    distance(Math.floor(pair / sequences), pair % sequences),
  );
}

/** A line without what lies after the end of its sequence. */
function valuesWithin({ values, steps }: FeatureMap, line: number, length: number, stride: number): Float32Array {
  const count = Math.min(Math.max(Math.floor(length / stride), 1), steps);
  return values.subarray(line * steps, line * steps + count);
}

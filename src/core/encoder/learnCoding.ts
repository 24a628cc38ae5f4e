import { featureSize } from './blocks';
import { codesOf, learnByteScale } from './codes';
import { EncoderError, type EncoderDescription } from './description';
import { featuresPerGroup, learnGroups } from './groups';

/**
 * Learns from embeddings how numbers become bytes, and which features are summed for bounds of distances.
 *
 * @param samples whole channels, as `embedValues` gives them, at least one
 * @throws EncoderError where they hold anything but numbers
 */
export function learnCoding(
  samples: readonly Float32Array[],
  encoder: EncoderDescription,
): Required<Pick<EncoderDescription, 'bytes' | 'groups'>> {
  const { features, name } = encoder;
  const rows = joined(samples);
  if (!rows.every(Number.isFinite)) throw new EncoderError(`The encoder "${name}" gives no numbers.`);
  const size = featureSize(encoder);
  const bytes = learnByteScale(rows, encoder);
  const codes = codesOf(rows, { ...encoder, bytes });
  const sums = new Float32Array(codes.length / size);
  for (let i = 0; i < codes.length; i++) sums[Math.floor(i / size)]! += codes[i]!;
  const members = learnGroups(sums, sums.length / features, features, featuresPerGroup).flat();
  return { bytes, groups: { size: featuresPerGroup, members } };
}

function joined(samples: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(samples.reduce((sum, { length }) => sum + length, 0));
  let filled = 0;
  for (const sample of samples) {
    all.set(sample, filled);
    filled += sample.length;
  }
  return all;
}

import { featureSize } from './blocks';
import { codesOf, learnByteScale } from './codes';
import type { EncoderDescription } from './description';
import { featuresPerGroup, learnGroups } from './groups';

/**
 * Learns from embeddings how numbers become bytes, and which features are summed for bounds of distances.
 *
 * @param rows whole channels, as `embedValues` gives them, at least one
 */
export function learnCoding(
  rows: Float32Array,
  encoder: EncoderDescription,
): Required<Pick<EncoderDescription, 'bytes' | 'groups'>> {
  const { features } = encoder;
  const size = featureSize(encoder);
  const bytes = learnByteScale(rows, encoder);
  const codes = codesOf(rows, { ...encoder, bytes });
  const sums = new Float32Array(codes.length / size);
  for (let i = 0; i < codes.length; i++) sums[Math.floor(i / size)]! += codes[i]!;
  const members = learnGroups(sums, sums.length / features, features, featuresPerGroup).flat();
  return { bytes, groups: { size: featuresPerGroup, members } };
}

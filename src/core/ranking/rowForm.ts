import { featureSize } from '../encoder/blocks';
import { byteScaleOf } from '../encoder/codes';
import { consecutiveGroups, featuresPerGroup } from '../encoder/groups';
import type { EncoderDescription } from '../encoder/description';
import type { RowForm } from './scan/form';

/** How galleries hold the embeddings of an encoder. */
export function rowFormOf(encoder: EncoderDescription): RowForm {
  const { features, groups } = encoder;
  return {
    features,
    featureSize: featureSize(encoder),
    step: byteScaleOf(encoder).step,
    groups: groups === undefined ? consecutiveGroups(features, featuresPerGroup) : groupsOf(groups),
  };
}

function groupsOf({ size, members }: NonNullable<EncoderDescription['groups']>): readonly (readonly number[])[] {
  return Array.from({ length: Math.ceil(members.length / size) }, (_, g) => members.slice(g * size, (g + 1) * size));
}

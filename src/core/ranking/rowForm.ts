import { featureSize } from '../encoder/blocks';
import { byteScaleOf } from '../encoder/codes';
import type { EncoderDescription } from '../encoder/description';
import type { RowForm } from './gallery';

/** How galleries hold the embeddings of an encoder. */
export function rowFormOf(encoder: EncoderDescription): RowForm {
  const { features, groups } = encoder;
  return {
    features,
    featureSize: featureSize(encoder),
    step: byteScaleOf(encoder).step,
    groups: groups ?? Array.from({ length: features }, (_, feature) => [feature + 1]),
  };
}

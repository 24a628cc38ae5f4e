import { toBytes } from '../../distributions/bytes';
import { quantileFunction } from '../../distributions/quantiles';
import type { ChannelScale } from '../../encoder/inputs';
import { layoutScale, rawLevels, type Levelled } from '../../encoder/scales';

import { hasBothSplits, splitOf } from './splits';
import type { Pack, PackSequence } from './pack';

/**
 * The robust scale of every channel of a pack, as the index computes it for a layout. Where a pack has a training and a
 * test split, only the training split counts.
 */
export function packScales(pack: Pack): readonly ChannelScale[] {
  const split = hasBothSplits(pack);
  return layoutScale(pack.sequences.filter((sequence) => !split || splitOf(pack, sequence) === 'train').map(levelsOf));
}

function levelsOf({ channels }: PackSequence): Levelled {
  const levels = new Float32Array(channels.length * rawLevels);
  channels.forEach((values, c) => {
    levels.set(quantileFunction(values, rawLevels), c * rawLevels);
  });
  return { channels, levels: toBytes(levels) };
}

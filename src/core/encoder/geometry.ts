import { blockKernel, dilations, rates, type Architecture, type Level } from './architecture';
import { largest } from '../recordings/extremes';

/** Each level with the time steps that one step of it advances. */
function stridden({ levels }: Architecture): readonly { readonly level: Level; readonly stride: number }[] {
  let stride = 1;
  return levels.map((level) => {
    stride = (level.startsPyramid ? 1 : stride) * level.stride * rates(level).pooled;
    return { level, stride };
  });
}

/** How many time steps one step of each level advances. */
export function levelStrides(architecture: Architecture): readonly number[] {
  return stridden(architecture).map(({ stride }) => stride);
}

/** How many time steps one value of each level's features advances. */
export function featureStrides(architecture: Architecture): readonly number[] {
  return stridden(architecture).map(({ level, stride }) => stride * rates(level).kept);
}

/** The fewest time steps of which every level gives something. */
export function minimumStepsOf(architecture: Architecture): number {
  return largest(levelStrides(architecture));
}

/**
 * How many time steps before and after a position can change a feature there, rounded up to a multiple of the coarsest
 * stride: features of a piece of a sequence are exact if the piece is extended by so much on either side.
 */
export function haloOf(architecture: Architecture): number {
  let reach = 0;
  const reaches = stridden(architecture).map(({ level, stride }) => {
    if (level.startsPyramid) reach = 0;
    const { pooled } = rates(level);
    const convolved = stride / pooled;
    reach += (convolved / level.stride) * level.kernel + (pooled - 1) * convolved;
    reach += stride * level.blocks * dilations.reduce((sum, d) => sum + d * ((blockKernel - 1) / 2), 0);
    return reach;
  });
  const coarsest = largest(levelStrides(architecture));
  return Math.ceil(largest(reaches) / coarsest) * coarsest;
}

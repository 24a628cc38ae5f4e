import { pyramid, type Architecture } from '../../../../../src/core/encoder/architecture';

/** A pyramid that keeps twice the resolution of the usual one, with as many features. */
export const finePyramid: Architecture = {
  ...pyramid,
  levels: pyramid.levels.map((level, l) => (l === 1 ? { ...level, kernel: 6, stride: 2, subsample: 2 } : level)),
};

import type { Random } from '../../../core/distributions/random';

export const cylinderBellFunnelShapes = ['cylinder', 'bell', 'funnel'] as const;
export type CylinderBellFunnelShape = (typeof cylinderBellFunnelShapes)[number];

export interface CylinderBellFunnelParameters {
  readonly shape: CylinderBellFunnelShape;
  /** 128 in the original. */
  readonly steps: number;
}

/**
 * A plateau, a rise or a fall of random place, length and height in Gaussian noise: Saito, "Local feature extraction
 * and its applications using a library of bases", PhD thesis, Yale, 1994, section 4.7.
 * @returns one channel.
 */
export function cylinderBellFunnel(parameters: CylinderBellFunnelParameters, random: Random): [Float32Array] {
  const unit = parameters.steps / 128;
  const begin = unit * random.uniform(16, 32);
  const length = unit * random.uniform(32, 96);
  const height = 6 + random.normal();
  const values = Float32Array.from({ length: parameters.steps }, (_, i) => {
    const share = (i + 1 - begin) / length;
    const inside = share >= 0 && share <= 1;
    return (inside ? height * profile(parameters.shape, share) : 0) + random.normal();
  });
  return [values];
}

function profile(shape: CylinderBellFunnelShape, share: number): number {
  if (shape === 'cylinder') return 1;
  return shape === 'bell' ? share : 1 - share;
}

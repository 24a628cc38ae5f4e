import type { Distance } from '../losses/distances';
import type { Pooling } from '../network/pooling';

/** A way to compare sequences: how features are pooled over time, and the distance of what comes out. */
export interface Method {
  readonly pooling: Pooling;
  readonly distance: Distance;
  /** For tables and charts. */
  readonly title: string;
}

/** The methods that are set against each other, for training and for testing. */
export const methods = {
  mean: { pooling: 'mean', distance: 'd2', title: 'mean, Euclid' },
  'mean-deviation': { pooling: 'mean-deviation', distance: 'd2', title: 'mean + std, Euclid' },
  maximum: { pooling: 'maximum', distance: 'd2', title: 'max, Euclid' },
  cosine: { pooling: 'quantiles', distance: 'cosine', title: 'quantiles, cosine' },
  d1: { pooling: 'quantiles', distance: 'd1', title: 'D₁' },
  d2: { pooling: 'quantiles', distance: 'd2', title: 'D₂' },
} as const satisfies Record<string, Method>;

export type MethodName = keyof typeof methods;
export const methodNames = Object.keys(methods) as MethodName[];

/** What the others are compared with. */
export const reference: MethodName = 'd1';

/** The methods that compare moments or the maximum, which the paper's method is to beat. */
export const pooledVectors: readonly MethodName[] = ['mean', 'mean-deviation', 'maximum'];

import type { TargetFigures } from './summary';

/** How much every network is trained and tested: the same for all methods. */
export interface Budget {
  /** On a single data set. */
  readonly steps: number;
  /** On the whole pool. */
  readonly poolSteps: number;
  /** Sequences of a batch. */
  readonly batch: number;
  /** Time steps of a sequence that a batch holds at most. */
  readonly length: number;
  /** Channels of a sequence that a batch holds at most. */
  readonly channels: number;
  /** Time steps of a sequence that are encoded for a test, at most. */
  readonly testSteps: number;
}

export const usualBudget: Budget = {
  steps: 200,
  poolSteps: 500,
  batch: 32,
  length: 256,
  channels: 2,
  testSteps: 2048,
};

/** What a reproduction did and found. */
export interface Results {
  readonly budget: Budget;
  readonly seeds: readonly number[];
  /** The encoder, in words. */
  readonly architecture: string;
  /** Time of all trainings together. */
  readonly trainingSeconds: number;
  readonly targets: readonly TargetFigures[];
}

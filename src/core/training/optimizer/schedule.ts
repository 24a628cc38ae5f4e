export interface ScheduleOptions {
  /** The highest learning rate. */
  readonly rate: number;
  /** The rate rises linearly for so many steps. */
  readonly warmUp: number;
  /** The share of the highest rate that is left at the end. */
  readonly floor: number;
}

/**
 * Linear warm-up, then half a cosine down to the floor (Loshchilov and Hutter 2017, equation 5, without restarts).
 *
 * @param step from 0
 * @param total how many steps there are
 */
export function learningRate(step: number, total: number, { rate, warmUp, floor }: ScheduleOptions): number {
  if (step < warmUp) return (rate * (step + 1)) / warmUp;
  const progress = Math.min((step - warmUp) / Math.max(total - warmUp, 1), 1);
  return rate * (floor + ((1 - floor) * (1 + Math.cos(Math.PI * progress))) / 2);
}

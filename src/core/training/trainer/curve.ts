/** The mean loss of the steps since the point before. */
export interface CurvePoint {
  readonly step: number;
  readonly loss: number;
  readonly rate: number;
  readonly seconds: number;
}

/** Figures of the encoder on data that it is not trained on. */
export interface ValidationPoint {
  readonly step: number;
  readonly figures: Readonly<Record<string, number>>;
}

/** How a training went so far; plain data, so that it can be written as JSON. */
export interface LearningCurve {
  readonly points: CurvePoint[];
  readonly validations: ValidationPoint[];
  /** Losses since the last point. */
  pending: number[];
}

export function emptyCurve(): LearningCurve {
  return { points: [], validations: [], pending: [] };
}

/** Fewer points than this make a curve. */
const mostPoints = 400;

/**
 * Adds the loss of a step.
 * @param step from 0
 */
export function addLoss(
  curve: LearningCurve,
  step: number,
  steps: number,
  loss: number,
  rate: number,
  seconds: number,
): void {
  curve.pending.push(loss);
  const perPoint = Math.ceil(steps / mostPoints);
  if ((step + 1) % perPoint !== 0 && step + 1 !== steps) return;
  curve.points.push({ step: step + 1, loss: meanOf(curve.pending), rate, seconds: Math.round(seconds * 1000) / 1000 });
  curve.pending = [];
}

export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

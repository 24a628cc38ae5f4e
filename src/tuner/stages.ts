import type { TuningStage } from '../protocol/tuningProblem';

export type OnStage = (stage: TuningStage, done: number) => void;

const millisecondsBetween = 250;

/**
 * Tells of a stage now, and of how much of it is done, now and then.
 *
 * @param total how many pieces of work it has
 * @returns what is to be called after each piece
 */
export function stageOf(stage: TuningStage, total: number, onStage: OnStage | undefined): () => void {
  let done = 0;
  let told = performance.now();
  onStage?.(stage, 0);
  return () => {
    done++;
    if (performance.now() - told < millisecondsBetween) return;
    told = performance.now();
    onStage?.(stage, Math.min(done / total, 1));
  };
}

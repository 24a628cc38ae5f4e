import type { Span } from '../../core/encoder/windows';
import { atRate } from '../../core/recordings/changeRate';
import { stepsOf, type Sequence } from '../../core/recordings/sequence';

/** A recording as it is compared, and how its own time steps are brought to that. */
export function comparedAs(sequence: Sequence, rate: number | null, minimumSteps: number) {
  const compared = atRate(sequence, rate, minimumSteps);
  const last = stepsOf(compared);
  const ratio = last / stepsOf(sequence);
  return { compared, ratio, scaled: (span: Span) => scaledBy(ratio, last, span) };
}

/** @param last time steps of the recording as it is compared */
export function scaledBy(ratio: number, last: number, { start, end }: Span): Span {
  return { start: start * ratio, end: Math.min(end * ratio, last) };
}

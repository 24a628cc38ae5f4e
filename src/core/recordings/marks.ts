/** A stretch of a sequence that its file says something about: the steps from `start` up to `end`. */
export interface Mark {
  readonly start: number;
  readonly end: number;
  /** Hostile text: escape it wherever it is shown. */
  readonly label: string;
}

/** What a file says from a step on. */
export interface Saying {
  readonly start: number;
  /** In steps; `null` where it holds until the next one. */
  readonly length: number | null;
  readonly label: string;
}

/** More than these are not kept of one file. */
export const mostSayings = 100_000;

/**
 * The stretches that the sayings of a file hold for, in the order of time; equal ones that touch become one.
 * @param steps of the sequence
 */
export function marksOf(sayings: readonly Saying[], steps: number): Mark[] {
  const inOrder = [...sayings].sort((a, b) => a.start - b.start);
  const marks: Mark[] = [];
  for (const [i, { start, length, label }] of inOrder.entries()) {
    const until = length === null ? (inOrder[i + 1]?.start ?? steps) : start + length;
    const mark = { start: Math.max(0, Math.round(start)), end: Math.min(steps, Math.round(until)), label };
    if (mark.end <= mark.start) continue;
    const before = marks.at(-1);
    if (before?.label === label && mark.start <= before.end) {
      marks[marks.length - 1] = { ...before, end: Math.max(before.end, mark.end) };
    } else marks.push(mark);
  }
  return marks;
}

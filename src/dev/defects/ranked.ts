/** Something that was found, and whether it was planted. */
export interface Ranked {
  readonly score: number;
  readonly hit: boolean;
}

/** The share that was planted of the first so many by score. */
export function shareOf(ranked: readonly Ranked[], count: number): number {
  const first = [...ranked].sort((a, b) => b.score - a.score).slice(0, count);
  return count === 0 ? 0 : first.filter(({ hit }) => hit).length / count;
}

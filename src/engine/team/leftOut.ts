/** Rows that were left out, for a reason that ends the sentence "left out, because ...". */
export interface LeftOut {
  readonly count: number;
  readonly reason: string;
}

/** Counts the rows of a team's index that cannot be what they should. */
export class LeftOutRows {
  private readonly counts = new Map<string, number>();

  add(reason: string): void {
    this.counts.set(reason, (this.counts.get(reason) ?? 0) + 1);
  }

  get all(): readonly LeftOut[] {
    return [...this.counts].map(([reason, count]) => ({ reason, count }));
  }
}

/** The share that the latest piece of work has in what is known of the speed. */
const latest = 0.1;

/** How long a piece of work takes, by how long the latest ones did. */
export class Pace {
  private each: number | null = null;
  private at: number | null = null;

  /** @param now milliseconds, of any origin */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Work begins, or begins again: what was before does not count. */
  begin(): void {
    this.at = this.now();
  }

  /** Nothing is done for a while. */
  rest(): void {
    this.at = null;
  }

  /** So many pieces were done since the last call. */
  note(pieces: number): void {
    const now = this.now();
    if (this.at !== null && pieces > 0) {
      const each = (now - this.at) / pieces;
      this.each = this.each === null ? each : this.each + (1 - (1 - latest) ** pieces) * (each - this.each);
    }
    this.at = now;
  }

  /** Seconds that so many pieces take, or `null` where nothing was measured, or nothing goes on. */
  secondsFor(pieces: number): number | null {
    return this.each === null || this.at === null ? null : (pieces * this.each) / 1000;
  }
}

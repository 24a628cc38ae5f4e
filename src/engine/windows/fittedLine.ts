/** The straight line that fits points best, by least squares. */
export class FittedLine {
  private count = 0;
  private readonly sums = { x: 0, y: 0, xx: 0, xy: 0, yy: 0 };

  add(x: number, y: number): void {
    this.count++;
    this.sums.x += x;
    this.sums.y += y;
    this.sums.xx += x * x;
    this.sums.xy += x * y;
    this.sums.yy += y * y;
  }

  /** So many standard deviations of the points below it; 0 of too few points. */
  below(x: number, deviations: number): number {
    if (this.count < 3) return 0;
    const { sums, count } = this;
    return sums.y / count + this.slope * (x - sums.x / count) - deviations * this.deviation;
  }

  /** How far the points lie above or below it. */
  private get deviation(): number {
    const { sums, count } = this;
    const squares = sums.yy - sums.y ** 2 / count - this.slope * (sums.xy - (sums.x * sums.y) / count);
    return Math.sqrt(Math.max(squares, 0) / (count - 2));
  }

  /** It never falls: larger estimates are of larger distances. */
  private get slope(): number {
    const { sums, count } = this;
    const spread = sums.xx - sums.x ** 2 / count;
    return spread > 0 ? Math.max((sums.xy - (sums.x * sums.y) / count) / spread, 0) : 0;
  }
}

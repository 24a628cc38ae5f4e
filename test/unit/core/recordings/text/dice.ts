/** Choices at random, the same for the same seed. */
export class Dice {
  readonly choices: string[] = [];
  constructor(private state: number) {}

  /** From 0 up to 1 (mulberry32). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  below(count: number): number {
    return Math.floor(this.next() * count);
  }

  chance(share: number, what = ''): boolean {
    const is = this.next() < share;
    if (is && what !== '') this.choices.push(what);
    return is;
  }

  of<T>(options: readonly T[], what = ''): T {
    const chosen = options[this.below(options.length)]!;
    if (what !== '') this.choices.push(`${what}=${JSON.stringify(chosen)}`);
    return chosen;
  }
}

/** How a table writes its cells. */
export interface Locale {
  readonly delimiter: string;
  readonly decimal: '.' | ',';
  readonly thousands: '' | ',' | '.';
  readonly quotes: 'none' | 'all' | 'text';
}

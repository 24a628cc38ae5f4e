/** Ticks of the clock of heart beats in a second. */
const ticks = 1024;

/**
 * The times of heart beats: a message with a time stamp ties them to a count of ticks, and others tell the count in full
 * or its last twelve bits.
 */
export class Events {
  private count = 0;
  private anchor: { readonly seconds: number; readonly count: number } | null = null;

  /** @param seconds the time of the first of them, NaN where the message tells none @returns NaN for what is not known */
  inFull(counts: readonly number[], seconds: number): number[] {
    const [first = NaN] = counts;
    if (!Number.isNaN(seconds) && !Number.isNaN(first)) this.anchor = { seconds, count: first };
    return counts.map((count) => this.at(count));
  }

  /** @param bytes two counts in each three of them */
  ofLastBits(bytes: Uint8Array): number[] {
    const times: number[] = [];
    for (let at = 0; at + 3 <= bytes.length; at += 3) {
      const [low, middle, high] = [bytes[at]!, bytes[at + 1]!, bytes[at + 2]!];
      for (const bits of [low | ((middle & 0x0f) << 8), (middle >> 4) | (high << 4)]) times.push(this.next(bits));
    }
    return times;
  }

  private next(bits: number): number {
    return this.at(this.count + ((bits - (this.count % 4096) + 4096) % 4096));
  }

  private at(count: number): number {
    if (Number.isNaN(count)) return NaN;
    this.count = count;
    const { seconds, count: from } = this.anchor ?? { seconds: 0, count: 0 };
    return seconds + (count - from) / ticks;
  }
}

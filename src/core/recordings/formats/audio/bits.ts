import { UnreadableError } from '../../reader';

/** Reads numbers of any number of bits, the highest bit first. */
export class BitReader {
  /** In bits. */
  private position: number;

  constructor(
    readonly bytes: Uint8Array,
    start = 0,
  ) {
    this.position = 8 * start;
  }

  /** The place of the next byte that is not begun. */
  get byte(): number {
    return Math.ceil(this.position / 8);
  }

  align(): void {
    this.position = 8 * this.byte;
  }

  /** A whole number of up to 32 bits. @throws UnreadableError at the end of the bytes */
  unsigned(bits: number): number {
    if (this.position + bits > 8 * this.bytes.length) throw new EndOfBits();
    let value = 0;
    for (let left = bits; left > 0;) {
      const within = this.position & 7;
      const taken = Math.min(left, 8 - within);
      const byte = this.bytes[this.position >>> 3]!;
      value = value * 2 ** taken + ((byte >>> (8 - within - taken)) & ((1 << taken) - 1));
      this.position += taken;
      left -= taken;
    }
    return value;
  }

  /** As `unsigned`, in two's complement. */
  signed(bits: number): number {
    if (bits === 0) return 0;
    const value = this.unsigned(bits);
    return value >= 2 ** (bits - 1) ? value - 2 ** bits : value;
  }

  /** The number of zeros before the next one. */
  zeros(): number {
    let count = 0;
    for (;;) {
      const byte = this.bytes[this.position >>> 3];
      if (byte === undefined) throw new EndOfBits();
      const rest = (byte << (this.position & 7)) & 0xff;
      if (rest !== 0) {
        const leading = Math.clz32(rest) - 24;
        this.position += leading + 1;
        return count + leading;
      }
      const skipped = 8 - (this.position & 7);
      count += skipped;
      this.position += skipped;
    }
  }
}

/** The bytes that are there end within a number: more of them may follow. */
export class EndOfBits extends UnreadableError {
  constructor() {
    super('it is truncated: its sound ends within a frame');
  }
}

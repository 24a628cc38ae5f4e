import { UnreadableError } from '../../reader';
import { bytesFor } from '../../allocate';

/** Reads ranges out of a stream that can only be read forwards; for a range further back it is opened once more. */
export class ForwardReader {
  private stream: AsyncGenerator<Uint8Array, void> | undefined;
  /** Where `rest` begins. */
  private position = 0;
  private rest: Uint8Array = new Uint8Array(0);

  constructor(private readonly open: (position: number) => AsyncGenerator<Uint8Array, void>) {}

  /** @throws UnreadableError when the stream ends before. */
  async read(position: number, length: number): Promise<Buffer> {
    if (this.stream === undefined || position < this.position) {
      await this.close();
      this.stream = this.open(position);
      this.position = position;
    }
    const bytes = bytesFor(length);
    let filled = 0;
    while (filled < length) {
      const skipped = Math.min(position + filled - this.position, this.rest.length);
      const taken = this.rest.subarray(skipped, skipped + length - filled);
      bytes.set(taken, filled);
      filled += taken.length;
      this.position += skipped + taken.length;
      this.rest = this.rest.subarray(skipped + taken.length);
      if (filled < length && !(await this.next(this.stream))) {
        throw new UnreadableError('it became shorter while it was being read');
      }
    }
    return bytes;
  }

  private async next(stream: AsyncGenerator<Uint8Array, void>): Promise<boolean> {
    const { done, value } = await stream.next();
    if (done === true) return false;
    this.rest = value;
    return true;
  }

  async close(): Promise<void> {
    await this.stream?.return();
    this.stream = undefined;
    this.rest = new Uint8Array(0);
  }
}

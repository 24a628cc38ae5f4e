import { UnreadableError } from '../../reader';
import { codecOfType, elementAt, type Bytes, type Element } from './elements';

/** Names and texts of more bytes than these are not read. */
export const longestText = 2 ** 16;

/** The parts of a matrix, one after the other. */
export class Parts {
  private at: number;
  private readonly end: number;

  constructor(
    readonly bytes: Bytes,
    matrix: Element,
    private readonly littleEndian: boolean,
  ) {
    this.at = matrix.start;
    this.end = matrix.start + matrix.length;
  }

  async next(): Promise<Element> {
    const element = await elementAt(this.bytes, this.at, this.end, this.littleEndian);
    this.at = element.next;
    return element;
  }

  /** The numbers of the next part. @throws UnreadableError for more than `most`. */
  async numbers(most: number): Promise<number[]> {
    const { type, start, length } = await this.next();
    const codec = codecOfType(type, this.littleEndian);
    const count = Math.floor(length / codec.unitBytes);
    if (count > most) throw new UnreadableError('it is damaged: the description of a variable is too long');
    const values = new Float64Array(count);
    codec.decode(await this.bytes.read(start, count * codec.unitBytes), values);
    return Array.from(values);
  }

  async text(): Promise<string> {
    const { start, length } = await this.next();
    if (length > longestText) throw new UnreadableError('it is damaged: the name of a variable is too long');
    return (await this.bytes.read(start, length)).toString('latin1');
  }
}

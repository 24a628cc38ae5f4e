import { UnreadableError } from '../../reader';
import { isWholeType, numberCodec, type Codec, type NumberType } from '../pcm/codecs';

/** Random access to bytes, of a file or of what a part of it unpacks to. */
export interface Bytes {
  /** @throws UnreadableError when they end before. */
  read(position: number, length: number): Promise<Buffer>;
}

/** A data element: a part of a MAT-file that gives its own type and length (MAT-File Format, "Data Element Format"). */
export interface Element {
  readonly type: number;
  readonly start: number;
  readonly length: number;
  /** Where the next element begins. */
  readonly next: number;
}

export const matrixType = 14;
export const compressedType = 15;

const numberTypes: Readonly<Record<number, NumberType>> = {
  1: 'i1',
  2: 'u1',
  3: 'i2',
  4: 'u2',
  5: 'i4',
  6: 'u4',
  7: 'f4',
  9: 'f8',
  12: 'i8',
  13: 'u8',
};

/** How the numbers of an element are decoded. @throws UnreadableError for an element that holds none. */
export function codecOfType(type: number, littleEndian: boolean): Codec {
  const number = numberTypes[type];
  if (number === undefined) throw new UnreadableError(`it is damaged: its numbers are of the unknown type ${type}`);
  return numberCodec(number, littleEndian);
}

/** Whether an element holds whole numbers, as MATLAB stores those of any class where it can. */
export function isWholeElement(type: number): boolean {
  const number = numberTypes[type];
  return number !== undefined && isWholeType(number);
}

/** @throws UnreadableError for an element that does not end before `end`. */
export async function elementAt(bytes: Bytes, at: number, end: number, littleEndian: boolean): Promise<Element> {
  if (at + 8 > end) throw cutOff();
  const tag = await bytes.read(at, 8);
  const word = (offset: number) => (littleEndian ? tag.readUInt32LE(offset) : tag.readUInt32BE(offset));
  const short = word(0) >>> 16;
  if (short > 4) throw new UnreadableError('it is damaged: a small element of it has more than 4 bytes');
  const element =
    short > 0
      ? { type: word(0) & 0xffff, start: at + 4, length: short, next: at + 8 }
      : { type: word(0), start: at + 8, length: word(4), next: at + 8 + 8 * Math.ceil(word(4) / 8) };
  if (element.start + element.length > end) throw cutOff();
  // Compressed elements follow each other without a gap.
  return element.type === compressedType ? { ...element, next: element.start + element.length } : element;
}

function cutOff(): UnreadableError {
  return new UnreadableError('it is truncated: one of its variables is longer than the file');
}

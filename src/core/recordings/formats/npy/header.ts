import { UnreadableError } from '../../reader';
import { numberCodec, type Codec, type NumberType } from '../pcm/codecs';
import { parseLiteral, type Literal } from './literal';
import { plainText } from '../pcm/text';

/** The longest header that is read; NumPy itself trusts none beyond 10,000 bytes. */
export const longestHeader = 2 ** 16;

const magic = Buffer.from('\x93NUMPY', 'latin1');

/** Elements that are text: `S` has one byte a character, `U` four; `length` counts characters. */
export interface TextType {
  readonly kind: 'S' | 'U';
  readonly length: number;
  readonly littleEndian: boolean;
}

export interface NpyHeader {
  /** How numbers are decoded, or `null` when the elements are text. */
  readonly codec: Codec | null;
  readonly text: TextType | null;
  readonly shape: readonly number[];
  /** Whether the first axis runs fastest. */
  readonly fortranOrder: boolean;
  /** Where the elements begin. */
  readonly dataStart: number;
  readonly elements: number;
  /** Bytes that the elements take. */
  readonly dataBytes: number;
}

/** Whether bytes begin like an `.npy` file. */
export function hasNpyMagic(head: Buffer): boolean {
  return head.subarray(0, magic.length).equals(magic);
}

/**
 * Reads the header of an `.npy` file of `size` bytes from its first bytes (format versions 1 to 3, NEP 1). Text elements are
 * allowed here; whoever needs numbers checks `codec`.
 * @throws UnreadableError for damage, for elements that are neither numbers nor text, and for more elements than `size` has room for.
 */
export function parseNpyHeader(head: Buffer, size: number): NpyHeader {
  if (!hasNpyMagic(head)) throw new UnreadableError('it does not begin like a NumPy file');
  const [text, dataStart] = headerText(head);
  const fields = parseLiteral(text);
  if (!(fields instanceof Map) || fields.size !== 3) throw new UnreadableError('its header is not a NumPy header');
  const fortranOrder: unknown = fields.get('fortran_order');
  if (typeof fortranOrder !== 'boolean') throw new UnreadableError('its header does not give the order of the axes');
  const element = elementOf(fields.get('descr') as Literal | undefined);
  const shape = shapeOf(fields.get('shape') as Literal | undefined);
  const elements = shape.reduce((product, length) => product * length, 1);
  const dataBytes = elements * element.bytes;
  if (!(dataStart + dataBytes <= size)) {
    throw new UnreadableError(
      `it is truncated: its header promises ${elements} samples in ${dataBytes} bytes, but it has ${size} bytes`,
    );
  }
  return { codec: element.codec, text: element.text, shape, fortranOrder, dataStart, elements, dataBytes };
}

function headerText(head: Buffer): [text: string, dataStart: number] {
  const version = head[6] ?? 0;
  if (head.length >= 8 && (version < 1 || version > 3)) {
    throw new UnreadableError(`it is of version ${version} of the NumPy format, which is not known`);
  }
  const start = version === 1 ? 10 : 12;
  if (head.length < start) throw new UnreadableError('it is truncated: its header is not complete');
  const length = version === 1 ? head.readUInt16LE(8) : head.readUInt32LE(8);
  if (start + length > longestHeader) throw new UnreadableError(`its header is longer than ${longestHeader} bytes`);
  if (start + length > head.length) throw new UnreadableError('it is truncated: its header is not complete');
  return [head.toString(version === 3 ? 'utf8' : 'latin1', start, start + length), start + length];
}

function shapeOf(shape: Literal | undefined): readonly number[] {
  if (!Array.isArray(shape)) throw new UnreadableError('its header does not give a shape');
  return shape.map((length: Literal) => {
    if (typeof length !== 'number') throw new UnreadableError('its header does not give a shape');
    if (length < 0) throw new UnreadableError('its header gives a shape with a negative length');
    if (!Number.isSafeInteger(length)) throw new UnreadableError('its header gives a shape that is far too large');
    return length;
  });
}

interface Element {
  readonly codec: Codec | null;
  readonly text: TextType | null;
  readonly bytes: number;
}

const numberTypes: ReadonlySet<string> = new Set<NumberType>(
  'b1 i1 i2 i4 i8 u1 u2 u4 u8 f2 f4 f8'.split(' ') as NumberType[],
);

const refusals: Readonly<Record<string, string>> = {
  O: 'it holds pickled Python objects, and nothing is ever unpickled',
  c: 'it holds complex numbers',
  f: 'it holds extended-precision numbers, whose layout differs between machines',
  S: 'it holds text',
  a: 'it holds text',
  U: 'it holds text',
  M: 'it holds dates',
  m: 'it holds durations',
  V: 'it holds raw bytes or records',
};

/** Why elements of a type are no use as samples. */
export function refusalOf(kind: string): string {
  return refusals[kind] ?? 'its elements are of an unknown type';
}

function elementOf(descr: Literal | undefined): Element {
  if (Array.isArray(descr)) throw new UnreadableError('it holds records of several fields');
  if (typeof descr !== 'string') throw new UnreadableError('its header does not give the type of its elements');
  const [, order = '', kind = '', width = ''] = /^([<>|=]?)([?A-Za-z])(\d{0,9})(?:\[.*\])?$/.exec(descr) ?? [];
  // NumPy's other name for the extended-precision types, whatever their width.
  if (kind === 'g' || kind === 'G') throw new UnreadableError(refusalOf('f'));
  const littleEndian = order !== '>';
  const type = kind === '?' ? 'b1' : `${kind}${width}`;
  if (numberTypes.has(type)) {
    const codec = numberCodec(type as NumberType, littleEndian);
    return { codec, text: null, bytes: codec.unitBytes };
  }
  if ((kind === 'S' || kind === 'U') && width !== '') {
    const length = Number(width);
    return { codec: null, text: { kind, length, littleEndian }, bytes: kind === 'U' ? 4 * length : length };
  }
  if ((kind in refusals && kind !== 'f') || type === 'f12' || type === 'f16')
    throw new UnreadableError(refusalOf(kind));
  throw new UnreadableError(`its elements are of the unknown type ${plainText(descr, 40)}`);
}

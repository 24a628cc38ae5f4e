import { UnreadableError } from '../../reader';
import { elementOf, type Element } from './element';
import { parseLiteral, type Literal } from './literal';

/** The longest header that is read; NumPy itself trusts none beyond 10,000 bytes. */
export const longestHeader = 2 ** 16;

const magic = Buffer.from('\x93NUMPY', 'latin1');

export interface NpyHeader {
  readonly element: Element;
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
 * Reads the header of an `.npy` file of `size` bytes from its first bytes (format versions 1 to 3, NEP 1). Elements that are
 * no samples are allowed here; whoever needs numbers asks `samplesOf`.
 * @throws UnreadableError for damage, for elements of an unknown width, and for more elements than `size` has room for.
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
  return { element, shape, fortranOrder, dataStart, elements, dataBytes };
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

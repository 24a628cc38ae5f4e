import { UnreadableError, type ReadOptions } from '../../reader';
import { addCells, checkCount, numberArray, textArray, type FoundArrays } from '../arrays/members';
import { quoted } from '../pcm/text';
import { codecOfType, isWholeElement, matrixType, type Bytes, type Element } from './elements';
import { longestText, Parts } from './parts';
import { plainShape } from './shape';

/** What does not change while one MAT-file is read. */
export interface MatContext {
  readonly littleEndian: boolean;
  readonly options: ReadOptions;
  readonly found: FoundArrays;
}

/** A matrix and the bytes that it lies in. */
interface Place {
  readonly bytes: Bytes;
  readonly matrix: Element;
  /** The name of what holds it; `null` where the matrix has a name itself. */
  readonly name: string | null;
  readonly depth: number;
}

const deepest = 16;
const classes = { cell: 1, struct: 2, object: 3, char: 4, sparse: 5, firstNumeric: 6, lastNumeric: 15 } as const;

/**
 * Finds the arrays of numbers and of texts in a matrix: itself, or what its cells and fields hold, under names such as
 * `trial{2}.eeg`.
 * @throws UnreadableError for damage
 */
export async function findArrays(place: Place, context: MatContext): Promise<void> {
  const { bytes, matrix } = place;
  checkCount(context.found);
  context.options.signal?.throwIfAborted();
  if (place.depth > deepest) throw new UnreadableError(`its variables are nested more than ${deepest} deep`);
  if (matrix.type !== matrixType) throw new UnreadableError('it is damaged: one of its variables is no matrix');
  // An empty cell.
  if (matrix.length === 0) return;
  const reader = new Parts(bytes, matrix, context.littleEndian);
  const flags = await reader.numbers(2);
  const dimensions = await reader.numbers(32);
  const ownName = await reader.text();
  const name = place.name ?? ownName;
  // The data of objects, which MATLAB keeps in a variable without a name at the end of the file.
  if (name === '') return;
  const kind = (flags[0] ?? 0) & 0xff;
  const header = { ...place, name, kind, dimensions, isComplex: ((flags[0] ?? 0) & 0x800) !== 0 };
  if (dimensions.some((length) => length < 0)) throw new UnreadableError('it is damaged: a length of it is negative');
  const find = finders[kind] ?? findNumbers;
  await find(header, reader, context);
}

interface Header extends Place {
  readonly name: string;
  readonly kind: number;
  readonly dimensions: readonly number[];
  readonly isComplex: boolean;
}

const mostParts = 2 ** 14;

function sizeOf(dimensions: readonly number[]): number {
  return dimensions.reduce((product, length) => product * length, 1);
}

async function findInCells(header: Header, reader: Parts, context: MatContext): Promise<void> {
  const { bytes, name, depth, dimensions } = header;
  const count = sizeOf(dimensions);
  if (count > mostParts) throw new UnreadableError(`${quoted(name)} has more than ${mostParts} cells`);
  const inside: FoundArrays = { arrays: [], leftOut: [] };
  for (let i = 1; i <= count; i++) {
    const matrix = await reader.next();
    await findArrays({ bytes, matrix, name: `${name}{${i}}`, depth: depth + 1 }, { ...context, found: inside });
  }
  addCells(name, count, inside, context.found);
}

async function findInFields(header: Header, reader: Parts, context: MatContext): Promise<void> {
  const { bytes, name, depth, dimensions } = header;
  const [width = 0] = await reader.numbers(1);
  const names = await reader.text();
  const count = sizeOf(dimensions);
  const fields = width > 0 ? Math.floor(names.length / width) : 0;
  if (count * fields > mostParts) throw new UnreadableError(`${quoted(name)} has more than ${mostParts} fields`);
  for (let i = 1; i <= count; i++) {
    for (let field = 0; field < fields; field++) {
      const matrix = await reader.next();
      const [fieldName = ''] = names.slice(field * width, (field + 1) * width).split('\0');
      const path = count === 1 ? `${name}.${fieldName}` : `${name}(${i}).${fieldName}`;
      await findArrays({ bytes, matrix, name: path, depth: depth + 1 }, context);
    }
  }
}

async function findText(
  { name, dimensions }: Header,
  reader: Parts,
  { found, littleEndian }: MatContext,
): Promise<void> {
  const { type, start, length } = await reader.next();
  if (length > longestText) {
    found.leftOut.push({ name, reason: 'it holds a long text' });
    return;
  }
  const raw = await reader.bytes.read(start, length);
  const text = decoded(raw, type, littleEndian);
  const rows = dimensions[0] ?? 0;
  const texts =
    rows === 1 || rows === 0
      ? [text]
      : Array.from({ length: Math.min(rows, text.length) }, (_, row) =>
          Array.from({ length: Math.floor(text.length / rows) }, (_, i) => text[i * rows + row]).join(''),
        );
  found.arrays.push(
    textArray(
      name,
      texts.map((row) => row.trimEnd()),
    ),
  );
}

function decoded(raw: Buffer, type: number, littleEndian: boolean): string {
  // UTF-8, bytes of one character each, or 16 bits for each.
  if (type === 16) return raw.toString('utf8');
  if (type === 1 || type === 2) return raw.toString('latin1');
  const even = raw.subarray(0, raw.length - (raw.length % 2));
  return (littleEndian ? even : Buffer.from(even).swap16()).toString('utf16le');
}

async function findNumbers(header: Header, reader: Parts, context: MatContext): Promise<void> {
  const { name, dimensions } = header;
  const { found, littleEndian } = context;
  const reason = refusalOf(header);
  if (reason !== null) {
    found.leftOut.push({ name, reason });
    return;
  }
  const { type, start, length } = await reader.next();
  const codec = codecOfType(type, littleEndian);
  if (sizeOf(dimensions) * codec.unitBytes !== length) {
    throw new UnreadableError(`it is damaged: the size of ${quoted(name)} does not fit`);
  }
  const { bytes } = reader;
  const pieces = async function* (pieceLength = 2 ** 20) {
    for (let done = 0; done < length; done += pieceLength) {
      context.options.signal?.throwIfAborted();
      yield await bytes.read(start + done, Math.min(pieceLength, length - done));
    }
  };
  const isWhole = isWholeElement(type);
  found.arrays.push(numberArray({ name, shape: plainShape(dimensions), codec, isWhole, fortranOrder: true, pieces }));
}

function refusalOf({ kind, isComplex, dimensions }: Header): string | null {
  if (kind === classes.sparse) return 'it is a sparse matrix';
  if (kind < classes.firstNumeric || kind > classes.lastNumeric) return 'it is a MATLAB object, which is not read';
  if (isComplex) return 'it holds complex numbers';
  return sizeOf(dimensions) === 0 ? 'it holds no samples' : null;
}

const finders: Readonly<Record<number, typeof findNumbers>> = {
  [classes.cell]: findInCells,
  [classes.struct]: findInFields,
  [classes.char]: findText,
};

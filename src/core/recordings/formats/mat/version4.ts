import { UnreadableError, type ReadOptions } from '../../reader';
import type { Sequence } from '../../sequence';
import type { ByteSource } from '../../source';
import { checkCount, numberArray, textArray, type FoundArrays } from '../arrays/members';
import { groupsOf } from '../arrays/groups';
import { readArrays } from '../arrays/sequences';
import { isWholeType, numberCodec, type NumberType } from '../pcm/codecs';
import { rangeOf } from '../pcm/pieces';
import { plainShape } from './shape';

const headerBytes = 20;
const types: readonly NumberType[] = ['f8', 'f4', 'i4', 'i2', 'u2', 'u1'];

interface Header {
  readonly littleEndian: boolean;
  readonly type: NumberType;
  readonly kind: number;
  readonly rows: number;
  readonly columns: number;
  readonly isComplex: boolean;
  readonly nameBytes: number;
}

/** The header of a matrix (MAT-File Format, "Level 4"), `null` for bytes that are none. */
function headerOf(bytes: Buffer): Header | null {
  if (bytes.length < headerBytes) return null;
  const littleEndian = bytes.readUInt32LE(0) < 10_000;
  const word = (at: number) => (littleEndian ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at));
  const digits = word(0);
  const type = types[Math.floor(digits / 10) % 10];
  const order = Math.floor(digits / 1000);
  const kind = digits % 10;
  const reserved = Math.floor(digits / 100) % 10;
  const [rows, columns, imaginary, nameBytes] = [word(4), word(8), word(12), word(16)];
  if (type === undefined || order !== (littleEndian ? 0 : 1) || kind > 2 || reserved !== 0) return null;
  if (imaginary > 1 || nameBytes < 1 || nameBytes > 256) return null;
  return { littleEndian, type, kind, rows, columns, isComplex: imaginary === 1, nameBytes };
}

/** Whether bytes begin like a MAT-file of version 4, which has no mark of its own. */
export function isVersion4(head: Buffer): boolean {
  return headerOf(head) !== null;
}

/** @throws UnreadableError for damage, and for a file without an array that can be read */
export async function readVersion4(source: ByteSource, options: ReadOptions): Promise<readonly Sequence[]> {
  const found: FoundArrays = { arrays: [], leftOut: [] };
  for (let at = 0; at < source.size;) {
    checkCount(found);
    options.signal?.throwIfAborted();
    const header = headerOf(await source.read(at, Math.min(headerBytes, source.size - at)));
    if (header === null) throw new UnreadableError('it is damaged: the description of a variable makes no sense');
    at = await findMatrix(source, at + headerBytes, header, options, found);
  }
  return readArrays(groupsOf(found.arrays), found.leftOut, options, true);
}

async function findMatrix(
  source: ByteSource,
  at: number,
  header: Header,
  options: ReadOptions,
  found: FoundArrays,
): Promise<number> {
  const { littleEndian, type, kind, rows, columns, isComplex, nameBytes } = header;
  const [name = ''] = (await source.read(at, nameBytes)).toString('latin1').split('\0');
  const codec = numberCodec(type, littleEndian);
  const start = at + nameBytes;
  const length = rows * columns * codec.unitBytes;
  const next = start + length * (isComplex ? 2 : 1);
  if (next > source.size) throw new UnreadableError('it is truncated: one of its variables is longer than the file');
  if (kind === 2) found.leftOut.push({ name, reason: 'it is a sparse matrix' });
  else if (isComplex) found.leftOut.push({ name, reason: 'it holds complex numbers' });
  else if (length === 0) found.leftOut.push({ name, reason: 'it holds no samples' });
  else if (kind === 1) await findText(source, start, length, { ...header, name }, found);
  else {
    const pieces = () => rangeOf(source, start, length, options.signal, codec.unitBytes);
    found.arrays.push(
      numberArray({
        name,
        shape: plainShape([rows, columns]),
        codec,
        isWhole: isWholeType(type),
        fortranOrder: true,
        pieces,
      }),
    );
  }
  return next;
}

const mostCharacters = 2 ** 16;

async function findText(
  source: ByteSource,
  start: number,
  length: number,
  { name, type, rows, columns, littleEndian }: Header & { readonly name: string },
  { arrays, leftOut }: FoundArrays,
): Promise<void> {
  if (rows * columns > mostCharacters) {
    leftOut.push({ name, reason: 'it holds a long text' });
    return;
  }
  const codes = new Float64Array(rows * columns);
  numberCodec(type, littleEndian).decode(await source.read(start, length), codes);
  const texts = Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (_, i) => String.fromCharCode(codes[i * rows + row]!))
      .join('')
      .trimEnd(),
  );
  arrays.push(textArray(name, texts));
}

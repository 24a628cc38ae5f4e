import { UnreadableError } from '../../reader';
import { longestHeader, parseNpyHeader, type NpyHeader } from '../npy/header';
import type { TextType } from '../npy/element';
import { unpack } from '../arrays/packing';
import type { Told } from '../arrays/told';
import { decodePieces } from '../pcm/pieces';
import { plainText } from '../pcm/text';
import type { ZipMember } from './zip';
import { exactSamplesFor } from '../../allocate';

/** An array in an `.npz` file, or in another container of arrays. */
export interface ArrayMember {
  readonly member: ZipMember;
  /** Its name without `.npy`. */
  readonly name: string;
  readonly header: NpyHeader;
  /** What the file says of it beside it, where the format has a place for that. */
  readonly told?: Told;
}

/** What is left out of an `.npz` file, and why, as the end of a sentence. */
export interface LeftOut {
  readonly name: string;
  readonly reason: string;
}

/**
 * Reads the header of every array.
 * @returns the arrays, and the members that are none
 */
export async function openArrays(members: readonly ZipMember[]): Promise<[ArrayMember[], LeftOut[]]> {
  const arrays: ArrayMember[] = [];
  const leftOut: LeftOut[] = [];
  for (const member of members) {
    const name = member.name.replace(/\.npy$/i, '');
    try {
      const header = parseNpyHeader(await headOf(member), member.size);
      arrays.push({ member, name, header });
    } catch (error) {
      leftOut.push({ name, reason: reasonOf(error) });
    }
  }
  return [arrays, leftOut];
}

/** The reason of an UnreadableError; any other error is thrown again. */
export function reasonOf(error: unknown): string {
  if (error instanceof UnreadableError) return error.message;
  throw error;
}

async function headOf(member: ZipMember): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of member.pieces(2 ** 14)) {
    pieces.push(piece);
    length += piece.length;
    if (length >= longestHeader) break;
  }
  return Buffer.concat(pieces);
}

/** The bytes of an array's elements. */
export async function* elementPieces({ member, header }: ArrayMember): AsyncGenerator<Uint8Array, void> {
  let skip = header.dataStart;
  for await (const piece of member.pieces()) {
    yield piece.subarray(skip);
    skip = Math.max(0, skip - piece.length);
  }
}

/** The most bytes, and the most elements, that an array of text or labels may have. */
const mostLabelBytes = 2 ** 24;

/** @throws UnreadableError for damage and for labels that take far too much memory. */
export async function readLabels(array: ArrayMember): Promise<readonly (string | null)[]> {
  const { element, elements, dataBytes } = array.header;
  if (Math.max(dataBytes, elements) > mostLabelBytes) throw new UnreadableError('its labels take too much memory');
  const { text } = element;
  if (text === null) {
    return Array.from(await readNumbers(array), (value) => (Number.isNaN(value) ? null : String(value)));
  }
  const pieces: Uint8Array[] = [];
  for await (const piece of elementPieces(array)) pieces.push(piece);
  const bytes = Buffer.concat(pieces);
  return Array.from({ length: elements }, (_, i) => textAt(bytes, text, i));
}

function textAt(bytes: Buffer, { kind, length, littleEndian }: TextType, index: number): string | null {
  if (kind === 'S') return plainText(bytes.toString('utf8', index * length, (index + 1) * length)) || null;
  let text = '';
  for (let i = 0; i < length; i++) {
    const at = 4 * (index * length + i);
    const code = littleEndian ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at);
    text += code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code);
  }
  return plainText(text) || null;
}

/**
 * All numbers of an array.
 * @throws UnreadableError for damage and when the elements are not single numbers
 */
export async function readNumbers(array: ArrayMember): Promise<Float64Array> {
  const { element, elements } = array.header;
  if (element.codec === null || element.parts.length !== 1) throw new UnreadableError('it holds no plain numbers');
  const numbers = exactSamplesFor(elements);
  await decodePieces(elementPieces(array), element.codec, elements, (block, start) => {
    numbers.set(block, start);
  });
  unpack(numbers, array.told?.packing);
  return numbers;
}

import { UnreadableError, type ReadOptions } from '../../reader';
import { groupOf, ownName } from '../arrays/names';
import { longestHeader, parseNpyHeader, refusalOf, type NpyHeader, type TextType } from '../npy/header';
import { arrange, arrangeAs, manySequences, type Arrangement } from '../npy/array';
import { decodePieces } from '../pcm/pieces';
import { plainText, quoted } from '../pcm/text';
import type { ZipMember } from './zip';

/** An array in an `.npz` file, or in another container of arrays. */
export interface ArrayMember {
  readonly member: ZipMember;
  /** Its name without `.npy`. */
  readonly name: string;
  readonly header: NpyHeader;
  /** What the file says of the array beside it, where the format has a place for that. */
  readonly told?: Told;
}

export interface Told {
  readonly rate: number | null;
  readonly unit: string | null;
  readonly label: string | null;
  /** Names of the channels. */
  readonly channels: readonly string[] | null;
  readonly packing: Packing | null;
}

/** How stored numbers become values: `stored * factor + offset`, and nothing where a number stands for a missing one. */
export interface Packing {
  readonly factor: number;
  readonly offset: number;
  readonly missing: number | null;
}

/** An array that is read as sequences. */
export interface DataMember extends ArrayMember {
  readonly arrangement: Arrangement;
  /** The array that labels its sequences. */
  readonly labels: ArrayMember | null;
}

/** What is left out of an `.npz` file, and why, as the end of a sentence. */
export interface LeftOut {
  readonly name: string;
  readonly reason: string;
}

export interface Plan {
  readonly data: readonly DataMember[];
  /** Arrays that give a sampling rate, at most one in each group. */
  readonly rates: readonly ArrayMember[];
  readonly leftOut: readonly LeftOut[];
}

/** The fewest time steps for which a two-dimensional array with labels is taken for `[N, T]`: fewer cannot be embedded. */
const fewestSteps = 16;

const rateNames = /^(?:rate|fs|sr|sfreq|srate|fsample|sampl(?:ing|e)_?(?:rate|freq|frequency))$/i;

/** `y`, `labels`, `y_train`, `target-test`: the second part must then be that of the array that is labelled. */
const labelNames = /^(?:labels?|y|targets?)(?:[_-](.+))?$/i;

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

/**
 * Decides what each array is for. A single number called like a sampling rate gives the rate of its group. An array of one axis called like
 * labels gives the labels of every array whose name has the same ending (`X_train`, `y_train`) and whose first axis is as
 * long, if that array is `[N, T, C]`, or has two axes of which the second is at least 16 long and thus is read as `[N, T]`.
 * A single label is that of every array that is one sequence. All other arrays of numbers are sequences.
 */
export function planOf(arrays: readonly ArrayMember[], options: ReadOptions): Plan {
  const rates = new Map<string, ArrayMember>();
  for (const array of arrays) {
    const group = groupOf(array.name);
    const isRate = rateNames.test(ownName(array.name)) && array.header.codec !== null && isSingle(array.header);
    if (isRate && !rates.has(group)) rates.set(group, array);
  }
  const candidates = arrays.filter(({ name, header }) => labelNames.test(ownName(name)) && header.shape.length <= 1);
  const isCandidate = new Set(candidates);
  const others = arrays.filter((array) => rates.get(groupOf(array.name)) !== array && !isCandidate.has(array));
  const leftOut: LeftOut[] = [];
  const data: DataMember[] = [];
  const plan = (array: ArrayMember, labels: readonly ArrayMember[]) => {
    try {
      data.push(dataMember(array, labels, options));
    } catch (error) {
      leftOut.push({ name: array.name, reason: reasonOf(error) });
    }
  };
  for (const array of others) plan(array, candidates);
  const used = new Set(data.map(({ labels }) => labels));
  for (const array of candidates) if (!used.has(array)) plan(array, []);
  const place = new Map(arrays.map(({ member }, i) => [member, i]));
  data.sort((a, b) => (place.get(a.member) ?? 0) - (place.get(b.member) ?? 0));
  return { data, rates: [...rates.values()], leftOut };
}

function isSingle(header: NpyHeader): boolean {
  return header.elements === 1 && header.shape.length <= 1;
}

function dataMember(array: ArrayMember, candidates: readonly ArrayMember[], options: ReadOptions): DataMember {
  const { shape, codec, text, elements } = array.header;
  if (codec === null) throw new UnreadableError(refusalOf(text?.kind ?? ''));
  if (elements === 0) throw new UnreadableError('it holds no samples');
  const labels = candidates.filter(
    ({ name }) => groupOf(name) === groupOf(array.name) && endingOf(name) === endingOf(array.name),
  );
  const many = labels.find(({ header }) => header.shape.length === 1 && header.shape[0] === shape[0]) ?? null;
  if (many !== null && shape.length === 2 && (shape[1] ?? 0) >= fewestSteps) {
    const note = `each row was taken for a sequence, because ${quoted(many.name)} has a label for each`;
    return { ...array, arrangement: arrangeAs(manySequences, shape, note), labels: many };
  }
  const arrangement = arrange(shape, options.arrayAxes);
  if (shape.length === 3) return { ...array, arrangement, labels: many };
  return { ...array, arrangement, labels: labels.find(({ header }) => isSingle(header)) ?? null };
}

function endingOf(path: string): string {
  const name = ownName(path);
  const label = labelNames.exec(name);
  const ending = label === null ? /[_-](train|test|val|valid|validation|dev)$/i.exec(name)?.[1] : label[1];
  return ending?.toLowerCase() ?? '';
}

/** The bytes of an array's elements. */
export async function* elementPieces({ member, header }: ArrayMember): AsyncGenerator<Uint8Array, void> {
  let skip = header.dataStart;
  for await (const piece of member.pieces()) {
    yield piece.subarray(skip);
    skip = Math.max(0, skip - piece.length);
  }
}

/** The most bytes that labels may take. */
const mostLabelBytes = 2 ** 24;

/** @throws UnreadableError for damage and for labels that take far too much memory. */
export async function readLabels(array: ArrayMember): Promise<readonly (string | null)[]> {
  const { codec, text, dataBytes } = array.header;
  if (dataBytes > mostLabelBytes) throw new UnreadableError('its labels take too much memory');
  if (codec !== null)
    return Array.from(await readNumbers(array), (value) => (Number.isNaN(value) ? null : String(value)));
  const pieces: Uint8Array[] = [];
  for await (const piece of elementPieces(array)) pieces.push(piece);
  const bytes = Buffer.concat(pieces);
  return Array.from({ length: array.header.elements }, (_, i) => textAt(bytes, text!, i));
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

/** All numbers of a small array, as they are stored. */
export async function readNumbers(array: ArrayMember): Promise<Float64Array> {
  const { codec, elements } = array.header;
  const numbers = new Float64Array(elements);
  await decodePieces(elementPieces(array), codec!, elements, (block, start) => {
    numbers.set(block, start);
  });
  return numbers;
}

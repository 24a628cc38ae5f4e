import { UnreadableError } from '../../reader';
import { numberElement, textElement } from '../npy/element';
import type { ArrayMember, LeftOut } from '../npz/members';
import type { Codec } from '../pcm/codecs';
import { plainText } from '../pcm/text';
import type { Told } from './told';
import { largest } from '../../extremes';

/** What a container of arrays was found to hold. */
export interface FoundArrays {
  readonly arrays: ArrayMember[];
  readonly leftOut: LeftOut[];
}

/** More arrays than these are not listed. */
const mostArrays = 2 ** 14;

/** @throws UnreadableError for a container of far too many arrays. */
export function checkCount({ arrays, leftOut }: FoundArrays): void {
  if (arrays.length + leftOut.length > mostArrays) {
    throw new UnreadableError(`it has more than ${mostArrays.toLocaleString('en')} variables`);
  }
}

export interface NumberArray {
  readonly name: string;
  readonly shape: readonly number[];
  readonly codec: Codec;
  /** Whether its type is one of whole numbers. */
  readonly isWhole: boolean;
  /** Whether the first axis runs fastest. */
  readonly fortranOrder: boolean;
  readonly told?: Told;
  /** The bytes of all elements, in pieces. */
  readonly pieces: () => AsyncGenerator<Uint8Array, void>;
}

/** An array of numbers. */
export function numberArray({ name, shape, codec, isWhole, fortranOrder, told, pieces }: NumberArray): ArrayMember {
  const elements = shape.reduce((product, length) => product * length, 1);
  const dataBytes = elements * codec.unitBytes;
  return {
    name: plainText(name),
    member: { name, size: dataBytes, pieces },
    header: { element: numberElement(codec, isWhole), shape, fortranOrder, dataStart: 0, elements, dataBytes },
    ...(told === undefined ? {} : { told }),
  };
}

/** The text that an array of one text was made of. */
const textOfArray = new WeakMap<ArrayMember, string>();

/** Adds what the cells of an array hold; cells of one text each become one array of texts. */
export function addCells(name: string, count: number, inside: FoundArrays, found: FoundArrays): void {
  const texts = inside.arrays.flatMap((array) => textOfArray.get(array) ?? []);
  if (count > 0 && texts.length === count) found.arrays.push(textArray(name, texts));
  else for (const array of inside.arrays) found.arrays.push(array);
  for (const left of inside.leftOut) found.leftOut.push(left);
}

/** The longest text that may be a label. */
const longestLabel = 200;

/** An array of texts: one text alone has no axis. */
export function textArray(name: string, texts: readonly string[]): ArrayMember {
  const shown = texts.map((text) => Array.from(text.slice(0, 2 * longestLabel)).slice(0, longestLabel));
  const length = largest(
    shown.map((characters) => characters.length),
    1,
  );
  const bytes = Buffer.alloc(4 * length * shown.length);
  for (const [i, characters] of shown.entries()) {
    for (const [j, character] of characters.entries()) {
      bytes.writeUInt32LE(character.codePointAt(0) ?? 0, 4 * (i * length + j));
    }
  }
  const header = {
    ...{ element: textElement({ kind: 'U', length, littleEndian: true }), fortranOrder: false, dataStart: 0 },
    ...{ shape: texts.length === 1 ? [] : [texts.length], elements: texts.length, dataBytes: bytes.length },
  };
  const pieces = async function* () {
    yield await Promise.resolve(bytes);
  };
  const array = { name: plainText(name), member: { name, size: bytes.length, pieces }, header };
  if (texts[0] !== undefined && texts.length === 1) textOfArray.set(array, texts[0]);
  return array;
}

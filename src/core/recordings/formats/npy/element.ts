import { UnreadableError } from '../../reader';
import { clockName } from '../../clock/names';
import { numberCodec, type Codec, type NumberType } from '../pcm/codecs';
import { plainText } from '../pcm/text';
import type { Literal } from './literal';
import { recordCodec, type Part } from './record';

/** Elements that are text: `S` has one byte a character, `U` four; `length` counts characters. */
export interface TextType {
  readonly kind: 'S' | 'U';
  readonly length: number;
  readonly littleEndian: boolean;
}

/** What one element of an array is. */
export interface Element {
  /** How the numbers of an element are decoded, or `null` when it holds none. */
  readonly codec: Codec | null;
  /** What each of these numbers is. */
  readonly parts: readonly Part[];
  readonly text: TextType | null;
  /** Whether the parts are the fields of a record. */
  readonly isRecord: boolean;
  /** Whether it is a whole number or a truth value. */
  readonly isWhole: boolean;
  /** The fields of a record that hold no numbers, and why they are left out. */
  readonly leftOut: readonly { readonly name: string; readonly reason: string }[];
  /** Why the elements are no use as samples, if they are not. */
  readonly refusal: string | null;
  readonly bytes: number;
}

const numberTypes: ReadonlySet<string> = new Set<NumberType>(
  'b1 i1 i2 i4 i8 u1 u2 u4 u8 f2 f4 f8'.split(' ') as NumberType[],
);

const refusals: Readonly<Record<string, string>> = {
  O: 'it holds pickled Python objects, and nothing is ever unpickled',
  f: 'it holds extended-precision numbers, whose layout differs between machines',
  S: 'it holds text',
  U: 'it holds text',
  M: 'it holds dates',
  m: 'it holds durations',
  V: 'it holds raw bytes or records',
};

/** Seconds per unit of NumPy's dates and durations; years and months have no fixed length. */
const dateUnits: Readonly<Record<string, number>> = {
  W: 604800,
  D: 86400,
  h: 3600,
  m: 60,
  s: 1,
  ms: 1e-3,
  us: 1e-6,
  ns: 1e-9,
  ps: 1e-12,
  fs: 1e-15,
  as: 1e-18,
};

const nothing = { codec: null, parts: [], text: null, isRecord: false, isWhole: false, leftOut: [], refusal: null };

/**
 * Reads the `descr` of a header: the type of every element.
 * @throws UnreadableError for types whose width is not known
 */
export function elementOf(descr: Literal | undefined): Element {
  if (Array.isArray(descr)) return recordOf(descr);
  if (typeof descr !== 'string') throw new UnreadableError('its header does not give the type of its elements');
  const [, order = '', kind = '', width = '', unit = ''] =
    /^([<>|=]?)([?A-Za-z])(\d{0,9})(?:\[(.*)\])?$/.exec(descr) ?? [];
  const littleEndian = order !== '>';
  const type = kind === '?' ? 'b1' : `${kind}${width}`;
  if (numberTypes.has(type)) return numberElement(numberCodec(type as NumberType, littleEndian), !type.startsWith('f'));
  if (type === 'c8' || type === 'c16') return complexOf(type === 'c8' ? 'f4' : 'f8', littleEndian);
  if (type === 'M8' || type === 'm8') return dateOf(kind, unit, littleEndian);
  if ((kind === 'S' || kind === 'a' || kind === 'U') && width !== '') {
    const length = Number(width);
    return textElement({ kind: kind === 'U' ? kind : 'S', length, littleEndian });
  }
  if (kind === 'V' && width !== '') return { ...nothing, refusal: refusals[kind] ?? null, bytes: Number(width) };
  throw new UnreadableError(unknownType(kind, type, descr));
}

function unknownType(kind: string, type: string, descr: string): string {
  // NumPy's other name for the extended-precision types, whatever their width.
  const extended = 'gG'.includes(kind) || ['f12', 'f16', 'c24', 'c32'].includes(type);
  const known =
    extended && kind !== '' ? refusals['f'] : kind === 'O' || 'SUMmV'.includes(kind) ? refusals[kind] : undefined;
  return known ?? `its elements are of the unknown type ${plainText(descr, 40)}`;
}

/** Elements that are just a number each. @param isWhole whether it is a whole number or a truth value */
export function numberElement(codec: Codec, isWhole: boolean): Element {
  return { ...nothing, codec, parts: [plainPart(codec, null)], isWhole, bytes: codec.unitBytes };
}

export function textElement(text: TextType): Element {
  const bytes = text.kind === 'U' ? 4 * text.length : text.length;
  return { ...nothing, text, refusal: refusals['S'] ?? null, bytes };
}

function plainPart(codec: Codec, name: string | null): Part {
  return { name, codec, offset: 0, seconds: null, isDate: false };
}

function complexOf(type: NumberType, littleEndian: boolean): Element {
  const codec = numberCodec(type, littleEndian);
  const { unitBytes } = codec;
  const parts = [plainPart(codec, 'real'), { ...plainPart(codec, 'imaginary'), offset: unitBytes }];
  return { ...nothing, codec: recordCodec(parts, 2 * unitBytes), parts, bytes: 2 * unitBytes };
}

function dateOf(kind: string, unit: string, littleEndian: boolean): Element {
  const [, multiple = '', name = ''] = /^(\d{0,9})([a-zA-Z]+)$/.exec(unit) ?? [];
  const seconds = dateUnits[name];
  const codec = numberCodec('i8', littleEndian);
  const refusal = refusals[kind] ?? null;
  if (seconds === undefined) return { ...nothing, refusal, bytes: 8 };
  const part = { ...plainPart(codec, null), seconds: seconds * Number(multiple || 1), isDate: true };
  return { ...nothing, codec, parts: [part], refusal, bytes: 8 };
}

const mostParts = 4096;
const deepest = 8;

/** A record: its fields one after the other, arrays of numbers and inner records taken apart. */
function recordOf(fields: readonly Literal[]): Element {
  const parts: Part[] = [];
  const leftOut: { name: string; reason: string }[] = [];
  const bytes = addFields(fields, '', 0, 0, parts, leftOut);
  const codec = parts.length === 0 ? null : recordCodec(parts, bytes);
  const refusal = codec === null ? 'it holds records of several fields, none of which is a number' : null;
  return { ...nothing, codec, parts, isRecord: true, leftOut, refusal, bytes };
}

function addFields(
  fields: readonly Literal[],
  prefix: string,
  start: number,
  depth: number,
  parts: Part[],
  leftOut: { name: string; reason: string }[],
): number {
  let offset = start;
  for (const field of fields) {
    const [named, descr, shape] = Array.isArray(field) ? (field as readonly Literal[]) : [];
    const own = Array.isArray(named) ? (named as readonly Literal[])[1] : named;
    if (typeof own !== 'string' || depth > deepest) throw new UnreadableError('its header describes damaged records');
    const name = prefix + own;
    const count = countOf(shape);
    for (let i = 0; i < count; i++) {
      const numbered = count === 1 && shape === undefined ? name : `${name}[${i}]`;
      if (Array.isArray(descr)) {
        offset += addFields(descr as readonly Literal[], `${numbered}.`, offset, depth + 1, parts, leftOut);
        continue;
      }
      const element = elementOf(descr);
      for (const part of element.parts) parts.push(partAt(part, numbered, offset));
      if (element.codec === null && own !== '' && i === 0) leftOut.push({ name, reason: element.refusal ?? '' });
      if (parts.length > mostParts) throw new UnreadableError(`its records have more than ${mostParts} fields`);
      offset += element.bytes;
    }
  }
  return offset - start;
}

function partAt(part: Part, field: string, offset: number): Part {
  const name = part.name === null ? field : `${field} ${part.name}`;
  const clock = part.isDate ? { secondsPerUnit: part.seconds } : clockName(field, null);
  return {
    name: plainText(name) || null,
    codec: part.codec,
    offset: offset + part.offset,
    seconds: clock === null ? null : (clock.secondsPerUnit ?? NaN),
    isDate: part.isDate,
  };
}

function countOf(shape: Literal | undefined): number {
  const lengths = Array.isArray(shape) ? (shape as readonly Literal[]) : [shape ?? 1];
  const count = lengths.reduce<number>((all, length) => all * (typeof length === 'number' ? length : NaN), 1);
  if (!(count >= 0 && count <= mostParts)) throw new UnreadableError(`its records have more than ${mostParts} fields`);
  return count;
}

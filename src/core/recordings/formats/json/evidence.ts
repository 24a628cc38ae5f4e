import { headText } from '../text/lines';
import { isBinary } from '../text/encoding';
import type { ByteSource } from '../../source';
import { isNumbers, isObject, type Json, type JsonObject } from './table';

const number = String.raw`-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|null|NaN`;
/** Fewer numbers than these in a row, or fewer rows, may be anything. */
const fewest = 16;
const numbersStart = new RegExp(String.raw`^\s*\[\s*(?:(?:${number})\s*,\s*){${fewest},}`);
const matrixStart = new RegExp(String.raw`^\s*\[\s*\[\s*(?:${number})\s*[,\]]`);
const listOfNumbers = new RegExp(String.raw`"[^"\\]{1,100}"\s*:\s*\[\s*\[?\s*(?:(?:${number})\s*,\s*){${fewest - 1},}`);

/**
 * Whether a `.json` file begins like a recording: numbers, rows of numbers, objects with numbers in them, or an object with
 * lists of numbers. Most files of this name are none: settings, packages, translations.
 */
export function beginsLikeRecording(source: ByteSource): boolean {
  // The description of an encoder has lists of numbers as well.
  if (source.name === 'encoder.json' || source.head.length === 0 || isBinary(source.head)) return false;
  const { text, whole } = headText(source);
  const start = text.trimStart();
  if (start.startsWith('{')) return listOfNumbers.test(start);
  if (!start.startsWith('[')) return false;
  if (numbersStart.test(start) || matrixStart.test(start)) return true;
  const rows = firstObjects(start);
  return rows.length >= (whole ? fewest : 1) && rows.every(holdsNumbers);
}

/** Whether an object of a table of time steps could be this one: it holds a number, and names of nothing else. */
function holdsNumbers(row: JsonObject): boolean {
  const values = Object.values(row).flatMap((value) => (isObject(value) ? Object.values(value) : [value]));
  const numbers = values.filter((value) => typeof value === 'number').length;
  return numbers > 0 && numbers * 3 >= values.length && values.every((value) => !isObject(value));
}

const mostObjects = 64;

/** The first objects of a list of objects without braces in their texts. */
function firstObjects(text: string): JsonObject[] {
  const objects: JsonObject[] = [];
  let at = text.indexOf('{');
  if (text.slice(1, at).trim() !== '') return [];
  while (at >= 0 && objects.length < mostObjects) {
    const end = endOfObject(text, at);
    const object = end === null ? null : parsed(text.slice(at, end));
    if (end === null || !isObject(object ?? null)) break;
    objects.push(object as JsonObject);
    at = /^\s*,\s*\{/.test(text.slice(end, end + 200)) ? text.indexOf('{', end) : -1;
  }
  return objects;
}

function endOfObject(text: string, start: number): number | null {
  let depth = 0;
  for (let i = start; i < text.length && i < start + 2 ** 14; i++) {
    if (text[i] === '{') depth++;
    else if (text[i] === '}' && --depth === 0) return i + 1;
  }
  return null;
}

/** Whether a line of JSON Lines can be a time step or a recording. */
export function isRow(line: string): boolean {
  const value = parsed(line);
  if (isNumbers(value ?? undefined)) return true;
  if (!isObject(value ?? null)) return false;
  return Object.values(value as JsonObject).some((field) => {
    const inside = isObject(field) ? Object.values(field) : [field];
    return inside.some((cell) => typeof cell === 'number' || isNumbers(cell));
  });
}

function parsed(text: string): Json | null {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

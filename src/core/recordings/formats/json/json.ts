import { UnreadableError, type Reader, type ReadOptions } from '../../reader';
import { stepsOf, type Sequence } from '../../sequence';
import type { ByteSource } from '../../source';
import { SampleBudget } from '../../sampleBudget';
import { quoted } from '../pcm/text';
import { checkText, textPieces } from '../text/lines';
import { beginsLikeRecording } from './evidence';
import { channelsOf, sequencesOfObject } from './record';
import { isNumbers, isObject, JsonTable, type Json } from './table';

/** JSON is read as a whole, which takes many times its size. */
const mostBytes = 2 ** 26;

/** A recording as JSON: a list of numbers, of rows of numbers or of objects, or an object with lists. */
export const jsonReader: Reader = {
  format: 'json',
  version: 2,
  extensions: ['.json'],
  claims: beginsLikeRecording,
  async read(source, options) {
    checkText(source, options);
    if (source.size > mostBytes) {
      throw new UnreadableError('it has more than the 64 MB that are read of JSON: write it as JSON Lines or CSV');
    }
    return sequencesOf(parse(await textOf(source, options)), options);
  },
};

async function textOf(source: ByteSource, options: ReadOptions): Promise<string> {
  const pieces: string[] = [];
  for await (const piece of textPieces(source, options)) pieces.push(piece);
  return pieces.join('');
}

/** @throws UnreadableError for a text that is no JSON; Python's `NaN` and infinities are read as missing. */
export function parse(text: string, place = ''): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const withoutNaN = text.replace(
      /("(?:[^"\\]|\\.)*")|-?\b(?:NaN|Infinity)\b/g,
      (_, kept?: string) => kept ?? 'null',
    );
    if (withoutNaN !== text) return parse(withoutNaN, place);
    throw new UnreadableError(`it is no valid JSON${place} (${quoted(error.message)})`);
  }
}

/** @throws UnreadableError for what is no recording */
function sequencesOf(value: Json, options: ReadOptions): readonly Sequence[] {
  if (isObject(value)) return sequencesOfObject(value, options);
  if (isNumbers(value)) return sequencesOfObject({ values: value }, options).map(withoutNames);
  if (!Array.isArray(value)) throw new UnreadableError('it holds no recording');
  const rows = value as readonly Json[];
  if (channelsOf(rows) !== null) return sequencesOfObject({ values: rows }, options).map(withoutNames);
  if (rows.length > 0 && rows.every(isObject)) return sequencesOfObjects(rows, options);
  if (rows.some((row) => isNumbers(row)))
    throw new UnreadableError('its rows are not equally long, or hold more than numbers');
  throw new UnreadableError('it holds no recording');
}

/** Each object is a recording if the first of them holds a list, else a time step. */
function sequencesOfObjects(
  rows: readonly { readonly [key: string]: Json }[],
  options: ReadOptions,
): readonly Sequence[] {
  if (Object.values(rows[0] ?? {}).some((value) => isNumbers(value))) {
    const budget = new SampleBudget(options.maximumSamples);
    return rows.flatMap((row) => {
      const sequences = sequencesOfObject(row, options);
      for (const sequence of sequences) {
        budget.take(stepsOf(sequence) * sequence.channels.length, sequence.channels.length);
      }
      return sequences;
    });
  }
  const table = new JsonTable(options);
  for (const row of rows) table.add(row);
  return table.sequences();
}

function withoutNames(sequence: Sequence): Sequence {
  return { ...sequence, channels: sequence.channels.map((channel) => ({ ...channel, name: null })) };
}

import { UnreadableError, type Reader } from '../../reader';
import { SampleBudget } from '../../sampleBudget';
import { stepsOf, type Sequence } from '../../sequence';
import { isBinary } from '../text/encoding';
import { checkText, headText, lineBatches } from '../text/lines';
import { isRow } from './evidence';
import { parse } from './json';
import { sequencesOfObject } from './record';
import { isNumbers, isObject, JsonTable, type Json, type JsonObject } from './table';

/** JSON Lines: in each line a time step, or in each a whole recording with its channels as lists. */
export const jsonLinesReader: Reader = {
  format: 'json-lines',
  version: 2,
  extensions: ['.jsonl', '.ndjson'],
  claims(source) {
    if (isBinary(source.head)) return false;
    const { text, whole } = headText(source);
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    const [first] = lines;
    // A first line that is longer than the head can only be a whole recording.
    return first !== undefined && (isRow(first) || (!whole && lines.length === 1));
  },
  async read(source, options) {
    checkText(source, options);
    const table = new JsonTable(options);
    const budget = new SampleBudget(options.maximumSamples);
    const sequences: Sequence[] = [];
    let number = 0;
    let kind: 'steps' | 'recordings' | undefined;
    for await (const lines of lineBatches(source, options)) {
      for (const line of lines) {
        number++;
        if (line.trim() === '') continue;
        const row = rowOf(parse(line, ` in line ${number}`), number);
        kind ??= Object.values(row).some((value) => isNumbers(value)) ? 'recordings' : 'steps';
        if (kind === 'steps') {
          table.add(row);
          continue;
        }
        for (const sequence of sequencesOfObject(row, options)) {
          budget.take(stepsOf(sequence) * sequence.channels.length, sequence.channels.length);
          sequences.push(sequence);
        }
      }
    }
    return kind === 'recordings' ? sequences : table.sequences();
  },
};

function rowOf(value: Json, line: number): JsonObject {
  if (isObject(value)) return value;
  if (Array.isArray(value))
    return Object.fromEntries((value as readonly Json[]).map((cell, i) => [`column ${i + 1}`, cell]));
  if (typeof value === 'number') return { value };
  throw new UnreadableError(`line ${line} holds neither an object nor numbers`);
}

import type { Clock } from '../clock/clock';
import { marksOf, mostSayings, type Mark, type Saying } from '../marks';
import { entry } from '../entry';
import type { TableColumn } from './column';
import { isClassName, type Labels } from './labels';

/**
 * The stretches over which a column of labels holds one word or number: of the column that is named as one of classes,
 * else of the first of labels that change.
 * @param clock brings rows to time steps
 */
export function labelMarks(columns: readonly TableColumn[], { changing }: Labels, clock: Clock): readonly Mark[] {
  const changed = changing.map((at) => entry(columns, at));
  const column = changed.find(({ name }) => isClassName(name ?? '')) ?? changed[0];
  return column === undefined ? [] : marksIn(column, clock);
}

function marksIn({ kind, values, words }: TableColumn, clock: Clock): Mark[] {
  // A label between two others is none of both, so that rows are brought to steps, not labels.
  const rows = clock.apply(Float32Array.from(values, (_, row) => row));
  const sayings: Saying[] = [];
  let before = NaN;
  for (let step = 0; step < rows.length && sayings.length < mostSayings; step++) {
    const row = Math.round(rows[step]!);
    const value = Number.isNaN(row) ? NaN : values[row]!;
    if (Object.is(value, before)) continue;
    before = value;
    const label = kind === 'text' ? (words[value] ?? '') : String(value);
    sayings.push({ start: step, length: null, label: Number.isNaN(value) ? '' : label });
  }
  return marksOf(sayings, rows.length).filter(({ label }) => label !== '');
}

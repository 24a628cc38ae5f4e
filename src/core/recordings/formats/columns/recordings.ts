import { UnreadableError, type ReadOptions } from '../../reader';
import { SampleBudget } from '../../sampleBudget';
import { stepsOf, type Sequence } from '../../sequence';
import { sequencesOfObject } from '../json/record';
import type { Json, JsonObject } from '../json/table';
import type { Cell } from './column';

/** A cell of a row that is a recording: a value about it, or its samples. */
export type RowCell = Cell | readonly RowCell[];

/** Rows of a table that are a recording each; their lists are channels, as those of an object in JSON are. */
export class RowRecordings {
  private readonly sequences: Sequence[] = [];
  private readonly budget: SampleBudget;
  private empty = 0;

  constructor(private readonly options: ReadOptions) {
    this.budget = new SampleBudget(options.maximumSamples);
  }

  /** @throws UnreadableError for more samples than are allowed */
  add(cells: readonly (readonly [name: string, cell: RowCell])[]): void {
    if (!cells.some(([, cell]) => Array.isArray(cell) && cell.length > 0)) {
      this.empty++;
      return;
    }
    const row: JsonObject = Object.fromEntries(cells.map(([name, cell]) => [name, jsonOf(cell)]));
    for (const sequence of sequencesOfObject(row, this.options)) {
      this.budget.take(stepsOf(sequence) * sequence.channels.length, sequence.channels.length);
      this.sequences.push(sequence);
    }
  }

  /** @throws UnreadableError if there is none */
  all(): readonly Sequence[] {
    if (this.sequences.length === 0) throw new UnreadableError('all its lists are empty');
    if (this.empty === 0) return this.sequences;
    const note = this.empty === 1 ? 'a row without samples left out' : `${this.empty} rows without samples left out`;
    return this.sequences.map((sequence) => ({ ...sequence, notes: [...sequence.notes, note] }));
  }
}

function jsonOf(cell: RowCell): Json {
  if (cell == null || typeof cell === 'boolean' || typeof cell === 'string') return cell ?? null;
  if (typeof cell === 'number' || typeof cell === 'bigint') return Number(cell);
  if ('seconds' in cell) {
    const date = new Date(cell.seconds * 1000);
    return Number.isNaN(date.getTime()) ? null : date.toISOString();
  }
  return cell.map(jsonOf);
}

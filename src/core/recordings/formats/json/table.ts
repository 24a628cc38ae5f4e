import { UnreadableError, type ReadOptions } from '../../reader';
import { SampleBudget } from '../../sampleBudget';
import type { Sequence } from '../../sequence';
import { ColumnBuilder, type Cell } from '../columns/column';
import { sequencesOfColumns } from '../columns/sequences';
import { isDecidedClock } from '../../table/decided';
import { plainText, listed } from '../pcm/text';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Objects with one time step each, as a table; objects inside them are columns with names such as `acc.x`. */
export class JsonTable {
  private readonly columns = new Map<string, ColumnBuilder>();
  private readonly lists = new Set<string>();
  private readonly budget: SampleBudget;
  private rows = 0;

  constructor(private readonly options: ReadOptions) {
    this.budget = new SampleBudget(options.maximumSamples);
  }

  /** @throws UnreadableError for more samples or columns than are allowed */
  add(row: JsonObject): void {
    this.addFields(row, '', 0);
    this.rows++;
    this.budget.take(this.columns.size, 0);
  }

  private addFields(fields: JsonObject, prefix: string, depth: number): void {
    for (const [key, value] of Object.entries(fields)) {
      const name = prefix + key;
      if (isObject(value) && depth < deepest) this.addFields(value, `${name}.`, depth + 1);
      else if (typeof value !== 'object' || value === null) this.addCell(name, value);
      else if (this.lists.size < mostListed) this.lists.add(name);
    }
  }

  private addCell(name: string, cell: Cell): void {
    let column = this.columns.get(name);
    if (column === undefined) {
      // What the rows above lack is filled with missing samples.
      this.budget.take(this.rows, 1);
      const shown = plainText(name) || null;
      const isClock = isDecidedClock(this.options.decisions, shown, this.columns.size + 1);
      column = new ColumnBuilder(shown, null, isClock || this.columns.size === 0);
      this.columns.set(name, column);
    }
    column.fill(this.rows);
    // Of a name that a row has twice (`a.b` beside `a` with `b` in it), the first counts.
    if (column.rows === this.rows) column.add(cell);
  }

  /** @throws UnreadableError if there is no channel */
  sequences(): readonly Sequence[] {
    if (this.rows === 0) throw new UnreadableError('it holds no rows');
    const columns = [...this.columns.values()];
    for (const column of columns) column.fill(this.rows);
    const sequences = sequencesOfColumns(
      columns.map((column) => column.column()),
      this.options,
    );
    const note = `lists left out: ${listed([...this.lists], 8)}`;
    if (this.lists.size === 0) return sequences;
    return sequences.map((sequence) => ({ ...sequence, notes: [...sequence.notes, note] }));
  }
}

const deepest = 4;
const mostListed = 100;

/** Numbers, of which some may be missing. */
export function isNumbers(value: Json | undefined): value is readonly Cell[] & readonly Json[] {
  return (
    Array.isArray(value) &&
    value.some((cell) => typeof cell === 'number') &&
    value.every((cell) => typeof cell === 'number' || cell === null || typeof cell === 'boolean')
  );
}

import type { ReadOptions } from '../../reader';
import type { SampleBudget } from '../../sampleBudget';
import type { Sequence } from '../../sequence';
import type { TableColumn } from '../../table/column';
import { ColumnBuilder } from '../columns/column';
import { sequencesOfColumns } from '../columns/sequences';
import { baseType, type BaseType } from './baseTypes';
import type { DeveloperFields } from './developerFields';
import { withoutCoarser } from './finer';
import type { Definition, Field, Message } from './messages';
import { epoch, finerFields, quantityOf, timestampField, type Quantity } from './profile';

/** A number in each message of one definition, and the column that it belongs to. */
interface Slot {
  readonly offset: number;
  readonly type: BaseType;
  readonly quantity: Quantity;
  readonly column: ColumnBuilder;
}

/** The messages that hold samples, as a table: one row for each of them. */
export class Records {
  private readonly clock = new ColumnBuilder('timestamp', null, true);
  private readonly columns = new Map<string, ColumnBuilder>();
  private readonly slots = new Map<Definition, readonly Slot[]>();
  private rows = 0;

  constructor(
    private readonly budget: SampleBudget,
    private readonly developerFields: DeveloperFields,
  ) {}

  /** @throws UnreadableError for more samples or channels than are allowed */
  add(view: DataView, { definition, start, timestamp }: Message): void {
    let slots = this.slots.get(definition);
    if (slots === undefined) this.slots.set(definition, (slots = this.slotsOf(definition)));
    this.budget.take(Math.max(1, this.columns.size), 0);
    this.clock.add(Number.isNaN(timestamp) ? null : { seconds: timestamp + epoch });
    for (const { offset, type, quantity, column } of slots) {
      column.fill(this.rows);
      // Of a field that a message has twice, the first counts.
      if (column.rows > this.rows) continue;
      column.add(type.read(view, start + offset, definition.littleEndian) / quantity.scale - quantity.offset);
    }
    this.rows++;
  }

  private slotsOf({ fields }: Definition): readonly Slot[] {
    return fields.flatMap((field) => {
      const description = this.describe(field);
      const type = description === undefined ? undefined : baseType(description.type);
      if (description === undefined || type === undefined) return [];
      const { quantity } = description;
      const count = Math.floor(field.bytes / type.bytes);
      return Array.from({ length: count }, (_, i) => {
        const name = count === 1 ? quantity.name : `${quantity.name}[${i}]`;
        const key = `${field.developer ?? ''}/${field.number}/${count === 1 ? '' : i}`;
        return { offset: field.offset + i * type.bytes, type, quantity, column: this.column(key, name, quantity.unit) };
      });
    });
  }

  private describe({ number, type, developer }: Field): { type: number; quantity: Quantity } | undefined {
    if (developer !== null) {
      const field = this.developerFields.get(developer, number);
      return field === undefined ? undefined : { type: field.type, quantity: field };
    }
    return type === null || number === timestampField ? undefined : { type, quantity: quantityOf(number) };
  }

  private column(key: string, name: string, unit: string | null): ColumnBuilder {
    let column = this.columns.get(key);
    if (column === undefined) {
      // What the rows above lack is filled with missing samples.
      this.budget.take(this.rows, 1);
      column = new ColumnBuilder(name, unit, false);
      this.columns.set(key, column);
    }
    return column;
  }

  /** No sequence where there is no message with samples. @throws UnreadableError if there is no channel */
  sequences(options: ReadOptions): readonly Sequence[] {
    if (this.rows === 0) return [];
    const columns = new Map<string, TableColumn>();
    for (const [key, builder] of this.columns) {
      builder.fill(this.rows);
      columns.set(key, builder.column());
    }
    const pairs = Array.from(finerFields, ([coarse, fine]) => [`/${coarse}/`, `/${fine}/`] as const);
    const { columns: kept, notes } = withoutCoarser(columns, pairs);
    const sequences = sequencesOfColumns([this.clock.column(), ...kept], options);
    return sequences.map((sequence) => ({ ...sequence, notes: [...sequence.notes, ...notes] }));
  }
}

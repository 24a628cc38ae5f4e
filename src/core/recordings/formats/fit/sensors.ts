import { largest } from '../../extremes';
import { UnreadableError, type ReadOptions } from '../../reader';
import type { SampleBudget } from '../../sampleBudget';
import type { Sequence } from '../../sequence';
import { ColumnBuilder } from '../columns/column';
import { sequencesOfColumns } from '../columns/sequences';
import { baseType } from './baseTypes';
import { Events } from './events';
import { withoutCoarser } from './finer';
import type { Field, Message } from './messages';
import { epoch, timestampField } from './profile';
import type { SensorKind } from './sensorProfile';

const [milliseconds, offsets, fraction, counts, lastBits] = [0, 1, 0, 9, 10];

/** The messages of one sensor as a table: one row for each of the samples that they hold. */
export class Sensor {
  private readonly clock = new ColumnBuilder('timestamp', null, true);
  private readonly columns = new Map<number, ColumnBuilder>();
  private readonly events = new Events();
  private rows = 0;

  constructor(
    private readonly kind: SensorKind,
    private readonly budget: SampleBudget,
  ) {}

  /** @throws UnreadableError for more samples or channels than are allowed */
  add(view: DataView, message: Message): void {
    const { fields } = message.definition;
    const lists = fields.flatMap((field) => {
      const quantity = field.developer === null ? this.kind.quantities.get(field.number) : undefined;
      if (quantity === undefined) return [];
      const stored = numbersIn(view, message, field);
      return [{ field, quantity, values: stored.map((value) => value / quantity.scale - quantity.offset) }];
    });
    const times = this.timesOf(view, message);
    // Lists are as long as the longest message wants them; what is behind the samples of this one is missing.
    const known = lists.map(({ values }) => 1 + values.findLastIndex(Number.isFinite));
    const samples = largest(known, 0);
    this.budget.take(samples * Math.max(1, this.columns.size), 0);
    for (const { field, quantity, values } of lists) {
      const column = this.columns.get(field.number) ?? this.column(field.number, quantity.name, quantity.unit);
      column.fill(this.rows);
      // Of a field that a message has twice, the first counts.
      if (column.rows > this.rows) continue;
      for (let at = 0; at < samples; at++) column.add(values[at]);
    }
    for (let at = 0; at < samples; at++) this.clock.add({ seconds: times[at] ?? NaN });
    this.rows += samples;
  }

  private column(number: number, name: string, unit: string | null): ColumnBuilder {
    // What the rows above lack is filled with missing samples.
    this.budget.take(this.rows, 1);
    const column = new ColumnBuilder(name, unit, false);
    this.columns.set(number, column);
    return column;
  }

  /** Seconds since 1970 of the samples of a message, as far as it tells them. */
  private timesOf(view: DataView, message: Message): readonly number[] {
    const { fields } = message.definition;
    const numbers = (wanted: number) => {
      const field = fields.find(({ number, developer }) => number === wanted && developer === null);
      return field === undefined ? [] : numbersIn(view, message, field);
    };
    const part = (number: number, scale: number) => (numbers(number)[0] ?? NaN) / scale || 0;
    const seconds = message.timestamp + epoch;
    if (this.kind.clock === 'none') return [];
    if (this.kind.clock === 'offsets') {
      const start = seconds + part(milliseconds, 1000);
      const found = numbers(offsets).map((offset) => start + offset / 1000);
      return found.length === 0 ? [start] : found;
    }
    const isAnchor = fields.some(({ number }) => number === timestampField);
    const full = numbers(counts);
    if (full.length > 0) return this.events.inFull(full, isAnchor ? seconds + part(fraction, 32_768) : NaN);
    const packed = fields.find(({ number, developer }) => number === lastBits && developer === null);
    if (packed === undefined) return [];
    return this.events.ofLastBits(
      new Uint8Array(view.buffer, view.byteOffset + message.start + packed.offset, packed.bytes),
    );
  }

  /** @returns `null` where no message holds a sample @throws UnreadableError for a clock that cannot be used */
  sequence(options: ReadOptions): Sequence | null {
    if (this.rows === 0) return null;
    for (const builder of this.columns.values()) builder.fill(this.rows);
    const all = new Map(Array.from(this.columns, ([number, builder]) => [number, builder.column()] as const));
    const { columns, notes } = withoutCoarser(all, this.kind.finer);
    const clock = this.kind.clock === 'none' ? [] : [this.clock.column()];
    const [sequence] = sequencesOfColumns([...clock, ...columns], options);
    if (sequence === undefined) throw new UnreadableError('it holds no samples');
    const beats = this.kind.clock === 'none' ? ['it has one sample for each heart beat'] : [];
    return { ...sequence, name: this.kind.name, notes: [...sequence.notes, ...notes, ...beats] };
  }
}

/** All numbers of a field; NaN where the file says that there is none. */
function numbersIn(view: DataView, { definition, start }: Message, { type: number, offset, bytes }: Field): number[] {
  const type = number === null ? undefined : baseType(number);
  if (type === undefined) return [];
  return Array.from({ length: Math.floor(bytes / type.bytes) }, (_, i) =>
    type.read(view, start + offset + i * type.bytes, definition.littleEndian),
  );
}

import type { ReadOptions } from '../../reader';
import { SampleBudget } from '../../sampleBudget';
import type { Sequence } from '../../sequence';
import { ColumnBuilder } from '../columns/column';
import { plainText } from '../pcm/text';
import { parseNumber } from '../text/numbers';

/** What the headers of a file say: the cells behind each key. */
export type Fields = ReadonlyMap<string, readonly string[]>;

/** One segment of a measurement: a table whose columns are described above it. */
export class Segment {
  private titles: readonly string[] | null = null;
  private readonly columns: ColumnBuilder[] = [];
  private readonly budget: SampleBudget;
  rows = 0;

  constructor(
    private readonly fields: Fields,
    private readonly commaAllowed: boolean,
    { maximumSamples }: ReadOptions,
  ) {
    this.budget = new SampleBudget(maximumSamples);
  }

  /** Adds a row; the first holds the titles. @throws UnreadableError for more samples than are allowed */
  add(cells: readonly string[]): void {
    if (this.titles === null) {
      this.titles = cells.map((cell) => cell.trim());
      return;
    }
    for (const i of this.channels()) {
      const column = (this.columns[i] ??= this.columnOf(i));
      column.fill(this.rows);
      column.add(parseNumber(cells[i] ?? '', this.commaAllowed) ?? NaN);
    }
    this.rows++;
    this.budget.take(this.columns.length, 0);
  }

  /** The places of the columns that are neither times nor comments. */
  private channels(): number[] {
    const titles = this.titles ?? [];
    return [...titles.keys()].filter((i) => !/^(x_value|comment)?$/i.test(titles[i] ?? ''));
  }

  private columnOf(i: number): ColumnBuilder {
    this.budget.take(0, 1);
    const unit = this.channelField('Y_Unit_Label', i);
    return new ColumnBuilder(plainText(this.titles?.[i] ?? '') || null, plainText(unit) || null, false);
  }

  /** What a field says of the channel in column `i`: the cells stand above the columns, the times' column being the key's. */
  private channelField(key: string, i: number): string {
    const cells = this.fields.get(key.toLowerCase()) ?? [];
    return cells[this.channels().indexOf(i)]?.trim() ?? '';
  }

  /** @returns `null` for a segment without samples */
  sequence(): Sequence | null {
    const built = this.channels().flatMap((i) => this.columns[i]?.column() ?? []);
    const step = parseNumber(this.fields.get('delta_x')?.[0] ?? '', this.commaAllowed) ?? NaN;
    const isTime = /^(time|)$/i.test(this.fields.get('x_dimension')?.[0]?.trim() ?? '');
    if (built.length === 0 || this.rows === 0) return null;
    return {
      channels: built.map(({ name, unit, values }) => ({ name, unit, values })),
      rate: isTime && step > 0 && Number.isFinite(1 / step) ? Number((1 / step).toPrecision(6)) : null,
      ...{ label: null, name: null, notes: [] },
    };
  }
}

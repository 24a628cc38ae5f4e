import { plainText } from '../pcm/text';
import type { TableColumn } from '../../table/column';
import { ColumnBuilder, type Cell } from './column';

/** Lists of more values than these are rather series than the channels of one time step. */
const mostChannels = 64;

/** How long the lists of a column are; empty and missing ones do not count. */
export class ListLengths {
  shortest = Infinity;
  longest = 0;

  add(length: number): void {
    if (length === 0) return;
    this.shortest = Math.min(this.shortest, length);
    this.longest = Math.max(this.longest, length);
  }
}

/**
 * Whether each row is a recording with lists as its channels, rather than a time step with a vector in each list: their
 * lengths differ, or they are long, or there are fewer rows than values in one of them.
 */
export function areRecordings(lists: readonly ListLengths[], rows: number): boolean {
  return lists.some(({ shortest, longest }) => {
    return longest > 0 && (shortest !== longest || longest > mostChannels || longest > rows);
  });
}

/** Takes vectors of one length, one for each time step; each of their places is a column. */
export class VectorBuilder {
  private readonly builders: readonly ColumnBuilder[];

  constructor(name: string, { longest }: ListLengths) {
    const plain = plainText(name);
    this.builders = Array.from({ length: longest }, (_, i) => new ColumnBuilder(`${plain}[${i}]`, null, false));
  }

  /** @param vector the values of a time step; none where it is empty or missing */
  add(vector: ArrayLike<Cell>): void {
    for (const [i, builder] of this.builders.entries()) builder.add(vector[i]);
  }

  columns(): TableColumn[] {
    return this.builders.map((builder) => builder.column());
  }
}

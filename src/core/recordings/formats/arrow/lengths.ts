import type { Batch, Column, DataType, OffsetArray } from '@uwdata/flechette';
import { UnreadableError } from '../../reader';
import type { SampleBudget } from '../../sampleBudget';
import { ListLengths } from '../columns/lists';
import { isList } from './columns';

/**
 * Measures the lists of a column before any is read: the library believes what a file says of them.
 * @throws UnreadableError for lists outside of their values, and for too many
 */
export function lengthsOf(column: Column<unknown>, budget: SampleBudget): ListLengths {
  const lengths = new ListLengths();
  for (const batch of column.data) measure(batch, budget, lengths);
  return lengths;
}

function measure(batch: Batch<unknown>, budget: SampleBudget, lengths: ListLengths): void {
  const [values] = batch.children;
  if (values === undefined) throw outside();
  for (let row = 0; row < batch.length; row++) {
    // A list that holds nothing takes time as well.
    budget.take(1, 0);
    if (batch.nullCount > 0 && !batch.isValid(row)) continue;
    const { start, length } = spanOf(batch, row);
    if (!(start >= 0 && length >= 0 && start + length <= values.length)) throw outside();
    budget.take(length, 0);
    lengths.add(length);
  }
  if (isList(values.type)) measure(values, budget, new ListLengths());
}

/** What only lists of some types have, which the library's own type says of all. */
interface Places {
  readonly offsets: OffsetArray | undefined;
  readonly sizes: OffsetArray | undefined;
  readonly type: DataType;
}

function spanOf({ offsets, sizes, type }: Places, row: number): { readonly start: number; readonly length: number } {
  if ('stride' in type) return { start: row * type.stride, length: type.stride };
  const start = Number(offsets?.[row] ?? -1);
  const end = sizes === undefined ? Number(offsets?.[row + 1] ?? -1) : start + Number(sizes[row] ?? -1);
  return { start, length: end - start };
}

function outside(): UnreadableError {
  return new UnreadableError('it is damaged: one of its lists is not within its values');
}

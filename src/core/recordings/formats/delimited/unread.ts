import type { ReadOptions } from '../../reader';
import type { ColumnRole } from '../../reading/tableReading';
import type { ByteSource } from '../../source';
import type { PlacedColumn } from '../../table/column';
import { isDatePart } from '../../table/dateParts';
import { isLabelName } from '../../table/labels';
import { isKeyName } from '../../table/long';
import { sequencesOf } from '../../table/sequences';
import { stretchesOf } from '../../table/stretches';
import { attempt } from './attempt';
import type { Filler } from './fill';
import type { Plan } from './plan';
import { lanesOf } from './plannedColumns';
import { tablesOf } from './tables';

/** Shorter texts are read in full; of longer ones so much is read to find out which columns matter. */
const [longText, beginning] = [2 ** 24, 2 ** 22];

/**
 * Leaves out the columns of a long text that have no part in the channels which a user chose, so that they are neither
 * turned into numbers nor kept. Whatever may be a clock, a label or a key stays, and so does a column that its beginning
 * says nothing sure of.
 * @param fill reads all rows of a source
 */
export async function withoutUnread(
  source: ByteSource,
  plan: Plan,
  options: ReadOptions,
  fill: (source: ByteSource, plan: Plan) => Promise<Filler>,
): Promise<Plan> {
  if (options.decisions?.channels === undefined || source.size < longText) return plan;
  const filler = await fill(beginningOf(source), plan);
  // It may be cut in two.
  filler.lanes.rewind(1);
  const roles = rolesIn(filler, plan, source.name, options);
  if (roles === null) return plan;
  let lane = 0;
  const columns = plan.columns.map((column) => {
    const at = lane;
    lane += lanesOf(column.kind);
    const isUnread = column.kind.kind === 'number' && !column.isExact && roles[at] === 'unread';
    return isUnread ? { ...column, kind: { kind: 'unread' } as const } : column;
  });
  const firstValue = columns.findIndex(
    ({ kind: { kind } }) => kind !== 'text' && kind !== 'empty' && kind !== 'unread',
  );
  return { ...plan, columns, firstValue: Math.max(0, firstValue) };
}

function beginningOf(source: ByteSource): ByteSource {
  return {
    ...source,
    size: beginning,
    async *pieces() {
      yield await source.read(0, beginning);
    },
  };
}

/** What the columns are in the beginning of a table; `null` where it is no single recording that stands upright. */
function rolesIn(
  filler: Filler,
  plan: Plan,
  fileName: string,
  options: ReadOptions,
): readonly (ColumnRole | 'unread')[] | null {
  const table = attempt(() => tablesOf(filler, plan, fileName));
  const [only, ...others] = table ?? [];
  const sequences = only === undefined || others.length > 0 ? null : attempt(() => sequencesOf(only, options));
  const reading = sequences?.length === 1 ? sequences[0]?.reading : undefined;
  if (only === undefined || reading?.isChosen !== true || areShared(reading.columns)) return null;
  const roles: (ColumnRole | 'unread')[] = reading.columns.map(({ role }) => role);
  for (const column of only.columns) {
    const at = column.number - 1;
    if (roles[at] === 'leftOut' && hasNoPart(column)) roles[at] = 'unread';
  }
  return roles;
}

/** Whether two columns have one name, by which channels are numbered. */
function areShared(columns: readonly { readonly name: string | null }[]): boolean {
  const names = columns.flatMap(({ name }) => (name === null ? [] : [name.trim()]));
  return new Set(names).size < names.length;
}

/** Whether a column that is left out can be neither a label, nor a key, nor a part of a date, whatever follows. */
function hasNoPart({ kind, name, values }: PlacedColumn): boolean {
  if (kind !== 'number' || (name !== null && isDatePart(name))) return false;
  const isFractional = !stretchesOf(values, 1).whole;
  return isFractional || (name !== null && !isLabelName(name) && !isKeyName(name));
}

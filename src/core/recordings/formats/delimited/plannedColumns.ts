import type { Decisions } from '../../reading/decisions';
import { isDecidedClock } from '../../table/decided';
import type { NumberForm } from '../text/numbers';
import { columnKindOf, isDigits, mayRun, type ColumnKind } from './columnKinds';
import { columnName, type ColumnName } from './columnName';
import type { Header } from './header';

export interface PlannedColumn extends ColumnName {
  readonly kind: ColumnKind;
  /** Whether it may be a clock or a counter, which single precision would spoil. */
  readonly isExact: boolean;
}

/** How many channels a column of a kind may become. */
export function lanesOf(kind: ColumnKind): number {
  if (kind.kind === 'unread') return 0;
  return kind.kind === 'vector' ? kind.size : 1;
}

/** Cells of wide tables beyond these are taken for what the last of them is. */
export const judgedColumns = 512;

/** What the columns of a sample of rows hold. */
export function kindsOf(body: readonly (readonly string[])[], width: number, form: NumberForm): ColumnKind[] {
  const kinds: ColumnKind[] = [];
  for (let at = 0; at < width; at++) {
    const before = kinds[at - 1];
    const isJudged = at < judgedColumns || at === width - 1 || before === undefined;
    kinds.push(
      isJudged
        ? columnKindOf(
            body.map((row) => row[at] ?? ''),
            form,
          )
        : before,
    );
  }
  // A delimiter at the end of each row makes a column that nobody meant.
  while (kinds.length > 1 && kinds.at(-1)?.kind === 'empty') kinds.pop();
  return kinds;
}

/** What the columns of a table are made of. */
interface Found {
  readonly header: Header;
  /** Names that the lines themselves give, or a list in a comment. */
  readonly names: readonly (string | null)[] | null;
  readonly kinds: readonly ColumnKind[];
  readonly body: readonly (readonly string[])[];
  readonly form: NumberForm;
  /** Columns of facts beside the samples. */
  readonly aside: ReadonlySet<number>;
  readonly decided: Decisions;
}

const unnamed: ColumnName = { name: null, unit: null };

export function plannedColumns({ header, names: given, kinds, body, form, aside, decided }: Found): PlannedColumn[] {
  const names = given === null ? header.columns : given.map((name) => columnName(name ?? '', ''));
  const width = Math.max(kinds.length, names?.length ?? 0);
  return Array.from({ length: width }, (_, at): PlannedColumn => {
    const { name, unit } = names?.[at] ?? unnamed;
    const cells = body.map((row) => row[at] ?? '');
    const found = aside.has(at) ? ({ kind: 'text' } as const) : (kinds[at] ?? ({ kind: 'empty' } as const));
    const kind: ColumnKind = found.kind === 'number' && isDigits(cells, name) ? { kind: 'digits' } : found;
    const isExact = mayBeExact(kind, cells, form, name, unit, at) || isDecided(kind, decided, name, at);
    return { name, unit: unit ?? (kind.kind === 'measure' ? kind.unit : null), kind, isExact };
  });
}

function isDecided({ kind }: ColumnKind, decided: Decisions, name: string | null, at: number): boolean {
  return kind !== 'text' && kind !== 'vector' && isDecidedClock(decided, name, at + 1);
}

function mayBeExact(
  { kind }: ColumnKind,
  cells: readonly string[],
  form: NumberForm,
  name: string | null,
  unit: string | null,
  at: number,
): boolean {
  if (kind === 'moment' || kind === 'digits') return true;
  if (kind === 'text' || kind === 'vector' || at >= judgedColumns) return false;
  const plain = kind === 'measure' ? cells.map((cell) => cell.replace(/[^\d.,eE+-]+$/, '')) : cells;
  return mayRun(plain, form, name, unit);
}

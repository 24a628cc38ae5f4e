import type { ReadOptions } from '../../reader';
import type { DescribedTable, DescribedText, RowRole } from '../../reading/tableReading';
import type { ByteSource } from '../../source';
import { plainText } from '../pcm/text';
import { isBinary } from '../text/encoding';
import { attempt } from './attempt';
import { cutText, type CutText } from './cut';
import { join } from './joined';
import { planOf, type Plan } from './plan';
import { foundIn } from './read';
import { sampleOf } from './sample';

const [mostLines, linesAround, mostCells, longestCell] = [40, 10, 100, 80];

/**
 * The first lines of a text, cut into cells as they are read, and its columns; where the samples begin far below, the
 * lines about their beginning as well.
 * @returns `null` for what is no text
 */
export async function describeText(source: ByteSource, options: ReadOptions): Promise<DescribedText | null> {
  if (source.size === 0 || source.size > options.maximumBytes || isBinary(source.head)) return null;
  const { decisions = {} } = options;
  const sample = await sampleOf(source, decisions.headerLines);
  const plan = attempt(() => planOf(sample, decisions));
  const cut = attempt(() => cutText(sample, decisions)) ?? cutText(sample, {});
  const { lineForm, dialect } = cut;
  const found =
    plan === null
      ? foundIn({ lineForm, delimiter: dialect.delimiter, form: dialect.form, bodyLine: decisions.headerLines ?? 0 })
      : foundIn(plan);
  const columns = plan?.columns ?? [];
  return {
    found,
    table: { rows: rowsOf(cut, plan), columns: columns.map(({ name }) => ({ name, role: 'leftOut' })) },
  };
}

function rowsOf(cut: CutText, plan: Plan | null): DescribedTable['rows'] {
  const begin = plan?.bodyLine ?? cut.above?.at(-1)?.line ?? 0;
  const isFar = begin > mostLines - linesAround;
  const lines = cut.text.split('\n', isFar ? begin + linesAround * 2 : mostLines);
  if (lines.at(-1) === '') lines.pop();
  const shown = (line: number) => !isFar || line < linesAround || line >= begin - linesAround;
  const cellsAt = new Map([...(cut.above ?? []), ...cut.dialect.rows].map(({ line, cells }) => [line, cells]));
  const rows: { line: number; role: RowRole; cells: string[] }[] = [];
  // A cell in quotation marks may hold line ends.
  let inside = 0;
  for (const [line, text] of lines.entries()) {
    if (inside-- > 0) continue;
    const cells = cellsAt.get(line);
    inside = cells?.reduce((ends, cell) => ends + cell.split('\n').length - 1, 0) ?? 0;
    const role = roleOf(line, cells !== undefined, plan);
    if (shown(line)) rows.push({ line: line + 1, role, cells: shortened(cellsOf(text, role, cells, plan)) });
  }
  return rows;
}

function roleOf(line: number, isRow: boolean, plan: Plan | null): RowRole {
  if (plan === null) return 'passedOver';
  if (plan.headerLines.names.includes(line)) return 'names';
  if (plan.headerLines.units.includes(line)) return 'units';
  return isRow && line >= plan.bodyLine ? 'samples' : 'passedOver';
}

function cellsOf(
  text: string,
  role: RowRole,
  cells: readonly string[] | undefined,
  plan: Plan | null,
): readonly string[] {
  if (cells !== undefined) return plan?.joined == null ? cells : join(cells, plan.joined);
  // Names in a comment are parted in their own way.
  return role === 'names' && plan !== null ? plan.columns.map(({ name }) => name ?? '') : [text];
}

function shortened(cells: readonly string[]): string[] {
  return cells.slice(0, mostCells).map((cell) => plainText(cell, longestCell));
}

import type { Doubt } from '../reading/doubts';
import { listed, type TableColumn } from './column';
import { stretchesOf } from './stretches';

const mostLabels = 20;
/** Rows that a label holds for on average, at least. */
const shortestStretch = 10;

/**
 * Doubts of channels that may rather be labels: of a table of signals, an outermost column with a few small whole numbers
 * that stay for long, whose name says nothing of labels.
 * @param kept the columns that are channels
 */
export function labelDoubts(columns: readonly TableColumn[], kept: readonly number[]): readonly Doubt[] {
  const [first, last] = [kept[0], kept.at(-1)];
  const [only, another] = [first, last].filter((at) => at !== undefined && mayLabel(columns[at]!));
  if (only === undefined || (another !== undefined && another !== only)) return [];
  const others = kept.filter((at) => at !== only);
  if (others.length === 0 || others.some((at) => isWhole(columns[at]!))) return [];
  const sentence = `${listed(columns, [only])} was kept as a channel, but it may hold labels.`;
  return [{ sentence, settledBy: ['label', 'channels'] }];
}

function mayLabel(column: TableColumn): boolean {
  const { unit, values } = column;
  if (unit !== null || !isWhole(column)) return false;
  const { missing, values: different, runs, largest } = stretchesOf(values, mostLabels);
  if (missing > 0 || largest > 99) return false;
  return different.length > 1 && different.length <= mostLabels && runs * shortestStretch <= values.length;
}

function isWhole({ values }: TableColumn): boolean {
  return values.every((value) => Number.isInteger(value) || Number.isNaN(value));
}

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
  const maybe = kept.filter((at) => mayLabel(columns[at]!));
  const others = kept.filter((at) => !maybe.includes(at));
  const [only] = maybe;
  if (only === undefined || maybe.length > 1 || others.some((at) => stretchesOf(columns[at]!.values, 1).whole))
    return [];
  if (others.length === 0 || (only !== kept[0] && only !== kept.at(-1))) return [];
  const sentence = `${listed(columns, [only])} was kept as a channel, but it may hold labels.`;
  return [{ sentence, settledBy: ['label', 'channels'] }];
}

function mayLabel({ unit, values }: TableColumn): boolean {
  const { whole, missing, values: different, runs, largest } = stretchesOf(values, mostLabels);
  if (!whole || missing > 0 || unit !== null || largest > 99) return false;
  return different.length > 1 && different.length <= mostLabels && runs * shortestStretch <= values.length;
}

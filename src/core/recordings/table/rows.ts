import { entry } from '../entry';
import type { Decisions } from '../reading/decisions';
import { RefusedDecision, shownDecision } from '../reading/refused';
import type { TableReading } from '../reading/tableReading';
import type { Sequence } from '../sequence';
import { runsEvenly } from '../clock/evidence';
import { clockName } from '../clock/names';
import { isClassName, isLabelName } from './labels';
import { stretchesOf } from './stretches';
import type { Table, TableColumn } from './column';
import { choiceOf, decidedColumn } from './decided';
import { readingOf } from './reading';

/** A label and 15 samples: the shortest series of the UCR archive (SmoothSubspace). */
const fewestSamples = 15;
const mostLabel = 10_000;
/** Tables without names that are wider than this, and wider than long, hold one channel in each row. */
const widestUpright = 64;

/** How a table lies on its side: a series with a label in each row, or a channel in each row. */
interface Lying {
  readonly samples: readonly number[];
  readonly label: number | null;
  readonly name: number | null;
}

/**
 * Reads a table that lies on its side, with time along its rows.
 *
 * A row is a series of its own if a column of labels stands first or last (or the file's name ends in `_TRAIN` or
 * `_TEST`) and time runs along the rows: neighbours in a row differ by less than a tenth of the spread, or by less than
 * neighbours in a column do; or if the columns have only counted names or none and time runs clearly along the rows, and
 * there are too many rows for channels. Fewer rows, far shorter than wide, are the channels of one recording.
 * @returns `null` for a table that stands upright, as one with columns that were not read surely does
 * @throws RefusedDecision for a label that is not there, or a clock of series that have none
 */
export function readRows(table: Table, decided: Decisions): Sequence[] | null {
  if (decided.series === 'columns' || table.columns.some(({ kind }) => kind === 'unread')) return null;
  const { columns, rows, fileName, notes } = table;
  const isArchive = /_(train|test)\.\w+$/i.test(fileName);
  const lying = decided.series === 'rows' ? decidedRows(table, isArchive, decided) : lyingOf(table, isArchive, decided);
  if (lying === null) return null;
  const { samples } = lying;
  if (decided.series === 'rows' || isSeries(table, lying, isArchive)) return seriesOf(table, lying);
  const counted = !table.named || areCounted(columns, samples);
  const isWide = counted && lying.label === null && samples.length > widestUpright && samples.length > rows;
  if (!isWide || table.named) return null;
  const channels = Array.from({ length: rows }, (_, row) => ({
    name: lying.name === null ? null : (wordAt(entry(columns, lying.name), row)?.trim().slice(0, 200) ?? null),
    unit: null,
    values: rowOf(columns, samples, row),
  }));
  const note = `its ${rows} rows of ${columns.length} columns were read as ${rows} channel${rows === 1 ? '' : 's'}, one in each row`;
  const reading = readingOfRows(table, lying, {});
  return [{ channels, rate: table.stated?.rate ?? null, label: null, name: null, notes: [note, ...notes], reading }];
}

/** Every column of numbers is a sample but for the label and what numbers the rows. */
function decidedRows(table: Table, isArchive: boolean, decided: Decisions): Lying {
  if (decided.clock != null || decided.clockUnit !== undefined) {
    const what = shownDecision(decided.clock == null ? 'clockUnit' : 'clock', decided);
    throw new RefusedDecision(`${what}, but each of its rows is a series of its own`);
  }
  const found = sidesOf(table, isArchive || table.rows === 1, decided);
  if (found === null || found.samples.length === 0)
    throw new RefusedDecision('its rows as series, but they hold no numbers');
  return found;
}

function readingOfRows(table: Table, { samples, label }: Lying, found: Decisions): TableReading {
  const isSample = new Set(samples);
  return readingOf(table, found, (at) => (isSample.has(at) ? 'series' : at === label ? 'label' : 'leftOut'));
}

function lyingOf(table: Table, isArchive: boolean, decided: Decisions): Lying | null {
  const { columns, named, rows } = table;
  const isSample = ({ kind }: TableColumn) => kind === 'number';
  const run = countedRun(columns);
  const first = run?.[0] ?? columns.findIndex(isSample);
  const last = run?.at(-1) ?? columns.findLastIndex(isSample);
  if (columns.some(({ kind }, at) => kind === 'moment' || (kind === 'text' && at > first && at < last))) return null;
  const samples = columns.flatMap((column, at) => (isSample(column) ? [at] : []));
  if (samples.length < fewestSamples) return null;
  if (
    named &&
    samples.some((at) => clockName(entry(columns, at).name ?? '', entry(columns, at).unit) !== null && at === first)
  ) {
    if (!areCounted(columns, samples.slice(1))) return null;
  }
  const lying = sidesOf(table, isArchive || rows === 1, decided);
  return lying === null || lying.samples.length < fewestSamples ? null : lying;
}

/** The columns beside the samples: label and name of a row. @param mayBeOne whether all labels may be the same */
function sidesOf(table: Table, mayBeOne: boolean, { label: choice }: Decisions): Lying | null {
  const { columns, named } = table;
  const numbers = columns.flatMap(({ kind }, at) => (kind === 'number' ? [at] : []));
  const run = countedRun(columns);
  const isInRun = new Set(run);
  const texts = columns.flatMap(({ kind }, at) => (kind === 'text' ? [at] : []));
  const sides =
    run === null
      ? [...new Set([numbers[0], numbers.at(-1)])].filter((at) => at !== undefined)
      : numbers.filter((at) => !isInRun.has(at));
  const numeric = sides.filter((at) => mayLabel(entry(columns, at), named, mayBeOne));
  const [byText] = texts.filter((at) => repeats(entry(columns, at)) || isClassName(entry(columns, at).name ?? ''));
  const isId = (at: number) => /^(.*[^a-z])?(id|index|idx|no|nr|unnamed: ?\d+)$/i.test(entry(columns, at).name ?? '-');
  const called = [...numeric, ...texts].find((at) => isClassName(entry(columns, at).name ?? ''));
  const byName =
    run === null ? undefined : (called ?? numeric.find((at) => entry(columns, at).name !== null && !isId(at)));
  const found = byName ?? byText ?? fewest(numeric, columns) ?? null;
  const label = choice === undefined ? found : choice === null ? null : decidedColumn(table, choice, 'label column');
  const ids = sides.filter((at) => at !== label && named && isId(at));
  const samples = (run ?? numbers).filter((at) => at !== label && !ids.includes(at));
  const name = texts.find((at) => at !== label) ?? ids[0] ?? null;
  return samples.length === 0 ? null : { samples, label, name };
}

/** Columns of numbers whose names are counted, beside a few others of which some stand in front of text: ids and labels. */
function countedRun(columns: readonly TableColumn[]): readonly number[] | null {
  const numbers = columns.flatMap(({ kind }, at) => (kind === 'number' ? [at] : []));
  const text = columns.findIndex(({ kind }) => kind === 'text');
  const isCounted = (at: number) => /\d$/.test(entry(columns, at).name ?? '');
  const sides = numbers.filter((at) => !isCounted(at));
  const run = numbers.filter(isCounted);
  const isMixed = sides.length > 0 && sides.length <= 8 && text > entry(numbers, 0);
  return isMixed && run.length >= fewestSamples && areCounted(columns, run) ? run : null;
}

function mayLabel({ values, name }: TableColumn, named: boolean, mayBeOne: boolean): boolean {
  const { whole, missing, largest, values: different } = stretchesOf(values, mostLabel);
  if (!whole || missing > 0 || largest >= mostLabel || (different.length < 2 && !mayBeOne)) return false;
  return !named || name === null ? different.length > 0 : isLabelName(name) || /^y$/i.test(name);
}

function repeats({ values, words }: TableColumn): boolean {
  return words.length > 0 && words.length < Math.max(2, values.length * 0.7);
}

/** Of columns that may be labels the one with the fewest, but at least two, different values. */
function fewest(places: readonly number[], columns: readonly TableColumn[]): number | undefined {
  const counts = places.map((at) => ({ at, count: stretchesOf(entry(columns, at).values, mostLabel).values.length }));
  const several = counts.filter(({ count }) => count > 1);
  return (several.length > 0 ? several : counts).reduce<(typeof counts)[number] | undefined>(
    (best, one) => (best === undefined || one.count < best.count ? one : best),
    undefined,
  )?.at;
}

/** Whether names are only counted: t0, t1, t2 ...; 0, 1, 2 ...; V2, V3 ... */
function areCounted(columns: readonly TableColumn[], places: readonly number[]): boolean {
  let before: { readonly stem: string; readonly number: number } | null = null;
  for (const at of places) {
    const parts = /^(.*?)(\d+)$/.exec(entry(columns, at).name ?? '');
    if (parts === null) return false;
    const [stem, number] = [parts[1] ?? '', Number(parts[2])];
    if (before !== null && (stem !== before.stem || number !== before.number + 1)) return false;
    before = { stem, number };
  }
  return places.length > 0;
}

function isSeries(table: Table, { samples, label, name }: Lying, isArchive: boolean): boolean {
  const { columns, rows, named } = table;
  const labels = label === null ? null : entry(columns, label);
  if (isArchive && labels !== null) return true;
  if (named && !areCounted(columns, samples)) return false;
  const first = entry(columns, entry(samples, 0));
  if (first.exact !== null && runsEvenly(first.exact)) return false;
  const along = timeAlongRows(columns, samples, rows);
  if (labels === null) {
    // Names of rows are names of channels, unless the columns are counted samples.
    if (name !== null && !named) return false;
    return along > 2 && (rows > widestUpright || rows >= samples.length || (named && rows > 2));
  }
  if (labels.kind === 'text') return along > 1 || (named && along > 1 / 3);
  if (labels.exact !== null && !named && runsEvenly(labels.exact) && !stretchesOf(labels.values, 1).whole) return false;
  const different = stretchesOf(labels.values, mostLabel).values.length;
  if (rows === 1) return along > 1;
  if (different === 1) return along > 1 && rows > 2 && samples.length >= rows;
  const counts = labels.values.every((value, row) => row === 0 || value === labels.values[row - 1]! + 1);
  if (counts) return along > 2;
  return along > 1 || (along > 1 / 3 && different < rows && samples.length >= fewestSamples && different * 3 < rows);
}

/**
 * How much smoother samples are along rows than along columns: the mean absolute difference of neighbours in a column
 * over that of neighbours in a row. Infinite where rows are smooth in themselves, since series of one shape (spectra)
 * differ less from each other than along themselves; 1 where there is only one row.
 */
function timeAlongRows(columns: readonly TableColumn[], samples: readonly number[], rows: number): number {
  let [along, alongCount, across, acrossCount, spread] = [0, 0, 0, 0, 0];
  const some = Math.min(rows, 100);
  for (let row = 0; row < some; row++) {
    const values = rowOf(columns, samples, row);
    const mean = meanOf(values);
    for (let i = 0; i < values.length; i++) {
      const value = values[i]!;
      const right = Math.abs(value - (values[i + 1] ?? NaN));
      if (right >= 0) {
        along += right;
        alongCount++;
        spread += Math.abs(value - mean);
      }
      const down = Math.abs(value - (entry(columns, entry(samples, i)).values[row + 1] ?? NaN));
      if (down >= 0) {
        across += down;
        acrossCount++;
      }
    }
  }
  if (along < spread / 10) return Infinity;
  return acrossCount === 0 || along === 0 ? 1 : across / acrossCount / (along / alongCount);
}

function meanOf(values: Float32Array): number {
  const known = values.filter(Number.isFinite);
  return known.reduce((sum, value) => sum + value, 0) / known.length;
}

function rowOf(columns: readonly TableColumn[], places: readonly number[], row: number): Float32Array {
  return Float32Array.from(places, (at) => entry(columns, at).values[row]!);
}

function seriesOf(table: Table, lying: Lying): Sequence[] {
  const { columns, rows, stated, notes } = table;
  const { samples, label, name } = lying;
  const found = {
    clock: null,
    label: label === null ? null : (choiceOf(table, label) ?? undefined),
    series: 'rows',
  } as const;
  const reading = readingOfRows(table, lying, found);
  return Array.from({ length: rows }, (_, row) => {
    const values = rowOf(columns, samples, row);
    return {
      channels: [{ name: null, unit: null, values: values.slice(0, 1 + values.findLastIndex(Number.isFinite)) }],
      rate: stated?.rate ?? null,
      label: label === null ? null : wordAt(entry(columns, label), row),
      name: name === null ? null : wordAt(entry(columns, name), row),
      notes: [`each of its ${rows} rows was read as a series of its own`, ...notes],
      reading,
    };
  }).filter(({ channels }) => channels.every(({ values }) => values.length > 0));
}

function wordAt({ kind, values, words }: TableColumn, row: number): string | null {
  const value = values[row]!;
  if (Number.isNaN(value)) return null;
  return kind === 'text' ? (words[value] ?? null) : String(value);
}

import { UnreadableError, type ReadOptions } from '../../reader';
import { SampleBudget } from '../../sampleBudget';
import type { Sequence } from '../../sequence';
import { isDecidedClock } from '../../table/decided';
import { ColumnBuilder, type Cell } from '../columns/column';
import { sequencesOfColumns } from '../columns/sequences';
import { listed, plainText } from '../pcm/text';
import { isNumbers, type Json, type JsonObject } from './table';

const rateNames = /^(?:fs|sr|sfreq|srate|rate|sampl(?:ing|e)_?(?:rate|freq|frequency)(?:_?hz)?)$/i;
const labelNames = /^(?:label|class|target|y|activity|category)$/i;
const nameNames = /^(?:name|id|title|recording)$/i;

/**
 * A recording as an object: its lists of numbers are the channels (or the clock), or rows of channels; numbers and texts
 * beside them may give the sampling rate, the label and the name.
 * @throws UnreadableError if no list can be read
 */
export function sequencesOfObject(object: JsonObject, options: ReadOptions): readonly Sequence[] {
  const entries = Object.entries(object);
  const lists = entries.flatMap(([name, value]) => listsIn(name, value));
  const steps = usualLength(lists);
  if (steps === 0) throw new UnreadableError('it holds no list of numbers');
  const columns = lists.filter(({ values }) => values.length === steps);
  const others = lists.filter(({ values }) => values.length !== steps);
  new SampleBudget(options.maximumSamples).take(steps * columns.length, columns.length);
  const built = columns.map(({ name, values }, i) => {
    const shown = plainText(name) || null;
    const isClock = isDecidedClock(options.decisions, shown, i + 1);
    const builder = new ColumnBuilder(shown, null, isClock || i === 0);
    for (const value of values) builder.add(value);
    return builder.column();
  });
  const find = (names: RegExp) => entries.find(([key]) => names.test(key))?.[1];
  const [rate, label, name] = [find(rateNames), find(labelNames), find(nameNames)];
  return sequencesOfColumns(built, options).map((sequence) => ({
    ...sequence,
    rate: sequence.rate ?? (typeof rate === 'number' && rate > 0 ? rate : null),
    label: options.decisions?.label === undefined ? (textOf(label) ?? sequence.label) : sequence.label,
    ...(textOf(label) === null ? {} : withoutLabel(sequence)),
    name: textOf(name) ?? sequence.name,
    notes:
      others.length === 0
        ? sequence.notes
        : [...sequence.notes, `lists of other lengths left out: ${listed(others.map((other) => other.name))}`],
  }));
}

/** The label stands beside the lists, and is in none of them. */
function withoutLabel({ reading }: Sequence): Pick<Sequence, 'reading'> {
  if (reading === undefined) return {};
  return { reading: { ...reading, found: { ...reading.found, label: undefined } } };
}

function textOf(value: Json | undefined): string | null {
  return typeof value === 'string' || typeof value === 'number' ? plainText(String(value)) || null : null;
}

interface List {
  readonly name: string;
  readonly values: readonly Cell[];
}

/** The lists of a field: itself, or the rows or columns of a matrix, whichever are longer. */
function listsIn(name: string, value: Json): List[] {
  if (isNumbers(value)) return [{ name, values: value }];
  const channels = channelsOf(value);
  if (channels === null) return datesIn(name, value);
  return channels.map((values, i) => ({ name: `${name}[${i}]`, values }));
}

/** A list of texts may be the times of the samples. */
function datesIn(name: string, value: Json): List[] {
  if (!Array.isArray(value)) return [];
  const texts = value as readonly Json[];
  return texts.length > 1 && texts.every((text): text is string => typeof text === 'string')
    ? [{ name, values: texts }]
    : [];
}

/** The channels of a matrix of numbers, of which the longer axis is time; `null` for anything else. */
export function channelsOf(value: Json): readonly (readonly Cell[])[] | null {
  if (!Array.isArray(value)) return null;
  const rows = value as readonly Json[];
  const [first] = rows;
  const width = Array.isArray(first) ? first.length : 0;
  if (
    width === 0 ||
    !rows.every((row): row is readonly Cell[] & readonly Json[] => isNumbers(row) && row.length === width)
  ) {
    return null;
  }
  if (width > rows.length) return rows;
  return Array.from({ length: width }, (_, column) => rows.map((row) => row[column]));
}

function usualLength(lists: readonly List[]): number {
  const counts = new Map<number, number>();
  for (const { values } of lists) counts.set(values.length, (counts.get(values.length) ?? 0) + 1);
  let usual = 0;
  for (const [length, count] of counts) {
    const before = counts.get(usual) ?? 0;
    if (count > before || (count === before && length > usual)) usual = length;
  }
  return usual;
}

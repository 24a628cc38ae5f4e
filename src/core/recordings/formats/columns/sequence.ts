import { planClock } from '../../clock/clock';
import { UnreadableError, type ReadOptions } from '../../reader';
import { SampleBudget } from '../../sampleBudget';
import type { Channel, Sequence } from '../../sequence';
import { chooseClock } from '../delimited/clock';
import { listed } from '../pcm/text';
import type { Column } from './column';

/**
 * Makes a sequence of the columns of a table: numbers are channels, a clock gives the rate, a text that never changes is
 * the label, other text is left out.
 * @throws UnreadableError if no channel is left.
 */
export function sequenceOfColumns(table: readonly Column[], options: ReadOptions): Sequence {
  const columns = withDatesFirst(table);
  const named = columns.map(({ name, unit }) => ({ name, unit }));
  const stamps = columns.flatMap(({ stamps, dates }, column) => (stamps === null ? [] : [{ column, stamps, dates }]));
  const clock = chooseClock(named, columns, stamps);
  const others = columns.filter((_, i) => !clock.columns.has(i));
  const kept = others.filter(isNumeric);
  if (kept.length === 0) {
    throw new UnreadableError(`it has no numeric column${clock.columns.size > 0 ? ' beside its clock' : ''}`);
  }
  new SampleBudget(options.maximumSamples).take(0, kept.length);
  const plan =
    clock.stamps === null ? null : planClock(clock.stamps, clock.secondsPerUnit, options.maximumSamples / kept.length);
  const channels = kept.map(({ name, unit, values }): Channel => ({
    name,
    unit,
    values: plan === null ? values : plan.apply(values),
  }));
  const constants = others.filter(({ constant }) => constant !== null);
  const label = constants.length === 1 ? constants[0]! : null;
  return {
    channels,
    rate: plan?.rate ?? null,
    label: label?.constant ?? null,
    name: null,
    notes: [...notesOn(others.filter((column) => column !== label)), ...clock.notes, ...(plan?.notes ?? [])],
  };
}

/** A column of dates is a clock wherever it stands, as a first column is. */
function withDatesFirst(columns: readonly Column[]): readonly Column[] {
  const dated = columns.find(holdsDates);
  return dated === undefined ? columns : [dated, ...columns.filter((column) => column !== dated)];
}

function holdsDates({ dates, values }: Column): boolean {
  return dates * 2 > values.length;
}

function isNumeric(column: Column): boolean {
  return column.numbers > 0 && column.texts < column.numbers && !holdsDates(column);
}

function notesOn(columns: readonly Column[]): string[] {
  const list = (test: (column: Column) => boolean) => {
    const names = columns.flatMap((column, i) => (test(column) ? [column.name ?? `column ${i + 1}`] : []));
    return names.length === 0 ? null : listed(names, 8);
  };
  const texts = list((column) => column.texts > 0 && !isNumeric(column) && !holdsDates(column));
  const dates = list(holdsDates);
  const empty = list((column) => column.numbers + column.texts === 0);
  const mixed = list((column) => column.texts > 0 && isNumeric(column));
  const infinite = list((column) => column.infinite > 0);
  return [
    ...(texts === null ? [] : [`text left out: ${texts}`]),
    ...(dates === null ? [] : [`dates left out: ${dates}`]),
    ...(empty === null ? [] : [`empty columns left out: ${empty}`]),
    ...(mixed === null ? [] : [`cells that are not numbers read as missing in ${mixed}`]),
    ...(infinite === null ? [] : [`infinite values read as missing in ${infinite}`]),
  ];
}

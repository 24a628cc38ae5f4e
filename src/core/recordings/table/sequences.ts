import { entry } from '../entry';
import { UnreadableError, type ReadOptions } from '../reader';
import { clockUnits, type Decisions } from '../reading/decisions';
import { namingDecisions, RefusedDecision, shownDecision } from '../reading/refused';
import type { ColumnRole } from '../reading/tableReading';
import type { Channel, Sequence } from '../sequence';
import { planClock, type Clock } from '../clock/clock';
import { secondsPer } from '../clock/names';
import { unitDoubt, withDoubts } from '../reading/doubts';
import { SampleBudget } from '../sampleBudget';
import { chooseClock, type ClockChoice } from './clockChoice';
import { listed, quoted, shownName, type Table, type TableColumn } from './column';
import { channelChoice, choiceOf } from './decided';
import { labelDoubts } from './labelDoubts';
import { labelMarks } from './labelMarks';
import { labelsOf, type Labels } from './labels';
import { leaveOutsOf, type LeaveOuts } from './leaveOuts';
import { widened } from './long';
import { partsOf } from './parts';
import { readingOf } from './reading';
import { rateOf } from './rate';
import { readRows } from './rows';
import { refuseOthers } from './refusals';
import { dropSentinels } from './sentinels';

/**
 * Makes sequences of the columns of a table, whatever they were read from: finds its layout (a time step, a series or a
 * channel in each row, or one value of one signal), its clock and labels, leaves out what is no signal, and brings the
 * channels onto a regular grid. What a user decided goes before what is found.
 * @throws UnreadableError if no channel is left, or the table is no recording.
 */
export function sequencesOf(table: Table, options: ReadOptions): Sequence[] {
  const { decisions = {} } = options;
  return namingDecisions(decisions, decidable, () => decidedSequences(table, decisions, options));
}

const decidable = ['clock', 'clockUnit', 'label', 'series', 'channels'] as const;

function decidedSequences(table: Table, decided: Decisions, options: ReadOptions): Sequence[] {
  const lying = readRows(table, decided);
  if (lying !== null) {
    const budget = new SampleBudget(options.maximumSamples);
    for (const { channels } of lying) budget.take(0, channels.length);
    return lying.map((series) => withDoubts(series, table.doubts ?? [], options.decisions));
  }
  const clock = chooseClock(table, decided);
  refuseOthers(table, clock.stamps !== null);
  const wide = decided.series === 'columns' ? null : widened(table, clock.stamps, clock.columns);
  if (wide !== null) return wide.map((one) => longSequence(table, one, clock, decided, options));
  const parts = partsOf(table, clock);
  if (parts === null) return [upright(table, clock, decided, options)];
  return parts.map((part) => ({
    ...upright(part.table, chooseClock(part.table, decided, true), decided, options),
    name: part.name,
  }));
}

/** One of the tables that a table in long form was made into, whose channels are no columns of the file. */
function longSequence(
  table: Table,
  one: Table,
  clock: ClockChoice,
  decided: Decisions,
  options: ReadOptions,
): Sequence {
  if (decided.label != null) {
    throw new RefusedDecision(`${shownDecision('label', decided)}, but its rows hold one value of one signal each`);
  }
  const sequence = upright(one, chooseClock(one, decided, true), { ...decided, channels: undefined }, options);
  const found = { ...sequence.reading?.found, label: undefined, series: undefined };
  const values = new Set(one.columns.map(({ number }) => number));
  const roleOf = (at: number): ColumnRole =>
    clock.columns.has(at)
      ? at === clock.clock
        ? 'clock'
        : 'leftOut'
      : values.has(entry(table.columns, at).number)
        ? 'channel'
        : 'leftOut';
  return { ...sequence, reading: readingOf(table, found, roleOf) };
}

/** Reads a table with a time step in each row and a signal in each column. */
function upright(table: Table, clock: ClockChoice, decided: Decisions, options: ReadOptions): Sequence {
  const { columns, stated } = table;
  const labels = labelsOf(table, clock.columns, decided);
  const leaveOuts = leaveOutsOf(columns, new Set([...clock.columns, ...labels.columns]));
  const found = channelsOf(table, clock, labels, leaveOuts);
  const { kept, names, notes } =
    decided.channels === undefined ? found : chosenChannels(table, found.kept, labels, decided.channels);
  if (kept.length === 0) {
    throw new UnreadableError(`it has no numeric column${clock.columns.size > 0 ? ' beside its clock' : ''}`);
  }
  refuseCounts(table, clock, kept, leaveOuts, decided);
  new SampleBudget(options.maximumSamples).take(0, kept.length);
  const limit = options.maximumSamples / kept.length;
  const plan = clock.stamps === null ? withoutClock : planClock(clock.stamps, clock.secondsPerUnit, limit);
  const sentinels = kept.map((at) => dropSentinels(entry(columns, at).values));
  const channels = kept.map((at, i): Channel => {
    const column = entry(columns, at);
    return { name: names[i] ?? null, unit: column.unit, values: plan.apply(samplesOf(column)) };
  });
  const resampled = channels.some(({ values }) => values.length !== table.rows);
  const { rate, note, doubts } = rateOf(plan.rate, clock.secondsPerUnit, stated, resampled);
  const isKept = new Set(kept);
  const sequence = {
    channels,
    rate,
    label: labels.label,
    name: null,
    ...(options.decisions?.segments === true ? { marks: labelMarks(columns, labels, plan) } : {}),
    notes: [
      ...table.notes,
      ...notes,
      ...sentinelNotes(table, kept, sentinels),
      ...clock.notes,
      ...plan.notes,
      ...(note === null ? [] : [note]),
    ],
    reading: readingOf(
      table,
      foundIn(table, clock, labels, plan, rate),
      (at) => roleOf(at, clock, labels, isKept),
      decided.channels !== undefined,
    ),
  };
  const unit = plan.guess === null || stated !== null ? [] : [unitDoubt(clock.shown, plan.guess)];
  const all = [...(table.doubts ?? []), ...clock.doubts, ...unit, ...doubts, ...labelDoubts(columns, kept)];
  return withDoubts(sequence, all, options.decisions);
}

/** @throws UnreadableError for rows of words that are only numbered */
function refuseCounts(
  { columns }: Table,
  clock: ClockChoice,
  kept: readonly number[],
  leaveOuts: LeaveOuts,
  decided: Decisions,
): void {
  const texts = columns.filter(({ kind }) => kind === 'text');
  if (decided.channels !== undefined || clock.stamps !== null || texts.length === 0) return;
  if (!kept.every((at) => leaveOuts.columns.has(at))) return;
  const shown = texts
    .flatMap(({ words }) => words.slice(0, 3))
    .slice(0, 3)
    .map(quoted);
  throw new UnreadableError(`its rows are words (such as ${shown.join(', ')}) that are only numbered, not samples`);
}

const withoutClock: Clock = { rate: null, secondsPerUnit: null, notes: [], guess: null, apply: (values) => values };

/** Moments are samples too where a user says so, in seconds: dates since the first of them, which single precision can hold. */
function samplesOf({ values, exact, moment }: TableColumn): Float32Array {
  if (moment === null || moment.kind === 'time' || exact === null) return values;
  const start = exact.find((stamp) => !Number.isNaN(stamp)) ?? 0;
  return Float32Array.from(exact, (stamp) => stamp - start);
}

function roleOf(at: number, clock: ClockChoice, labels: Labels, kept: ReadonlySet<number>): ColumnRole {
  if (kept.has(at)) return 'channel';
  if (at === labels.column) return 'label';
  if (at === clock.clock) return 'clock';
  return labels.columns.has(at) ? 'label' : 'leftOut';
}

/** What was found, as decisions that lead to the same sequence. */
function foundIn(table: Table, clock: ClockChoice, labels: Labels, plan: Clock, rate: number | null): Decisions {
  const at = clock.clock;
  const choice = at === null ? null : choiceOf(table, at);
  const counts = clock.isCount && plan.rate !== null && rate === plan.rate;
  const unit = counts ? clockUnits.find((name) => secondsPer(name) === plan.secondsPerUnit) : undefined;
  const label = labels.column === null ? null : choiceOf(table, labels.column);
  return {
    clock: choice,
    ...(unit === undefined ? {} : { clockUnit: unit }),
    // Labels that change are left out, which no decision says.
    ...(label === null && labels.columns.size > 0 ? {} : { label }),
    series: 'columns',
  };
}

/** The channels that a user chose, of all columns: those that were left out keep their names, but for doubles. */
function chosenChannels(
  table: Table,
  found: readonly number[],
  labels: Labels,
  choices: NonNullable<Decisions['channels']>,
): ReturnType<typeof channelsOf> {
  const all = [...new Set([...found, ...table.columns.keys()])];
  const names = distinctNames(all.map((at) => entry(table.columns, at).name));
  const nameOf = new Map(all.map((at, i) => [at, names[i] ?? null]));
  const kept = choices.map((choice) => channelChoice(table, nameOf, choice));
  return { kept, names: kept.map((at) => nameOf.get(at) ?? null), notes: [...oddNotes(table, kept), ...labels.notes] };
}

/** Which columns are channels, and notes on all others. Labels and counters are channels where nothing else is. */
function channelsOf(
  table: Table,
  clock: ClockChoice,
  labels: Labels,
  leaveOuts: LeaveOuts,
): { readonly kept: readonly number[]; readonly names: readonly (string | null)[]; readonly notes: string[] } {
  const { columns } = table;
  const numeric = [...columns.keys()].filter((at) => !clock.columns.has(at) && isNumeric(entry(columns, at)));
  const signals = numeric.filter((at) => !labels.columns.has(at) && !leaveOuts.columns.has(at));
  const flags = numeric.filter((at) => !labels.columns.has(at));
  const isOnly = signals.length === 0;
  const kept = !isOnly ? signals : clock.stamps === null ? flags : numeric;
  const others = [...columns.keys()].filter((at) => !clock.columns.has(at) && !labels.columns.has(at));
  const texts = others.filter((at) => entry(columns, at).kind === 'text');
  return {
    kept,
    names: distinctNames(kept.map((at) => entry(columns, at).name)),
    notes: [
      ...(texts.length > 0 ? [`text left out: ${listed(columns, texts)}`] : []),
      ...oddNotes(table, kept),
      ...labels.notes,
      ...(isOnly ? [] : leaveOuts.notes),
    ],
  };
}

function oddNotes({ columns }: Table, kept: readonly number[]): string[] {
  const mixed = kept.filter((at) => entry(columns, at).odd > 0);
  const infinite = kept.filter((at) => entry(columns, at).infinite > 0);
  return [
    ...(mixed.length > 0 ? [`cells that are not numbers read as missing in ${listed(columns, mixed)}`] : []),
    ...(infinite.length > 0 ? [`infinite values read as missing in ${listed(columns, infinite)}`] : []),
  ];
}

function isNumeric({ kind, values }: TableColumn): boolean {
  return kind === 'number' && values.some((value) => !Number.isNaN(value));
}

/** Names as they are, and numbered from the second of equal ones on. */
function distinctNames(names: readonly (string | null)[]): (string | null)[] {
  const taken = new Set<string>(names.filter((name) => name !== null));
  const numbers = new Map<string, number>();
  return names.map((name) => {
    if (name === null) return null;
    let number = (numbers.get(name) ?? 0) + 1;
    while (number > 1 && taken.has(`${name} ${number}`)) number++;
    numbers.set(name, number);
    return number === 1 ? name : `${name} ${number}`;
  });
}

function sentinelNotes(
  { columns }: Table,
  kept: readonly number[],
  sentinels: readonly { readonly numbers: readonly number[]; readonly count: number }[],
): string[] {
  return sentinels.flatMap(({ numbers, count }, i) => {
    const at = entry(kept, i);
    if (count === 0) return [];
    return [`${count} times ${numbers.join(', ')} in ${shownName(entry(columns, at), at)} read as missing`];
  });
}

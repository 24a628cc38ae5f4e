import { UnreadableError, type ReadOptions } from '../../reader';
import type { Sequence } from '../../sequence';
import { readArray } from '../npy/array';
import * as npz from '../npz/members';
import { checkPromise } from '../pcm/limits';
import { quoted } from '../pcm/text';
import { clocksOf, withClock } from './clock';
import { joined, type VectorTable } from './groups';
import { groupOf } from './names';
import { unpack } from './packing';
import { readTable } from './table';

/**
 * Reads the arrays of a container as sequences; see `planOf` for what each array is.
 *
 * @param noArrays what else the container holds, and why it is left out
 * @param join whether vectors of one length in one group are the channels of one sequence
 * @throws UnreadableError when no array can be read
 */
export async function readArrays(
  arrays: readonly npz.ArrayMember[],
  noArrays: readonly npz.LeftOut[],
  options: ReadOptions,
  join = false,
): Promise<readonly Sequence[]> {
  const plan = npz.planOf(arrays, options);
  const leftOut = [...noArrays, ...plan.leftOut];
  if (plan.data.length > 0) checkPlan(plan, options);
  const rates = await readRates(plan.rates, leftOut);
  const sequences: Sequence[] = [];
  const clocks = join ? clocksOf(plan.data) : new Map<npz.DataMember, npz.DataMember>();
  const isClock = new Set(clocks.values());
  const data = plan.data.filter((member) => !isClock.has(member));
  for (const entry of join ? joined(data) : data) {
    try {
      const clock = 'vectors' in entry ? undefined : clocks.get(entry);
      const read =
        'vectors' in entry ? await readVectors(entry, rates, options) : await readData(entry, rates, options);
      for (const sequence of read) {
        sequences.push(clock === undefined ? sequence : await withClock(sequence, clock, options));
      }
    } catch (error) {
      leftOut.push({ name: entry.name, reason: npz.reasonOf(error) });
    }
  }
  const notes = notesOn(leftOut);
  if (sequences.length === 0) throw new UnreadableError(['it holds no array that can be read', ...notes].join('; '));
  return notes.length === 0 ? sequences : withNotes(sequences, notes);
}

/** The arrays are read one after the other, but kept all together: so their sum is what counts. */
function checkPlan({ data }: npz.Plan, options: ReadOptions): void {
  const sum = (count: (member: npz.DataMember) => number) => data.reduce((all, member) => all + count(member), 0);
  const bytes = sum(({ member }) => member.size);
  if (bytes > options.maximumBytes) {
    throw new UnreadableError(`it unpacks to ${bytes} bytes, more than the limit of ${options.maximumBytes}`);
  }
  const channels = sum(({ arrangement }) => arrangement.sequences * arrangement.channels);
  checkPromise(
    sum(({ header }) => header.elements),
    channels,
    options,
  );
}

/** Sampling rates in Hz by the group that gives them. */
type Rates = ReadonlyMap<string, number>;

async function readRates(arrays: readonly npz.ArrayMember[], leftOut: npz.LeftOut[]): Promise<Rates> {
  const rates = new Map<string, number>();
  for (const array of arrays) {
    try {
      const [rate = NaN] = await npz.readNumbers(array);
      if (rate > 0 && Number.isFinite(rate)) rates.set(groupOf(array.name), rates.get(groupOf(array.name)) ?? rate);
      else leftOut.push({ name: array.name, reason: `${rate} is no sampling rate` });
    } catch (error) {
      leftOut.push({ name: array.name, reason: npz.reasonOf(error) });
    }
  }
  return rates;
}

/** The rate of the innermost group around `name` that gives one; the only one of a file holds for all of it. */
function rateFor(name: string, rates: Rates): number | null {
  for (let group = groupOf(name); ; group = groupOf(group)) {
    const rate = rates.get(group);
    if (rate !== undefined) return rate;
    if (group === '') return rates.size === 1 ? ([...rates.values()][0] ?? null) : null;
  }
}

async function readData(data: npz.DataMember, rates: Rates, options: ReadOptions): Promise<Sequence[]> {
  const labels = data.labels === null ? null : await npz.readLabels(data.labels);
  const sequences = await readArray(data.header, data.arrangement, npz.elementPieces(data), options);
  const { told } = data;
  for (const { channels } of sequences) for (const { values } of channels) unpack(values, told?.packing);
  return sequences.map((sequence, i) => ({
    ...sequence,
    channels: sequence.channels.map(({ values }, c) => ({
      name: told?.channels?.[c] ?? null,
      unit: told?.unit ?? null,
      values,
    })),
    rate: told?.rate ?? rateFor(data.name, rates),
    label: labels?.[i] ?? told?.label ?? null,
    name: data.arrangement.axes[0] === 'sequence' ? `${data.name}[${i}]` : data.name,
  }));
}

async function readVectors(table: VectorTable, rates: Rates, options: ReadOptions): Promise<Sequence[]> {
  const sequence = await readTable(table, options);
  return [{ ...sequence, rate: sequence.rate ?? rateFor(`${table.name}/`, rates) }];
}

const mostNamed = 8;

function notesOn(leftOut: readonly npz.LeftOut[]): string[] {
  const notes = leftOut
    .slice(0, mostNamed)
    .map(({ name, reason }) => `${quoted(name)} was left out, because ${reason}`);
  if (leftOut.length > mostNamed) notes.push(`${leftOut.length - mostNamed} more members were left out`);
  return notes;
}

/** Sequences that share their notes go on sharing them: there may be very many. */
function withNotes(sequences: readonly Sequence[], notes: readonly string[]): Sequence[] {
  const joined = new Map<readonly string[], readonly string[]>();
  return sequences.map((sequence) => {
    const own = joined.get(sequence.notes) ?? [...sequence.notes, ...notes];
    joined.set(sequence.notes, own);
    return { ...sequence, notes: own };
  });
}

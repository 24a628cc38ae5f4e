import { UnreadableError, type ReadOptions } from '../../reader';
import type { Sequence } from '../../sequence';
import type { LeftOut } from '../npz/members';
import { planOf, type DataMember, type Plan } from '../npz/plan';
import { checkPromise } from '../pcm/limits';
import { quoted } from '../pcm/text';
import { readGroup } from './group';
import type { ArrayGroup } from './groups';
import { groupOf } from './names';

/**
 * Reads arrays as sequences, each group as if it were an `.npz` file; see `planOf` for what each array is.
 *
 * @param noArrays what else the file holds, and why it is left out
 * @param join whether vectors of one length in one group are the channels of one sequence
 * @throws UnreadableError when no array can be read
 */
export async function readArrays(
  groups: readonly ArrayGroup[],
  noArrays: readonly LeftOut[],
  options: ReadOptions,
  join = false,
): Promise<readonly Sequence[]> {
  const plans = groups.map(({ prefix, arrays }) => ({ prefix, plan: planOf(arrays, options) }));
  checkPlans(
    plans.map(({ plan }) => plan),
    options,
  );
  const leftOut = [...noArrays];
  const rates = new Map<string, number>();
  const read: { readonly prefix: string; readonly sequence: Sequence }[] = [];
  for (const { prefix, plan } of plans) {
    const group = await readGroup(plan, options, join);
    if (group.rate !== null) rates.set(groupOf(prefix), group.rate);
    for (const sequence of group.sequences) read.push({ prefix, sequence });
    for (const { name, reason } of group.leftOut) leftOut.push({ name: prefix + name, reason });
  }
  const notes = notesOn(leftOut);
  if (read.length === 0) throw new UnreadableError(['it holds no array that can be read', ...notes].join('; '));
  const sequences = read.map(({ prefix, sequence }) => ({
    ...sequence,
    rate: sequence.rate ?? rateFor(prefix, rates),
    name: sequence.name === null ? groupOf(prefix) || null : prefix + sequence.name,
  }));
  return notes.length === 0 ? sequences : withNotes(sequences, notes);
}

/** The arrays are read one after the other, but kept all together: so their sum is what counts. */
function checkPlans(plans: readonly Plan[], options: ReadOptions): void {
  const data = plans.flatMap((plan) => plan.data);
  if (data.length === 0) return;
  const sum = (count: (member: DataMember) => number) => data.reduce((all, member) => all + count(member), 0);
  const bytes = [...data, ...plans.flatMap(({ times }) => times)].reduce((all, { member }) => all + member.size, 0);
  if (bytes > options.maximumBytes) {
    throw new UnreadableError(`it unpacks to ${bytes} bytes, more than the limit of ${options.maximumBytes}`);
  }
  const channels = sum(({ arrangement, header }) => {
    return arrangement.sequences * arrangement.channels * header.element.parts.length;
  });
  const samples = sum(({ header }) => header.elements * header.element.parts.length);
  checkPromise(samples, channels, options);
}

/** The rate in Hz of the innermost group around `prefix` that gives one; the only one of a file holds for all of it. */
function rateFor(prefix: string, rates: ReadonlyMap<string, number>): number | null {
  for (let group = groupOf(prefix); ; group = groupOf(group)) {
    const rate = rates.get(group);
    if (rate !== undefined) return rate;
    if (group === '') return rates.size === 1 ? ([...rates.values()][0] ?? null) : null;
  }
}

const mostNamed = 8;

function notesOn(leftOut: readonly LeftOut[]): string[] {
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

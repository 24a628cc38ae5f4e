import { UnreadableError, type Reader, type ReadOptions } from '../../reader';
import type { Sequence } from '../../sequence';
import type { ByteSource } from '../../source';
import { readArray } from '../npy/array';
import { checkFileSize, checkPromise } from '../pcm/limits';
import { quoted } from '../pcm/text';
import {
  elementPieces,
  openArrays,
  readLabels,
  readNumbers,
  reasonOf,
  type ArrayMember,
  type LeftOut,
} from './members';
import { names, planOf, type DataMember, type Plan } from './plan';
import { clocksOf, timed, type Recording } from './times';
import { withZip, type ZipMember } from './zip';

/** NumPy arrays in a zip file, as `np.savez` and `np.savez_compressed` write them; see `planOf` for what each array is. */
export const npzReader: Reader = {
  format: 'npz',
  version: 2,
  extensions: ['.npz'],
  claims: () => true,
  read,
};

async function read(source: ByteSource, options: ReadOptions): Promise<readonly Sequence[]> {
  options.signal?.throwIfAborted();
  checkFileSize(source, options);
  return withZip(source, options.signal, (members) => readMembers(members, options));
}

async function readMembers(members: readonly ZipMember[], options: ReadOptions): Promise<Sequence[]> {
  const [arrays, noArrays] = await openArrays(members);
  const plan = planOf(arrays, options);
  const leftOut = [...noArrays, ...plan.leftOut];
  if (plan.data.length > 0) checkPlan(plan, options);
  const rate = await readRate(plan.rate, leftOut);
  const clocks = await clocksOf(plan.times, leftOut);
  const texts = await readTexts([...plan.channelNames, ...plan.units], leftOut);
  const recordings: Recording[] = [];
  for (const data of plan.data) {
    try {
      const sequences = await readData(data, options);
      recordings.push({ data, sequences: sequences.map((sequence) => named(sequence, data, plan, texts)) });
    } catch (error) {
      leftOut.push({ name: data.name, reason: reasonOf(error) });
    }
  }
  const sequences = timed(recordings, clocks, options).map((sequence) => ({
    ...sequence,
    rate: sequence.rate ?? rate,
  }));
  const notes = notesOn(leftOut);
  if (sequences.length === 0) throw new UnreadableError(['it holds no array that can be read', ...notes].join('; '));
  return notes.length === 0 ? sequences : withNotes(sequences, notes);
}

/** The arrays are read one after the other, but kept all together: so their sum is what counts. */
function checkPlan({ data, times }: Plan, options: ReadOptions): void {
  const sum = (count: (member: DataMember) => number) => data.reduce((all, member) => all + count(member), 0);
  const bytes = [...data, ...times].reduce((all, { member }) => all + member.size, 0);
  if (bytes > options.maximumBytes) {
    throw new UnreadableError(`it unpacks to ${bytes} bytes, more than the limit of ${options.maximumBytes}`);
  }
  const channels = sum(({ arrangement, header }) => {
    return arrangement.sequences * arrangement.channels * header.element.parts.length;
  });
  const samples = sum(({ header }) => header.elements * header.element.parts.length);
  checkPromise(samples, channels, options);
}

async function readRate(role: Plan['rate'], leftOut: LeftOut[]): Promise<number | null> {
  if (role === null) return null;
  try {
    const [value = NaN] = role.header.element.text === null ? await readNumbers(role) : await readLabels(role);
    const rate = role.rateOf(Number(value ?? NaN));
    if (rate > 0 && Number.isFinite(rate)) return rate;
    const said = typeof value === 'number' ? value : quoted(value ?? '');
    leftOut.push({ name: role.name, reason: `${said} is no sampling rate` });
  } catch (error) {
    leftOut.push({ name: role.name, reason: reasonOf(error) });
  }
  return null;
}

type Texts = ReadonlyMap<ArrayMember, readonly (string | null)[]>;

async function readTexts(arrays: readonly ArrayMember[], leftOut: LeftOut[]): Promise<Texts> {
  const texts = new Map<ArrayMember, readonly (string | null)[]>();
  for (const array of arrays) {
    try {
      texts.set(array, await readLabels(array));
    } catch (error) {
      leftOut.push({ name: array.name, reason: reasonOf(error) });
    }
  }
  return texts;
}

async function readData(data: DataMember, options: ReadOptions): Promise<Sequence[]> {
  const labels = data.labels === null ? null : await readLabels(data.labels);
  const sequences = await readArray(data.header, data.arrangement, elementPieces(data), options);
  const isOne = !data.arrangement.axes.includes('sequence');
  return sequences.map((sequence, i) => ({
    ...sequence,
    label: labels?.[i] ?? null,
    name: isOne ? data.name : `${data.name}[${i}]`,
  }));
}

/** Gives channels the names and units that other arrays hold. */
function named(sequence: Sequence, data: DataMember, plan: Plan, texts: Texts): Sequence {
  const textOf = (arrays: readonly ArrayMember[]) => {
    const array = arrays.find((candidate) => names(candidate, data));
    return array === undefined ? undefined : texts.get(array);
  };
  const [channelNames, units] = [textOf(plan.channelNames), textOf(plan.units)];
  if (channelNames === undefined && units === undefined) return sequence;
  const channels = sequence.channels.map((channel, c) => ({
    ...channel,
    name: channelNames?.[c] ?? channel.name,
    unit: units?.[c] ?? channel.unit,
  }));
  return { ...sequence, channels };
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

import { UnreadableError, type Reader, type ReadOptions } from '../../reader';
import type { Sequence } from '../../sequence';
import type { ByteSource } from '../../source';
import { readArray } from '../npy/array';
import * as npz from './members';
import { withZip, type ZipMember } from './zip';
import { checkFileSize, checkPromise } from '../pcm/limits';
import { quoted } from '../pcm/text';

/** NumPy arrays in a zip file, as `np.savez` and `np.savez_compressed` write them; see `planOf` for what each array is. */
export const npzReader: Reader = {
  format: 'npz',
  version: 1,
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
  const [arrays, noArrays] = await npz.openArrays(members);
  const plan = npz.planOf(arrays, options);
  const leftOut = [...noArrays, ...plan.leftOut];
  if (plan.data.length > 0) checkPlan(plan, options);
  const rate = await readRate(plan.rate, leftOut);
  const sequences: Sequence[] = [];
  for (const data of plan.data) {
    try {
      for (const sequence of await readData(data, rate, options)) sequences.push(sequence);
    } catch (error) {
      leftOut.push({ name: data.name, reason: npz.reasonOf(error) });
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

async function readRate(array: npz.ArrayMember | null, leftOut: npz.LeftOut[]): Promise<number | null> {
  if (array === null) return null;
  try {
    const [rate = NaN] = await npz.readNumbers(array);
    if (rate > 0 && Number.isFinite(rate)) return rate;
    leftOut.push({ name: array.name, reason: `${rate} is no sampling rate` });
  } catch (error) {
    leftOut.push({ name: array.name, reason: npz.reasonOf(error) });
  }
  return null;
}

async function readData(data: npz.DataMember, rate: number | null, options: ReadOptions): Promise<Sequence[]> {
  const labels = data.labels === null ? null : await npz.readLabels(data.labels);
  const sequences = await readArray(data.header, data.arrangement, npz.elementPieces(data), options);
  return sequences.map((sequence, i) => ({
    ...sequence,
    rate,
    label: labels?.[i] ?? null,
    name: data.arrangement.axes[0] === 'sequence' ? `${data.name}[${i}]` : data.name,
  }));
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

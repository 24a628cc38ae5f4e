import { UnreadableError, type ReadOptions } from '../../reader';
import { samplesOf } from '../npy/array';
import { arrange, arrangeAs, manySequences, type Arrangement } from '../npy/arrangement';
import { quoted } from '../pcm/text';
import { reasonOf, type ArrayMember, type LeftOut } from './members';
import { endingOf, isLabelName, mayBeUnits, mayNameChannels, rateRole, timeUnit, type RateRole } from './roles';

/** An array that is read as sequences. */
export interface DataMember extends ArrayMember {
  readonly arrangement: Arrangement;
  /** The array that labels its sequences. */
  readonly labels: ArrayMember | null;
}

/** An array that holds the times of samples. */
export interface TimeMember extends ArrayMember {
  /** Seconds per unit, NaN if that is not known. */
  readonly seconds: number;
}

export interface Plan {
  readonly data: readonly DataMember[];
  readonly rate: (ArrayMember & RateRole) | null;
  readonly times: readonly TimeMember[];
  readonly channelNames: readonly ArrayMember[];
  readonly units: readonly ArrayMember[];
  readonly leftOut: readonly LeftOut[];
}

/** The fewest time steps for which a two-dimensional array with labels is taken for `[N, T]`: fewer cannot be embedded. */
const fewestSteps = 16;

/**
 * Decides what each array is for. A single number called like a sampling rate or interval gives the rate; an array called like
 * times, as long as another has time steps, is its clock; text called like channels or units names as many channels of others.
 * An array of one axis called like labels gives the labels of every array whose name has the same ending (`X_train`, `y_train`)
 * and whose first axis is as long, if that array is `[N, T, C]`, or has two axes of which the second is at least 16 long and
 * thus is read as `[N, T]`. A single label is that of every array that is one sequence. Beside `[N, T, C]`, what has one
 * number for each sequence is no sequence itself. All other arrays of numbers are.
 */
export function planOf(arrays: readonly ArrayMember[], options: ReadOptions): Plan {
  const single = arrays.find((array) => isSingle(array) && rateRole(array.name) !== null);
  const role = single === undefined ? null : rateRole(single.name);
  const rate = single === undefined || role === null ? null : { ...single, ...role };
  const [channelNames, units] = [arrays.filter(mayNameChannels), arrays.filter(mayBeUnits)];
  const candidates = arrays.filter(({ name, header }) => isLabelName(name) && header.shape.length <= 1);
  const times = arrays.flatMap((array) => timeMember(array) ?? []);
  const set = new Set<ArrayMember>([...candidates, ...times.map(({ array }) => array)]);
  const others = arrays.filter((array) => array !== single && !set.has(array));
  const leftOut: LeftOut[] = [];
  const data: DataMember[] = [];
  const plan = (array: ArrayMember, labels: readonly ArrayMember[]) => {
    try {
      data.push(dataMember(array, labels, options));
    } catch (error) {
      leftOut.push({ name: array.name, reason: reasonOf(error) });
    }
  };
  for (const array of others) plan(array, candidates);
  const clocks = times.filter(({ time }) => data.some((member) => isClockOf(time, member)));
  for (const time of times) if (!clocks.includes(time)) plan(time.array, []);
  const used = new Set(data.map(({ labels }) => labels));
  for (const array of candidates) if (!used.has(array)) plan(array, []);
  const perSample = data.filter((member) => isLabelOfSamples(member, data));
  const perSequence = data.filter((member) => !perSample.includes(member) && isOfSequences(member, data));
  for (const { name } of perSample) leftOut.push({ name, reason: 'it has a label for every time step' });
  for (const { name } of perSequence) leftOut.push({ name, reason: 'it has one value for each sequence' });
  const naming = [...channelNames, ...units].filter(
    (array) => !used.has(array) && data.some((member) => names(array, member)),
  );
  const place = new Map(arrays.map(({ member }, i) => [member, i]));
  const kept = data.filter((member) => !perSample.includes(member) && !perSequence.includes(member));
  kept.sort((a, b) => (place.get(a.member) ?? 0) - (place.get(b.member) ?? 0));
  return {
    data: kept.map((member) => {
      const isKnown =
        clocks.some(({ time }) => isClockOf(time, member)) || naming.some((array) => names(array, member));
      return isKnown || member.told?.channels != null ? withKnownAxes(member) : member;
    }),
    rate,
    times: clocks.map(({ time }) => time),
    channelNames: channelNames.filter((array) => naming.includes(array)),
    units: units.filter((array) => naming.includes(array)),
    leftOut: leftOut.filter(({ name }) => !naming.some((array) => array.name === name)),
  };
}

/** What has a time for each step, or a name for each channel, leaves no doubt of which axis is which, unless both are as long. */
function withKnownAxes(member: DataMember): DataMember {
  const { arrangement } = member;
  return arrangement.channels === arrangement.steps
    ? member
    : { ...member, arrangement: { ...arrangement, doubts: [] } };
}

/** Whether an array of text has one for each channel of another; a single one must be called like one of a channel. */
export function names({ name, header }: ArrayMember, { arrangement, header: { element } }: DataMember): boolean {
  if (element.isRecord || element.parts.length !== 1 || header.elements !== arrangement.channels) return false;
  return header.elements > 1 || /^(?:ch|lead|sensor|signal|unit)/i.test(name);
}

/** One number, or a text that may be one. */
function isSingle({ header: { element, elements } }: ArrayMember): boolean {
  return elements === 1 && !element.isRecord && (element.text !== null || element.parts.length === 1);
}

function timeMember(array: ArrayMember): { readonly array: ArrayMember; readonly time: TimeMember } | null {
  const seconds = timeUnit(array);
  const long = array.header.shape.filter((length) => length !== 1).length;
  return seconds === null || long === 0 || long > 2 ? null : { array, time: { ...array, seconds } };
}

/** Whether times are those of an array's steps: of each of its sequences, or of all in turn. */
export function isClockOf({ header }: TimeMember, { arrangement: { steps, sequences } }: DataMember): boolean {
  const { elements, shape, fortranOrder } = header;
  const rows = shape.length === 2 && shape[0] === sequences && !fortranOrder;
  return elements === steps || (rows && elements === steps * sequences);
}

function dataMember(array: ArrayMember, candidates: readonly ArrayMember[], options: ReadOptions): DataMember {
  const { shape, elements, element } = array.header;
  samplesOf(array.header);
  if (elements === 0) throw new UnreadableError('it holds no samples');
  const labels = candidates.filter((candidate) => endingOf(candidate.name) === endingOf(array.name));
  const many = labels.find(({ header }) => header.shape.length === 1 && header.shape[0] === shape[0]) ?? null;
  if (many !== null && shape.length === 2 && !element.isRecord && (shape[1] ?? 0) >= fewestSteps) {
    const note = `each row was taken for a sequence, because ${quoted(many.name)} has a label for each`;
    return { ...array, arrangement: arrangeAs(manySequences, shape, note), labels: many };
  }
  const arrangement = arrange(array.header, options.arrayAxes);
  if (arrangement.axes.includes('sequence')) return { ...array, arrangement, labels: many };
  return { ...array, arrangement, labels: labels.find(({ header }) => header.elements === 1) ?? null };
}

function hasOneAxis({ header: { shape } }: ArrayMember): boolean {
  return shape.length === 1;
}

/** Whole numbers called like labels, as many as an array of several channels has time steps. */
function isLabelOfSamples(member: DataMember, data: readonly DataMember[]): boolean {
  const { header, arrangement } = member;
  if (!isLabelName(member.name) || !hasOneAxis(member) || !header.element.isWhole) return false;
  return data.some((other) => other !== member && !hasOneAxis(other) && other.arrangement.steps === arrangement.steps);
}

/** One number for each sequence of an array `[N, T, C]`. */
function isOfSequences(member: DataMember, data: readonly DataMember[]): boolean {
  if (!hasOneAxis(member)) return false;
  return data.some(
    ({ name, arrangement, header: { shape } }) =>
      shape.length === 3 &&
      arrangement.sequences === member.header.elements &&
      endingOf(name) === endingOf(member.name),
  );
}

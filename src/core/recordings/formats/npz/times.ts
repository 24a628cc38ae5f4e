import type { ReadOptions } from '../../reader';
import { runsLikeClock } from '../../clock/evidence';
import { withDoubts } from '../../reading/doubts';
import { stepsOf, type Sequence } from '../../sequence';
import { clockOf, type Stamps } from '../npy/clock';
import { readNumbers, reasonOf, type LeftOut } from './members';
import { isClockOf, type DataMember, type TimeMember } from './plan';

/** What was read of one array. */
export interface Recording {
  readonly data: DataMember;
  readonly sequences: readonly Sequence[];
}

/** The times in an array. */
export interface ArrayClock {
  readonly member: TimeMember;
  readonly stamps: Stamps;
}

/** Reads the arrays of times; those that do not run like a clock are left out. */
export async function clocksOf(times: readonly TimeMember[], leftOut: LeftOut[]): Promise<readonly ArrayClock[]> {
  const clocks: ArrayClock[] = [];
  for (const member of times) {
    try {
      const values = await readNumbers(member);
      const isDate = member.header.element.parts[0]?.isDate ?? false;
      clocks.push({ member, stamps: { name: member.name, values, seconds: member.seconds, isDate } });
    } catch (error) {
      leftOut.push({ name: member.name, reason: reasonOf(error) });
    }
  }
  return clocks.filter(({ member, stamps }) => {
    const runs = runsLikeClock(stamps.values.subarray(0, rowOf(member)));
    if (!runs) leftOut.push({ name: member.name, reason: 'its values do not run like a clock' });
    return runs;
  });
}

/** How many of the times are those of one sequence. */
function rowOf({ header: { shape, elements } }: TimeMember): number {
  const [, row = 1] = shape;
  return row === 1 ? elements : row;
}

/** Gives sequences their clocks. Arrays that share one, each of them a single sequence, are the channels of one recording. */
export function timed(
  recordings: readonly Recording[],
  clocks: readonly ArrayClock[],
  options: ReadOptions,
): readonly Sequence[] {
  const shared = new Map<ArrayClock, Recording[]>();
  const sequences = recordings.flatMap((recording) => {
    const clock = clocks.find(({ member }) => isClockOf(member, recording.data));
    if (clock === undefined) return recording.sequences;
    const isLabelled = recording.data.told?.label != null;
    if (isLabelled || recording.data.arrangement.axes.includes('sequence')) {
      return recording.sequences.map((sequence, i) => withStamps(sequence, stampsOf(clock, sequence, i), options));
    }
    shared.set(clock, [...(shared.get(clock) ?? []), recording]);
    return [];
  });
  const joined = [...shared].map(([{ stamps }, sharing]) => withStamps(joinedOf(sharing), stamps, options));
  return [...joined, ...sequences];
}

/** The times of the sequence numbered `i`, if the array has those of each. */
function stampsOf({ stamps }: ArrayClock, sequence: Sequence, i: number): Stamps {
  const steps = stepsOf(sequence);
  if (stamps.values.length === steps) return stamps;
  return { ...stamps, values: stamps.values.subarray(i * steps, (i + 1) * steps) };
}

function withStamps(sequence: Sequence, stamps: Stamps, options: ReadOptions): Sequence {
  const { clock, doubts } = clockOf([stamps], sequence.channels.length, options);
  if (clock === null) return sequence;
  const channels = sequence.channels.map((channel) => ({ ...channel, values: clock.apply(channel.values) }));
  const rate = clock.rate ?? sequence.rate;
  const whole = { ...sequence, channels, rate, notes: [...sequence.notes, ...clock.notes] };
  return withDoubts(whole, doubts, options.decisions);
}

function joinedOf(recordings: readonly Recording[]): Sequence {
  const sequences = recordings.flatMap(({ sequences }) => sequences);
  const [only] = sequences;
  if (sequences.length === 1 && only !== undefined) return only;
  const channels = sequences.flatMap(({ name, channels }) =>
    channels.map((channel, c) => ({
      ...channel,
      name: channel.name ?? (channels.length === 1 ? name : `${name ?? ''} ${c + 1}`),
    })),
  );
  return {
    channels,
    rate: sequences.find(({ rate }) => rate !== null)?.rate ?? null,
    label: sequences.find(({ label }) => label !== null)?.label ?? null,
    name: null,
    notes: [...new Set(sequences.flatMap(({ notes }) => notes))],
    doubts: [...new Set(sequences.flatMap(({ doubts = [] }) => doubts))],
  };
}

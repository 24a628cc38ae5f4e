import type { ReadOptions } from '../../reader';
import type { Sequence } from '../../sequence';
import { readArray } from '../npy/array';
import { elementPieces, readLabels, readNumbers, reasonOf, type ArrayMember, type LeftOut } from '../npz/members';
import { isClockOf, names, type DataMember, type Plan } from '../npz/plan';
import { clocksOf, timed, type Recording } from '../npz/times';
import { quoted } from '../pcm/text';
import { unpack } from './packing';
import { readTable } from './table';
import { joined } from './vectors';

/** What was read of the arrays of one group. */
export interface GroupContent {
  readonly sequences: readonly Sequence[];
  /** The sampling rate that the group gives, in Hz. */
  readonly rate: number | null;
  readonly leftOut: readonly LeftOut[];
}

/** Reads what is planned for the arrays of one group. @param join whether vectors of one length are channels of one sequence */
export async function readGroup(plan: Plan, options: ReadOptions, join: boolean): Promise<GroupContent> {
  const leftOut = [...plan.leftOut];
  const rate = await readRate(plan.rate, leftOut);
  const clocks = await clocksOf(plan.times, leftOut);
  const texts = await readTexts([...plan.channelNames, ...plan.units], leftOut);
  const isTimed = (data: DataMember) => clocks.some(({ member }) => isClockOf(member, data));
  const recordings: Recording[] = [];
  for (const entry of join ? joined(plan.data, isTimed) : plan.data) {
    const [data] = 'vectors' in entry ? entry.vectors : [entry];
    try {
      const sequences =
        'vectors' in entry
          ? await readTable(entry, options)
          : (await readData(data, options)).map((sequence) => named(sequence, data, plan, texts));
      recordings.push({ data, sequences });
    } catch (error) {
      leftOut.push({ name: data.name, reason: reasonOf(error) });
    }
  }
  return { sequences: timed(recordings, clocks, options), rate, leftOut };
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

async function readData(data: DataMember, options: ReadOptions): Promise<readonly Sequence[]> {
  const labels = data.labels === null ? null : await readLabels(data.labels);
  const sequences = await readArray(data.header, data.arrangement, elementPieces(data), options);
  const { told } = data;
  for (const { channels } of sequences) for (const { values } of channels) unpack(values, told?.packing);
  const isOne = !data.arrangement.axes.includes('sequence');
  return sequences.map((sequence, i) => ({
    ...sequence,
    channels: sequence.channels.map(({ name, unit, values }, c) => ({
      name: told?.channels?.[c] ?? name,
      unit: told?.unit ?? unit,
      values,
    })),
    rate: sequence.rate ?? told?.rate ?? null,
    label: labels?.[i] ?? told?.label ?? null,
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

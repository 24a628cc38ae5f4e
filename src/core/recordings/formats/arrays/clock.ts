import { planClock } from '../../clock/clock';
import { clockName } from '../../clock/names';
import { runsLikeClock } from '../../clock/evidence';
import type { ReadOptions } from '../../reader';
import type { Sequence } from '../../sequence';
import { readNumbers, type DataMember } from '../npz/members';
import { groupOf, ownName } from './names';
import { unpack } from './packing';

/** Which vector tells the times of which array: one named as a clock beside an array of as many time steps. */
export function clocksOf(data: readonly DataMember[]): ReadonlyMap<DataMember, DataMember> {
  const key = (name: string, steps: number) => `${steps} ${groupOf(name)}`;
  const vectors = new Map<string, DataMember>();
  for (const member of data) {
    const { name, header, told } = member;
    const isVector = header.shape.length === 1 && header.codec !== null;
    if (isVector && clockName(ownName(name), told?.unit ?? null) !== null)
      vectors.set(key(name, header.elements), member);
  }
  const clocks = new Map<DataMember, DataMember>();
  for (const member of data) {
    const { header, arrangement, name } = member;
    const clock = vectors.get(key(name, arrangement.steps));
    if (header.shape.length > 1 && arrangement.axes[0] !== 'sequence' && clock !== undefined) clocks.set(member, clock);
  }
  return clocks;
}

/** Brings a sequence onto the regular grid of its clock. @throws UnreadableError for damage and for far too long gaps */
export async function withClock(sequence: Sequence, clock: DataMember, options: ReadOptions): Promise<Sequence> {
  const stamps = await readNumbers(clock);
  unpack(stamps, clock.told?.packing);
  if (!runsLikeClock(stamps)) return sequence;
  const { channels } = sequence;
  const named = clockName(ownName(clock.name), clock.told?.unit ?? null);
  const plan = planClock(stamps, named?.secondsPerUnit ?? null, options.maximumSamples / channels.length);
  return {
    ...sequence,
    channels: channels.map((channel) => ({ ...channel, values: plan.apply(channel.values) })),
    rate: plan.rate ?? sequence.rate,
    notes: [...sequence.notes, ...plan.notes],
  };
}

import { medianOf, mostOf } from './among';
import { swapsOf, usualMeasures } from './swaps';
import type { FoundFault, UsualChannel, UsualVitals } from './usual';
import { mains, type ChannelVitals } from './vitals';

/** The least that is told: shares of the steps, of the power, numbers, factors and spreads. */
const least = { flat: 0.15, limited: 0.05, held: 0.08, hum: 0.08, spikes: 2, noise: 0.05, level: 2 } as const;

/** The factors by which units are mistaken, and how near to one of them a factor is taken for it. */
const [unitFactors, unitTolerance] = [[1000, 9.81], 1.8] as const;

/** How much farther than its like a fault must be: a factor of the most that others have. */
const [beyondOthers, noiseBeyond] = [1.5, 2];

/** @param others at least one, all with as many channels */
export function usualVitals(others: readonly (readonly ChannelVitals[])[]): UsualVitals {
  const channels = (others[0] ?? []).map((_, c) => usualChannel(others.flatMap((each) => each[c] ?? [])));
  return { recordings: others.length, channels };
}

function usualChannel(others: readonly ChannelVitals[]): UsualChannel {
  const most = (of: (vitals: ChannelVitals) => number) => mostOf(others.map(of));
  const spreads = others.map(({ spread }) => spread).filter((spread) => spread > 0);
  const spread = medianOf(spreads);
  const factors = spreads.map((each) => Math.max(each / spread, spread / each));
  const centres = Float64Array.from(others, ({ centre }) => centre).sort();
  const at = (share: number) => centres[Math.round(share * (centres.length - 1))] ?? 0;
  return {
    most: {
      flat: most(({ flat }) => flat),
      limited: most(({ limited }) => limited),
      held: most(({ held }) => held),
      spikes: most(({ spikes }) => spikes),
      noise: most(noisiness),
    },
    mostHum: mains.map((_, i) => most(({ hum }) => hum[i] ?? 0)),
    noise: medianOf(others.map(({ noise }) => noise)),
    spread,
    spreadFactor: medianOf(factors),
    farthestSpread: mostOf(factors),
    levels: [at(levelTails), at(0.5), at(1 - levelTails)],
    levelRange: at(0.75) - at(0.25),
    swap: usualMeasures(others),
  };
}

const levelTails = 0.1;

/** What is wrong with a recording beside what is usual, the worst first. @param own of every channel */
export function faultsOf(own: readonly ChannelVitals[], usual: UsualVitals): readonly FoundFault[] {
  const swapped = swapsOf(own, usual);
  const isSwapped = new Set(swapped.flatMap(({ channel, other }) => [channel, other]));
  const found = own.flatMap((vitals, channel) => {
    const beside = usual.channels[channel];
    if (beside === undefined) return [];
    const all = [...shapeFaults(vitals, beside), ...(isSwapped.has(channel) ? [] : sizeFaults(vitals, beside))];
    return all.map((fault): FoundFault => ({ channel, other: null, ...fault }));
  });
  return [...swapped, ...found].sort((a, b) => b.severity - a.severity || a.channel - b.channel);
}

type Told = Pick<FoundFault, 'kind' | 'amount' | 'severity'>;

function shapeFaults(own: ChannelVitals, { most, mostHum, noise }: UsualChannel): readonly Told[] {
  const told = (kind: FoundFault['kind'], value: number, limit: number, amount = value): readonly Told[] =>
    value >= limit ? [{ kind, amount, severity: value / limit }] : [];
  return [
    ...told('flat', own.flat, least.flat + beyondOthers * most.flat),
    ...told('clipped', own.limited, least.limited + beyondOthers * most.limited),
    ...told('dropped', own.held, least.held + beyondOthers * most.held),
    ...told('spikes', own.spikes, least.spikes + beyondOthers * most.spikes),
    ...mains.flatMap((frequency, i) =>
      told('hum', own.hum[i] ?? 0, least.hum + beyondOthers * (mostHum[i] ?? 0), frequency),
    ),
    // Noise differs more than other things from one recording to the next.
    ...(noise > 0 ? told('noise', noisiness(own), least.noise + noiseBeyond * most.noise, own.noise / noise) : []),
  ];
}

function noisiness({ noise, spread }: ChannelVitals): number {
  return spread > 0 ? noise / spread : 0;
}

function sizeFaults(own: ChannelVitals, usual: UsualChannel): readonly Told[] {
  const unit = unitOf(own, usual);
  if (unit !== null) return [unit];
  const [low, middle, high] = usual.levels;
  const size = Math.max(usual.spread, usual.levelRange);
  // What is within the levels of most is as usual, however far those are apart.
  const beyond = Math.max(own.centre - high, low - own.centre) / size;
  if (!(size > 0) || beyond < least.level) return [];
  return [{ kind: 'level', amount: (own.centre - middle) / size, severity: beyond / least.level }];
}

/** Others agree on a spread if they are usually within this factor of it. */
const agreeing = 1.8;

function unitOf(own: ChannelVitals, { spread, spreadFactor, farthestSpread }: UsualChannel): Told | null {
  if (!(spread > 0 && own.spread > 0) || spreadFactor > agreeing) return null;
  const factor = own.spread / spread;
  const size = Math.max(factor, 1 / factor);
  const unit = unitFactors.find((candidate) => Math.max(size / candidate, candidate / size) < unitTolerance);
  if (unit === undefined || size < beyondOthers * farthestSpread) return null;
  return { kind: 'unit', amount: factor > 1 ? unit : 1 / unit, severity: size / Math.max(farthestSpread, 2) };
}

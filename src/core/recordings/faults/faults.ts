import { medianOf, mostOf } from './among';
import { swapsOf } from './swaps';
import { mains, type ChannelVitals } from './vitals';

/** What is wrong with a recording beside those that are like it. */
export interface FoundFault {
  readonly kind: 'flat' | 'clipped' | 'spikes' | 'unit' | 'swapped' | 'dropped' | 'hum' | 'level' | 'noise';
  readonly channel: number;
  /** The channel that it is swapped with. */
  readonly other: number | null;
  /**
   * A share of the steps (flat, clipped, dropped), how many (spikes), a factor (unit, noise), Hz (hum), or spreads of its
   * nearest (level, below 0 for lower).
   */
  readonly amount: number | null;
  /** From 1, how far it is beyond what is told at all. */
  readonly severity: number;
}

/** The least that is told: shares of the steps, of the power, numbers, factors and spreads. */
const least = { flat: 0.15, limited: 0.03, held: 0.08, hum: 0.08, spikes: 2, noise: 2, level: 2.5 } as const;

/** The factors by which units are mistaken, and how near to one of them a factor is taken for it. */
const [unitFactors, unitTolerance] = [[1000, 9.81], 1.8] as const;

/** How much farther than its like a fault must be: a factor of the most that others have. */
const beyondOthers = 1.5;

/**
 * What is wrong with a recording, the worst first.
 *
 * @param own of every channel
 * @param others the same of recordings with the same channels that are like it; without any there is nothing to compare
 */
export function faultsOf(
  own: readonly ChannelVitals[],
  others: readonly (readonly ChannelVitals[])[],
): readonly FoundFault[] {
  if (others.length === 0) return [];
  const swapped = swapsOf(own, others);
  const isSwapped = new Set(swapped.flatMap(({ channel, other }) => [channel, other]));
  const found = own.flatMap((vitals, channel) => {
    const beside = others.flatMap((each) => each[channel] ?? []);
    if (beside.length === 0) return [];
    const all = [...shapeFaults(vitals, beside), ...(isSwapped.has(channel) ? [] : sizeFaults(vitals, beside))];
    return all.map((fault): FoundFault => ({ channel, other: null, ...fault }));
  });
  return [...swapped, ...found].sort((a, b) => b.severity - a.severity || a.channel - b.channel);
}

type Told = Pick<FoundFault, 'kind' | 'amount' | 'severity'>;

function shapeFaults(own: ChannelVitals, others: readonly ChannelVitals[]): readonly Told[] {
  const share = (kind: FoundFault['kind'], of: (vitals: ChannelVitals) => number, lowest: number): readonly Told[] => {
    const limit = lowest + beyondOthers * mostOf(others.map(of));
    return of(own) >= limit ? [{ kind, amount: of(own), severity: of(own) / limit }] : [];
  };
  const spikes = share('spikes', (vitals) => vitals.spikes, least.spikes);
  return [
    ...share('flat', ({ flat }) => flat, least.flat),
    ...share('clipped', ({ limited }) => limited, least.limited),
    ...share('dropped', ({ held }) => held, least.held),
    ...spikes,
    ...mains.flatMap((frequency, i) =>
      share('hum', ({ hum }) => hum[i] ?? 0, least.hum).map((told) => ({ ...told, amount: frequency })),
    ),
    // What is flat, clipped or held has another noise for that reason.
    ...noiseOf(own, others),
  ];
}

function noiseOf(own: ChannelVitals, others: readonly ChannelVitals[]): readonly Told[] {
  const relative = ({ noise, spread }: ChannelVitals) => (spread > 0 ? noise / spread : 0);
  const usual = medianOf(others.map(({ noise }) => noise));
  const limit = least.noise * mostOf(others.map(relative));
  const isNoisy = relative(own) > limit && usual > 0 && limit > 0;
  return isNoisy ? [{ kind: 'noise', amount: own.noise / usual, severity: relative(own) / limit }] : [];
}

function sizeFaults(own: ChannelVitals, others: readonly ChannelVitals[]): readonly Told[] {
  const unit = unitOf(own, others);
  if (unit !== null) return [unit];
  const centres = others.map(({ centre }) => centre);
  const centre = medianOf(centres);
  const apart = medianOf(centres.map((value) => Math.abs(value - centre)));
  const size = Math.max(medianOf(others.map(({ spread }) => spread)), 2 * apart);
  const moved = (own.centre - centre) / size;
  if (!(size > 0) || Math.abs(moved) < least.level) return [];
  return [{ kind: 'level', amount: moved, severity: Math.abs(moved) / least.level }];
}

/** Others agree on a spread if most are within this factor of one another. */
const agreeing = 3;

function unitOf(own: ChannelVitals, others: readonly ChannelVitals[]): Told | null {
  const spreads = others.map(({ spread }) => spread).filter((spread) => spread > 0);
  if (spreads.length === 0 || !(own.spread > 0)) return null;
  const usual = medianOf(spreads);
  const deviation = medianOf(spreads.map((spread) => Math.abs(Math.log(spread / usual))));
  const factor = own.spread / usual;
  const size = Math.max(factor, 1 / factor);
  const unit = unitFactors.find((candidate) => Math.max(size / candidate, candidate / size) < unitTolerance);
  if (unit === undefined || deviation > Math.log(agreeing) / 2) return null;
  const farthest = mostOf(spreads.map((spread) => Math.max(spread / usual, usual / spread)));
  if (size < beyondOthers * farthest) return null;
  return { kind: 'unit', amount: factor > 1 ? unit : 1 / unit, severity: size / Math.max(farthest, 2) };
}

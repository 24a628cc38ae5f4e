import { largest } from '../extremes';
import { medianOf } from './among';
import type { FoundFault, UsualMeasures, UsualVitals } from './usual';
import type { ChannelVitals } from './vitals';

/** Channels are swapped where each is like the other one of the others, and unlike itself. */
const [leastUnlike, timesUnlike, mostSevere] = [3, 3, 10];

/** Fewer others do not tell what is usual. */
const fewest = 3;

/** The pair of channels that is most clearly swapped, if there is one; of many alike channels one pair tells enough. */
export function swapsOf(
  own: readonly ChannelVitals[],
  { recordings, channels }: UsualVitals,
): readonly (FoundFault & { readonly other: number })[] {
  if (own.length < 2 || recordings < fewest) return [];
  const unlike = (channel: number, as: number): number => {
    const [vitals, of] = [own[channel], channels[as]?.swap];
    return vitals === undefined || of === undefined ? 0 : unlikeness(vitals, of);
  };
  let best: (FoundFault & { readonly other: number }) | null = null;
  for (let a = 0; a < own.length; a++) {
    for (let b = a + 1; b < own.length; b++) {
      const asIs = unlike(a, a) + unlike(b, b);
      if (asIs < leastUnlike) continue;
      const swapped = unlike(a, b) + unlike(b, a);
      if (asIs < timesUnlike * swapped) continue;
      const severity = Math.min(asIs / Math.max(timesUnlike * swapped, leastUnlike), mostSevere);
      if (best === null || severity > best.severity) {
        best = { kind: 'swapped', channel: a, other: b, amount: null, severity };
      }
    }
  }
  return best === null ? [] : [best];
}

export function usualMeasures(vitals: readonly ChannelVitals[]): UsualMeasures {
  const spread = medianOf(vitals.map((each) => each.spread));
  return {
    spread,
    measures: measures.map((measure) => {
      const values = vitals.map((each) => measure(each, spread));
      const median = medianOf(values);
      return { median, apart: leastApart + perMad * medianOf(values.map((value) => Math.abs(value - median))) };
    }),
  };
}

/** Deviations smaller than this tell nothing; a deviation for each median absolute one. */
const [leastApart, perMad] = [0.1, 1.4826];

/** How many of the usual deviations a channel is from another, in the measure in which it is most. */
function unlikeness(vitals: ChannelVitals, usual: UsualMeasures): number {
  return largest(
    measures.map((measure, m) => {
      const { median, apart } = usual.measures[m] ?? { median: 0, apart: 1 };
      return Math.min(Math.abs(measure(vitals, usual.spread) - median) / apart, mostUnlike);
    }),
  );
}

const mostUnlike = 100;
const tiny = 1e-30;

const measures: readonly ((vitals: ChannelVitals, spread: number) => number)[] = [
  ({ spread }) => Math.log(Math.max(spread, tiny)),
  ({ centre }, spread) => centre / Math.max(spread, tiny),
  ({ noise, spread }) => Math.log(Math.max(noise, tiny) / Math.max(spread, tiny)),
];

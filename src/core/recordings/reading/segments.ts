import type { Sequence } from '../sequence';
import { RefusedDecision } from './refused';

/** More would fill the list of matches with one recording. */
const mostSegments = 10_000;

/**
 * Cuts a recording where its labels or annotations change. Stretches about which its file says nothing are left out.
 * @throws RefusedDecision for a recording without labels that change and without annotations, and for too many stretches
 */
export function segmentsOf(sequence: Sequence): Sequence[] {
  const { marks = [], channels, rate, notes } = sequence;
  if (marks.length === 0) {
    throw new RefusedDecision('segments, but it has neither labels that change nor annotations');
  }
  if (marks.length > mostSegments) {
    throw new RefusedDecision(`segments, but it has ${marks.length}, and the limit is ${mostSegments}`);
  }
  const at = (step: number) => (rate === null ? `${step}` : `${Number((step / rate).toFixed(2))} s`);
  return marks.map(({ start, end, label }) => ({
    channels: channels.map((channel) => ({ ...channel, values: channel.values.slice(start, end) })),
    rate,
    label,
    name: `${sequence.name === null ? '' : `${sequence.name}, `}${at(start)} to ${at(end)}`,
    notes,
    ...(sequence.doubts === undefined ? {} : { doubts: sequence.doubts }),
  }));
}

import { bridgeGaps } from './gaps';
import type { Channel, Sequence } from './sequence';
import { stepsOf } from './sequence';

/** A sequence that can be embedded, or the reason why it cannot, ending the sentence "skipped, because ...". */
export type Usable = { readonly sequence: Sequence } | { readonly reason: string };

/** Shorter runs of missing samples are not remembered as gaps, nor more gaps than this. */
const leastGap = 16;
const mostGaps = 10_000;

/**
 * Makes what a reader gave ready for the encoder: channels without a single number are left out, gaps are bridged,
 * and both are noted. Constant channels stay while another one varies, because their level means something.
 * The values are changed in place.
 */
export function usable(sequence: Sequence, minimumSteps: number): Usable {
  const steps = stepsOf(sequence);
  if (steps === 0) return { reason: 'it holds no samples' };
  if (steps < minimumSteps) return { reason: `it has only ${steps} time steps, and ${minimumSteps} are needed` };
  const notes = [...sequence.notes];
  let missing = 0;
  const found: { start: number; end: number }[] = [];
  const onGap = (start: number, end: number) => {
    if (end - start >= leastGap && found.length < mostGaps) found.push({ start, end });
  };
  const channels = sequence.channels.filter((channel) => {
    const gaps = bridgeGaps(channel.values, onGap);
    if (gaps < steps) missing += gaps;
    return gaps < steps;
  });
  if (channels.length === 0) return { reason: 'none of its channels holds a number' };
  const empty = sequence.channels.length - channels.length;
  if (empty > 0) notes.push(`${countOf(empty, 'channel')} without a single number left out`);
  if (missing > 0) notes.push(`${countOf(missing, 'missing sample')} bridged by interpolation`);
  if (channels.every(isConstant)) {
    return { reason: channels.length === 1 ? 'its only channel is constant' : 'all its channels are constant' };
  }
  const gaps = found.length === 0 ? {} : { gaps: found };
  return { sequence: { ...sequence, channels, notes, ...gaps } };
}

function isConstant({ values }: Channel): boolean {
  return values.every((value) => value === values[0]);
}

function countOf(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}

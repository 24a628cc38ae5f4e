import type { Series } from '../protocol/explanation';
import type { SequenceRef } from '../protocol/sequences';
import { shortenedOrNull } from './shortened';
import type { ReducedSequence } from './workers/tasks';

/** A channel as a message carries it. */
export function drawn({
  name,
  unit,
  minimum,
  maximum,
}: ReducedSequence['channels'][number]): Omit<Series['channels'][number], 'index'> {
  return {
    name: shortenedOrNull(name),
    unit: shortenedOrNull(unit),
    minimum: Array.from(minimum),
    maximum: Array.from(maximum),
  };
}

/** A part of a sequence as a message carries it. */
export function drawnSeries(ref: SequenceRef, { steps, rate, span, channels }: ReducedSequence): Series {
  return { ref, steps, rate, span, channels: channels.map((channel) => ({ index: channel.index, ...drawn(channel) })) };
}

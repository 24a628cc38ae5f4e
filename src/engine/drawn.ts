import type { Plot } from '../protocol/explanation';
import { shortenedOrNull } from './shortened';
import type { ReducedSequence } from './workers/tasks';

/** A channel as a message carries it. */
export function drawn({ name, unit, minimum, maximum }: ReducedSequence['channels'][number]): Plot['channels'][number] {
  return {
    name: shortenedOrNull(name),
    unit: shortenedOrNull(unit),
    minimum: Array.from(minimum),
    maximum: Array.from(maximum),
  };
}

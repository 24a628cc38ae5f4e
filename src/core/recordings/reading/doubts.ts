import type { Sequence } from '../sequence';
import type { Decisions } from './decisions';

/** Something that a reader is not sure of. */
export interface Doubt {
  /** One short sentence for the user, in the file's own words. */
  readonly sentence: string;
  /** Each of these decisions settles it. */
  readonly settledBy: readonly (keyof Decisions)[];
}

/** A sequence with those doubts that no decision of the user has settled. */
export function withDoubts(sequence: Sequence, doubts: readonly Doubt[], decisions: Decisions | undefined): Sequence {
  const open = doubts.filter(({ settledBy }) => settledBy.every((key) => decisions?.[key] === undefined));
  if (open.length === 0) return sequence;
  return { ...sequence, doubts: [...(sequence.doubts ?? []), ...open.map(({ sentence }) => sentence)] };
}

/** The unit of a clock that only fits what its stamps are. @param clock the clock's name as it is shown */
export function unitDoubt(clock: string, guess: string): Doubt {
  return { sentence: `The clock ${clock} names no unit and was ${guess}.`, settledBy: ['rate', 'clock', 'clockUnit'] };
}

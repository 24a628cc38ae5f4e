import { isDeepStrictEqual } from 'node:util';
import type { Decisions } from '../core/recordings/reading/decisions';

/** What comes to hold for a file that is read by some decisions. */
export type Describe = (decisions: Decisions) => Promise<Decisions>;

/**
 * The decisions that a rule needs for a file to be read as with `wanted`: without those that the reader makes by itself, and
 * with those that undo what other rules decide.
 *
 * @param given what other rules decide about the file
 */
export async function fewestDecisions(wanted: Decisions, given: Decisions, describe: Describe): Promise<Decisions> {
  let decided: Decisions = wanted;
  if (Object.keys(given).some((key) => !(key in wanted))) {
    const found = await describe(wanted);
    const undone = Object.entries(found).filter(([key]) => key in given);
    decided = { ...Object.fromEntries(undone), ...wanted };
  }
  for (const key of Object.keys(decided)) {
    const others = Object.fromEntries(Object.entries(decided).filter(([other]) => other !== key));
    const found = await describe({ ...given, ...others });
    if (isDeepStrictEqual(found[key as keyof Decisions], decided[key as keyof Decisions])) decided = others;
  }
  return decided;
}

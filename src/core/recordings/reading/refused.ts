import { UnreadableError } from '../unreadable';
import type { Decisions } from './decisions';

/** A decision of `reading.json` that cannot be carried out for a file. */
export class RefusedDecision extends UnreadableError {
  /** @param what what it names and why that cannot be, behind "reading.json names" */
  constructor(what: string, options?: ErrorOptions) {
    super(`reading.json names ${what}`, options);
  }
}

type Words = { readonly [Key in keyof Decisions]?: (decided: NonNullable<Decisions[Key]>) => string };

const words: Words = {
  delimiter: (name) => `the delimiter "${name}"`,
  decimal: (sign) => `the decimal sign "${sign}"`,
  headerLines: (lines) => `${lines} header line${lines === 1 ? '' : 's'}`,
  clock: (choice) => `the clock column ${shownChoice(choice)}`,
  clockUnit: (unit) => `the clock unit "${unit}"`,
  label: (choice) => `the label column ${shownChoice(choice)}`,
  channels: (choices) => `the channels ${choices.slice(0, 8).map(shownChoice).join(', ')}`,
  series: (side) => `its ${side} as series`,
};

/** A column as a decision names it. */
export function shownChoice(choice: string | number): string {
  return typeof choice === 'number' ? String(choice) : `"${choice.slice(0, 60)}"`;
}

/** A decision as a message names it, behind "reading.json names". */
export function shownDecision(key: keyof Decisions, decided: Decisions): string {
  const value = decided[key];
  if (value === null) return `no ${key}`;
  const show = words[key] as ((value: unknown) => string) | undefined;
  return show === undefined ? key : show(value);
}

/**
 * Lets an error over what was decided name the decisions that led to it.
 * @throws RefusedDecision instead of an UnreadableError, where one of the `keys` is decided
 */
export function namingDecisions<T>(decided: Decisions, keys: readonly (keyof Decisions)[], read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw named(error, decided, keys);
  }
}

/** The same for what is read piece by piece. */
export async function namingDecisionsOf<T>(
  decided: Decisions,
  keys: readonly (keyof Decisions)[],
  read: () => Promise<T>,
): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw named(error, decided, keys);
  }
}

function named(error: unknown, decided: Decisions, keys: readonly (keyof Decisions)[]): unknown {
  if (!(error instanceof UnreadableError) || error instanceof RefusedDecision) return error;
  const made = keys.filter((key) => decided[key] !== undefined).map((key) => shownDecision(key, decided));
  if (made.length === 0) return error;
  return new RefusedDecision(`${made.join(', ')}: read so, ${error.message}`, { cause: error });
}

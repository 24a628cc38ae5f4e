import type { ColumnRole, Decisions, ReadingDescription } from '../../src/protocol/reading';
import { without } from './without';

/** A channel that may be kept, or a column that may be chosen. */
export interface Candidate {
  /** From 1. */
  readonly number: number;
  readonly name: string | null;
  /** As a decision is to name it: by its name, unless it has none or shares it. */
  readonly choice: string | number;
  /** What a column of a table was taken for, or `null` for the channels of other formats. */
  readonly role: ColumnRole | null;
}

type Choice = string | number;

/** The columns of a table, or the channels of another format. */
export function candidatesOf({ table, channels }: ReadingDescription): readonly Candidate[] {
  const all: readonly { readonly name: string | null; readonly role: ColumnRole | null }[] =
    table?.columns ?? channels.map((name) => ({ name, role: null }));
  const trimmed = all.map(({ name }) => name?.trim() ?? '');
  return all.map(({ name, role }, at) => {
    const own = trimmed[at] ?? '';
    const isAlone = own !== '' && trimmed.filter((other) => other === own).length === 1;
    return { number: at + 1, name, role, choice: isAlone && name !== null ? name : at + 1 };
  });
}

/** Whether a decision means a candidate. */
export function isMeant({ number, name }: Candidate, choice: Choice): boolean {
  return typeof choice === 'number' ? choice === number : choice.trim() === name?.trim();
}

/** The candidates that are kept as channels, in their order. */
export function keptOf(description: ReadingDescription, decisions: Decisions): readonly Candidate[] {
  const all = candidatesOf(description);
  const chosen = decisions.channels ?? description.decided.channels;
  if (chosen !== undefined) {
    return chosen.flatMap((choice) => all.find((candidate) => isMeant(candidate, choice)) ?? []);
  }
  return all.filter(({ role }) => role === null || role === 'channel');
}

/** What the channels are called and measured in, as far as it was decided. */
export interface Renamed {
  readonly names: ReadonlyMap<number, string>;
  readonly units: ReadonlyMap<number, string>;
}

/** The names and units that were decided, by the numbers of the channels. */
export function renamedOf(kept: readonly Candidate[], { names = [], units = [] }: Decisions): Renamed {
  const byNumber = (texts: readonly (string | null)[]) =>
    new Map(
      kept.flatMap(({ number }, at): [number, string][] => {
        const text = texts[at];
        return text === undefined || text === null ? [] : [[number, text]];
      }),
    );
  return { names: byNumber(names), units: byNumber(units) };
}

/**
 * The decisions with other channels, names and units.
 * @param found what the reader calls the channels, by their numbers
 */
export function withChannels(
  decisions: Decisions,
  kept: readonly Candidate[],
  { names, units }: Renamed,
  found: Renamed,
): Decisions {
  const isRenamed = kept.some(({ number }) => names.has(number));
  const hasUnits = kept.some(({ number }) => units.has(number));
  const nameOf = ({ number, name }: Candidate) => names.get(number) ?? found.names.get(number) ?? name ?? '';
  const unitOf = ({ number }: Candidate) => units.get(number) ?? found.units.get(number) ?? null;
  return {
    ...without(decisions, 'channels', 'names', 'units'),
    channels: kept.map(({ choice }) => choice),
    ...(isRenamed && { names: kept.map(nameOf) }),
    ...(hasUnits && { units: kept.map(unitOf) }),
  };
}

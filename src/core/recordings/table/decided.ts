import type { ChannelChoice, Decisions } from '../reading/decisions';
import { RefusedDecision, shownChoice } from '../reading/refused';
import type { Table } from './column';

/** Whether a user decided that a column is the clock, so that it is worth keeping in double precision. @param number from 1 */
export function isDecidedClock(decided: Decisions | undefined, name: string | null, number: number): boolean {
  const clock = decided?.clock;
  return typeof clock === 'number' ? clock === number : clock != null && clock.trim() === (name ?? '').trim();
}

/**
 * The place of the column that a decision names.
 * @param what what the decision says it is, for a message
 * @throws RefusedDecision for a column that is not there or holds no value
 */
export function decidedColumn({ columns, empty }: Table, choice: ChannelChoice, what: string): number {
  const isMeant = ({ name, number }: { readonly name: string | null; readonly number: number }) =>
    typeof choice === 'number' ? number === choice : name?.trim() === choice.trim();
  const at = columns.findIndex(isMeant);
  if (at >= 0) return at;
  const why = empty.some(isMeant) ? 'in which there is no value' : 'which it does not have';
  throw new RefusedDecision(`the ${what} ${shownChoice(choice)}, ${why}`);
}

/** A column as a decision is to name it: by its name, unless it has none or shares it. */
export function choiceOf({ columns, empty }: Table, at: number): ChannelChoice | null {
  const column = columns[at];
  if (column === undefined) return null;
  const { name, number } = column;
  const alike = [...columns, ...empty].filter((other) => other.name?.trim() === name?.trim());
  return name === null || name.trim() === '' || name.length > 4096 || alike.length > 1 ? number : name;
}

/**
 * The place of a column that is to be a channel.
 * @param nameOf the names of channels, which are told apart where columns share theirs
 * @throws RefusedDecision for a column that is not there, or holds words
 */
export function channelChoice(table: Table, nameOf: ReadonlyMap<number, string | null>, choice: ChannelChoice): number {
  const named = [...nameOf].find(([, name]) => typeof choice === 'string' && name?.trim() === choice.trim());
  const at = named?.[0] ?? decidedColumn(table, choice, 'channel');
  if (table.columns[at]?.kind === 'text')
    throw new RefusedDecision(`the channel ${shownChoice(choice)}, which holds words`);
  return at;
}

import { UnreadableError } from '../reader';
import type { Channel, Sequence } from '../sequence';
import type { ColumnChoice, Decisions, ReaderDecision } from './decisions';

/**
 * Carries out the decisions about a sequence that its reader need not know.
 *
 * @param applied what the reader has carried out itself
 * @throws UnreadableError for a channel that the sequence does not have
 */
export function decide(sequence: Sequence, decided: Decisions, applied: ReadonlySet<ReaderDecision>): Sequence {
  const chosen = decided.channels;
  const channels =
    chosen === undefined || applied.has('channels')
      ? sequence.channels
      : chosen.map((choice) => channelOf(sequence.channels, choice));
  return {
    ...sequence,
    channels: channels.map((channel, c) => ({
      ...channel,
      name: decided.names?.[c] ?? channel.name,
      unit: decided.units?.[c] ?? channel.unit,
    })),
    rate: decided.rate ?? sequence.rate,
  };
}

function channelOf(channels: readonly Channel[], choice: ColumnChoice): Channel {
  const channel =
    typeof choice === 'number' ? channels[choice - 1] : channels.find(({ name }) => name?.trim() === choice.trim());
  if (channel !== undefined) return channel;
  const called = typeof choice === 'number' ? `channel ${choice}` : `the channel “${choice}”`;
  throw new UnreadableError(`reading.json names ${called}, which it does not have`);
}

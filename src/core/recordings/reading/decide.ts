import type { Channel, Sequence } from '../sequence';
import type { ChannelChoice, Decisions } from './decisions';
import { RefusedDecision, shownChoice } from './refused';

/**
 * Carries out what a user decided about a sequence, whatever its format.
 * @throws UnreadableError for a channel that the sequence does not have
 */
export function decide(sequence: Sequence, { channels: chosen, names, units, rate }: Decisions): Sequence {
  const choices = sequence.reading?.isChosen === true ? undefined : chosen;
  const channels = choices?.map((choice) => channelOf(sequence.channels, choice)) ?? sequence.channels;
  return {
    ...sequence,
    channels: channels.map((channel, c) => ({
      ...channel,
      name: names?.[c] ?? channel.name,
      unit: units?.[c] ?? channel.unit,
    })),
    rate: rate ?? sequence.rate,
  };
}

function channelOf(channels: readonly Channel[], choice: ChannelChoice): Channel {
  const channel =
    typeof choice === 'number' ? channels[choice - 1] : channels.find(({ name }) => name?.trim() === choice.trim());
  if (channel !== undefined) return channel;
  throw new RefusedDecision(`the channel ${shownChoice(choice)}, which it does not have`);
}

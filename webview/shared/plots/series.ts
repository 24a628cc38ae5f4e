import type { Asked } from '../../../src/protocol/explanation';
import type { Asker } from '../ask';
import type { SeriesData } from './envelope';

/** Channels that one question may be about. */
const channelsAtOnce = 64;

/** A stretch of some channels, at least one, by as many questions as they take. */
export async function seriesOf(
  asker: Asker,
  { channels, ...asked }: Asked<'series'>,
  closed: AbortSignal,
): Promise<SeriesData> {
  const groups = Array.from({ length: Math.ceil(channels.length / channelsAtOnce) }, (_, i) =>
    channels.slice(i * channelsAtOnce, (i + 1) * channelsAtOnce),
  );
  const answers = await Promise.all(groups.map((group) => asker.ask('series', { ...asked, channels: group }, closed)));
  const [first] = answers;
  if (first === undefined) throw new RangeError('a series of no channel');
  return { ...first, channels: answers.flatMap((answer) => answer.channels) };
}

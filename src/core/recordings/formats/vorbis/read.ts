import { StbVorbis } from 'stb-vorbis';
import { UnreadableError, type ReadOptions } from '../../reader';
import type { Sequence } from '../../sequence';
import { withSource } from '../../source';
import { checkPromise } from '../pcm/limits';
import { nameOf } from '../pcm/sound';
import { plainText } from '../pcm/text';
import type { Job } from '../thread/messages';
import { progress } from '../thread/serve';
import { streamOf, type Stream } from './pages';

/** Reads an Ogg Vorbis file by the library, which unpacks all of it at once. @throws UnreadableError for damage */
export async function readByLibrary({ path }: Job, options: ReadOptions): Promise<readonly Sequence[]> {
  return withSource(path, async (source) => {
    const bytes = await source.read(0, source.size);
    checkStream(streamOf(bytes), options);
    progress.beat();
    await StbVorbis.ready;
    const { sampleRate, channels } = unpack(bytes);
    checkPromise((channels[0]?.length ?? 0) * channels.length, channels.length, options);
    return [
      {
        channels: channels.map((values, i) => ({ name: nameOf(i, channels.length), unit: null, values })),
        ...{ rate: sampleRate, label: null, name: null, notes: [] },
      },
    ];
  });
}

/** How often more samples than a file promises its packets may hold: those of short blocks hold fewer than they could. */
const mostPerPromised = 16;

/** Judges what the stream is, and how much it unpacks to, before it is. */
function checkStream({ head, packets, position }: Stream, options: ReadOptions): void {
  if (head.toString('latin1', 0, 8) === 'OpusHead') {
    throw new UnreadableError('it holds Opus sound, which is not read: convert it to WAV or FLAC');
  }
  if (head.length < 30 || head.toString('latin1', 1, 7) !== 'vorbis') {
    throw new UnreadableError('it holds no Vorbis sound: convert it to WAV or FLAC');
  }
  const channels = head.readUInt8(11);
  checkPromise(position * channels, channels, options);
  const most = packets * 2 ** ((head.readUInt8(28) >> 4) - 1) * channels;
  if (most > mostPerPromised * Math.max(position * channels, 2 ** 20)) {
    throw new UnreadableError('it is damaged: it has far more packets than its samples need');
  }
}

function unpack(bytes: Buffer): ReturnType<typeof StbVorbis.decode> {
  try {
    return StbVorbis.decode(bytes);
  } catch (error) {
    const details = error instanceof Error ? ` (${plainText(error.message, 80)})` : '';
    throw new UnreadableError(`it is damaged: the Vorbis library cannot unpack it${details}`);
  }
}

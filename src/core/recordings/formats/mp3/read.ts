import { Decoder } from 'minimp3-wasm';
import wasm from 'minimp3-wasm/dist/decoder.opt.wasm';
import { UnreadableError, type ReadOptions } from '../../reader';
import type { Sequence } from '../../sequence';
import { withSource } from '../../source';
import { nameOf } from '../pcm/sound';
import type { Job } from '../thread/messages';
import { progress } from '../thread/serve';
import { encoderTagAt } from './encoderTag';
import type { FrameHeader } from './frameHeader';
import { framesOf } from './frames';
import { betweenTags } from './tags';

/** Sound is unpacked in pieces of so many seconds. */
const pieceSeconds = 10;

/** Reads an MP3 file by the library. @throws UnreadableError for damage */
export async function readByLibrary({ path }: Job, options: ReadOptions): Promise<readonly Sequence[]> {
  return withSource(path, async (source) => {
    const bytes = await source.read(0, source.size);
    const { start, end } = betweenTags(bytes);
    const { first, places } = framesOf(bytes, start, end, options);
    const frames = places.map(([from, to]) => bytes.subarray(from, to));
    const tag = encoderTagAt(frames[0] ?? bytes, 0);
    // Some encoders count the frame of the tag as well.
    if (tag?.frames != null && places.length < tag.frames) {
      throw new UnreadableError(`it is truncated: only ${places.length} of ${tag.frames} frames are there`);
    }
    const channels = await unpack(Buffer.concat(frames), first);
    const { samples, rate } = first;
    const steps = channels[0]?.length ?? 0;
    const missing = places.length * samples - steps;
    // The tag is a frame of its own.
    const from = tag === null ? 0 : samples + tag.delay;
    const to = steps - (tag?.padding ?? 0);
    if (from >= to) throw new UnreadableError('it holds no samples');
    return [
      {
        channels: channels.map((values, i) => ({
          ...{ name: nameOf(i, channels.length), unit: null },
          values: values.slice(from, to),
        })),
        ...{ rate, label: null, name: null },
        notes: missing > 0 ? [`${missing} samples that are damaged left out`] : [],
      },
    ];
  });
}

/** The samples of each channel. */
async function unpack(bytes: Buffer, header: FrameHeader): Promise<Float32Array[]> {
  const { instance } = await WebAssembly.instantiate(wasm, {});
  const decoder = new Decoder(instance.exports, bytes);
  const pieces: Float32Array[][] = [];
  for (;;) {
    progress.beat();
    const { pcm, numSamples, numChannels, samplingRate } = decoder.decode(pieceSeconds);
    if (numSamples === 0) break;
    if (numChannels !== header.channels || samplingRate !== header.rate) {
      throw new UnreadableError('it is damaged: its sampling rate or its number of channels changes');
    }
    const steps = Math.floor(numSamples / numChannels);
    pieces.push(
      Array.from({ length: numChannels }, (_, channel) =>
        Float32Array.from({ length: steps }, (_, t) => pcm[t * numChannels + channel]! / 2 ** 15),
      ),
    );
  }
  return Array.from({ length: header.channels }, (_, channel) => joined(pieces.map((piece) => piece[channel])));
}

function joined(pieces: readonly (Float32Array | undefined)[]): Float32Array {
  const values = new Float32Array(pieces.reduce((sum, piece) => sum + (piece?.length ?? 0), 0));
  let filled = 0;
  for (const piece of pieces) {
    if (piece === undefined) continue;
    values.set(piece, filled);
    filled += piece.length;
  }
  return values;
}

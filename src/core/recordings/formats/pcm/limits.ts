import { UnreadableError, type ReadOptions } from '../../reader';
import type { ByteSource } from '../../source';

/**
 * The channels, over all sequences, that one file may hold: each takes an array of its own, so that a file of very many
 * very short sequences would need far more memory than its samples do.
 */
export const maximumChannels = 2 ** 18;

/** @throws UnreadableError for an empty file and for one with more than `options.maximumBytes` bytes. */
export function checkFileSize(source: ByteSource, options: ReadOptions): void {
  if (source.size === 0) throw new UnreadableError('it is empty');
  if (source.size > options.maximumBytes) {
    throw new UnreadableError(`it has ${source.size} bytes, more than the limit of ${options.maximumBytes}`);
  }
}

/**
 * Judges what a header promises, before memory is taken for it.
 * @throws UnreadableError for no samples, for more than `options.maximumSamples` and for too many channels.
 */
export function checkPromise(samples: number, channels: number, options: ReadOptions): void {
  if (samples === 0) throw new UnreadableError('it holds no samples');
  if (!(samples <= options.maximumSamples)) {
    throw new UnreadableError(`it holds ${samples} samples, more than the limit of ${options.maximumSamples}`);
  }
  if (!(channels <= maximumChannels)) {
    throw new UnreadableError(`it holds ${channels} channels, more than the limit of ${maximumChannels}`);
  }
}

import type { Reader, ReadOptions } from '../../reader';
import type { Sequence } from '../../sequence';
import type { ByteSource } from '../../source';
import { checkFileSize } from '../pcm/limits';
import { notesOnSound, readSound } from '../pcm/sound';
import { parseAiffHeader } from './header';

/** Sound in AIFF and AIFF-C files; whole numbers are scaled to [-1, 1), floating numbers are kept as they are. */
export const aiffReader: Reader = {
  format: 'aiff',
  version: 1,
  extensions: ['.aif', '.aiff', '.aifc'],
  claims: () => true,
  read,
};

async function read(source: ByteSource, options: ReadOptions): Promise<readonly Sequence[]> {
  options.signal?.throwIfAborted();
  checkFileSize(source, options);
  const header = await parseAiffHeader(source);
  const channels = await readSound(source, header, options);
  return [{ channels, rate: header.rate || null, label: null, name: null, notes: notesOnSound(header) }];
}

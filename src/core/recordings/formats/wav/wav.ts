import type { Reader, ReadOptions } from '../../reader';
import type { Sequence } from '../../sequence';
import type { ByteSource } from '../../source';
import { checkFileSize } from '../pcm/limits';
import { notesOnSound, readSound } from '../pcm/sound';
import { parseWavHeader } from './header';
import { hasSphereMagic, parseSphereHeader } from './sphere';

/** Sound in WAVE files, and in NIST's, which share their extension; whole numbers are scaled to [-1, 1), floating numbers are kept as they are. */
export const wavReader: Reader = {
  format: 'wav',
  version: 2,
  extensions: ['.wav', '.wave', '.rf64', '.bw64'],
  claims: () => true,
  read,
};

async function read(source: ByteSource, options: ReadOptions): Promise<readonly Sequence[]> {
  options.signal?.throwIfAborted();
  checkFileSize(source, options);
  const header = hasSphereMagic(source.head) ? parseSphereHeader(source) : await parseWavHeader(source);
  const channels = await readSound(source, header, options);
  return [{ channels, rate: header.rate || null, label: null, name: null, notes: notesOnSound(header) }];
}

import type { Reader, ReadOptions } from '../../reader';
import type { Sequence } from '../../sequence';
import type { ByteSource } from '../../source';
import { readArray, samplesOf } from './array';
import { arrange } from './arrangement';
import { parseNpyHeader } from './header';
import { checkFileSize } from '../pcm/limits';
import { rangeOf } from '../pcm/pieces';

/** NumPy arrays of numbers, complex numbers (as two channels) or records (as one channel each field). Nothing is unpickled: arrays of objects are refused. */
export const npyReader: Reader = {
  format: 'npy',
  version: 2,
  extensions: ['.npy'],
  claims: () => true,
  read,
};

async function read(source: ByteSource, options: ReadOptions): Promise<readonly Sequence[]> {
  options.signal?.throwIfAborted();
  checkFileSize(source, options);
  const header = parseNpyHeader(source.head, source.size);
  const { unitBytes } = samplesOf(header);
  const arrangement = arrange(header, options.arrayAxes);
  const pieces = rangeOf(source, header.dataStart, header.dataBytes, options.signal, unitBytes);
  const sequences = await readArray(header, arrangement, pieces, options);
  const left = source.size - header.dataStart - header.dataBytes;
  if (left === 0) return sequences;
  const note = `${left} bytes after the array were left out`;
  return sequences.map((sequence) => ({ ...sequence, notes: [...sequence.notes, note] }));
}

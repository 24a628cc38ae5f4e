import { UnreadableError, type Reader, type ReadOptions } from '../../reader';
import type { Sequence } from '../../sequence';
import type { ByteSource } from '../../source';
import { isHdf5 } from '../hdf5/magic';
import { hdf5Thread } from '../hdf5/readInThread';
import { checkFileSize } from '../pcm/limits';
import { isBinary } from '../text/encoding';
import { isVersion4, readVersion4 } from './version4';
import { isVersion5, readVersion5 } from './version5';

/**
 * Variables of MATLAB. Matrices follow the rules of `.npz` arrays (see `planOf`); vectors of one length side by side are
 * the channels of one sequence.
 */
export const matReader: Reader = {
  format: 'mat',
  version: 2,
  extensions: ['.mat'],
  // Materials of a game engine have the same extension, and are text.
  claims: ({ head }) => isBinary(head),
  read,
};

async function read(source: ByteSource, options: ReadOptions): Promise<readonly Sequence[]> {
  options.signal?.throwIfAborted();
  checkFileSize(source, options);
  if (isHdf5(source.head)) return hdf5Thread.read({ path: source.path, size: source.size, kind: 'mat' }, options);
  if (isVersion5(source.head)) return readVersion5(source, options);
  if (isVersion4(source.head)) return readVersion4(source, options);
  throw new UnreadableError('it does not begin like a MATLAB file');
}

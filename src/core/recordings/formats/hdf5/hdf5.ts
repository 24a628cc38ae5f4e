import { UnreadableError, type Reader, type ReadOptions } from '../../reader';
import type { Sequence } from '../../sequence';
import type { ByteSource } from '../../source';
import { checkFileSize } from '../pcm/limits';
import { isHdf5 } from './magic';
import { hdf5Thread } from './readInThread';

/**
 * HDF5 files, and what is written in them: NetCDF-4, Neurodata Without Borders, SNIRF. Data sets follow the rules of `.npz`
 * arrays (see `planOf`); vectors of one length in one group are the channels of one sequence.
 */
export const hdf5Reader: Reader = {
  format: 'hdf5',
  version: 2,
  extensions: ['.h5', '.hdf5', '.he5', '.nc', '.nwb', '.snirf'],
  claims: () => true,
  read,
};

async function read(source: ByteSource, options: ReadOptions): Promise<readonly Sequence[]> {
  options.signal?.throwIfAborted();
  checkFileSize(source, options);
  if (source.head.toString('latin1', 0, 3) === 'CDF') {
    throw new UnreadableError('it is a NetCDF-3 file, which is not read: convert it with "nccopy -k nc4"');
  }
  if (!isHdf5(source.head)) throw new UnreadableError('it does not begin like an HDF5 file');
  return hdf5Thread.read({ path: source.path, size: source.size, kind: 'hdf5' }, options);
}

import { UnreadableError, type Reader } from '../../reader';
import { checkFileSize } from '../pcm/limits';
import { LibraryThread } from '../thread/watched';

const thread = new LibraryThread('parquet.cjs', 'Parquet');

/** Parquet files: one table, whose columns of numbers are channels. */
export const parquetReader: Reader = {
  format: 'parquet',
  version: 2,
  extensions: ['.parquet', '.pq'],
  claims: () => true,
  async read(source, options) {
    checkFileSize(source, options);
    const magic = source.head.toString('latin1', 0, 4);
    if (magic === 'PARE') throw new UnreadableError('it is encrypted');
    if (magic !== 'PAR1') throw new UnreadableError('it does not begin like a Parquet file');
    return thread.read({ path: source.path, size: source.size, kind: 'parquet' }, options);
  },
};

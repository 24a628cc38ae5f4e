import type { Reader, ReadOptions } from '../../reader';
import type { Sequence } from '../../sequence';
import type { ByteSource } from '../../source';
import { readArrays } from '../arrays/sequences';
import { openArrays } from './members';
import { withZip, type ZipMember } from './zip';
import { checkFileSize } from '../pcm/limits';

/** NumPy arrays in a zip file, as `np.savez` and `np.savez_compressed` write them; see `planOf` for what each array is. */
export const npzReader: Reader = {
  format: 'npz',
  version: 1,
  extensions: ['.npz'],
  claims: () => true,
  read,
};

async function read(source: ByteSource, options: ReadOptions): Promise<readonly Sequence[]> {
  options.signal?.throwIfAborted();
  checkFileSize(source, options);
  return withZip(source, options.signal, (members) => readMembers(members, options));
}

async function readMembers(members: readonly ZipMember[], options: ReadOptions): Promise<readonly Sequence[]> {
  const [arrays, noArrays] = await openArrays(members);
  return readArrays(arrays, noArrays, options);
}

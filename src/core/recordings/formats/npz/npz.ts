import type { Reader, ReadOptions } from '../../reader';
import type { Sequence } from '../../sequence';
import type { ByteSource } from '../../source';
import { readArrays } from '../arrays/sequences';
import { checkFileSize } from '../pcm/limits';
import { openArrays } from './members';
import { withZip, type ZipMember } from './zip';

/** NumPy arrays in a zip file, as `np.savez` and `np.savez_compressed` write them; see `planOf` for what each array is. */
export const npzReader: Reader = {
  format: 'npz',
  version: 2,
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
  return readArrays([{ prefix: '', arrays }], noArrays, options);
}

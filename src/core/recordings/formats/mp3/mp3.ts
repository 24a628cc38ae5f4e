import type { Reader } from '../../reader';
import { checkFileSize } from '../pcm/limits';
import { LibraryThread } from '../thread/watched';

const thread = new LibraryThread('mp3.cjs', 'MP3');

/** Sound in MP3 files (MPEG 1, 2 and 2.5, layer III), scaled to [-1, 1) as that of WAVE files is. */
export const mp3Reader: Reader = {
  format: 'mp3',
  version: 1,
  extensions: ['.mp3'],
  claims: () => true,
  read: async (source, options) => {
    checkFileSize(source, options);
    return thread.read({ path: source.path, size: source.size, kind: 'mp3' }, options);
  },
};

import type { Reader } from '../../reader';
import { checkFileSize } from '../pcm/limits';
import { LibraryThread } from '../thread/watched';

const thread = new LibraryThread('vorbis.cjs', 'Vorbis');

/** Sound in Ogg Vorbis files. */
export const vorbisReader: Reader = {
  format: 'vorbis',
  version: 1,
  extensions: ['.ogg', '.oga'],
  claims: () => true,
  read: async (source, options) => {
    checkFileSize(source, options);
    return thread.read({ path: source.path, size: source.size, kind: 'vorbis' }, options);
  },
};

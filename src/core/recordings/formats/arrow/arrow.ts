import { UnreadableError, type Reader } from '../../reader';
import { checkFileSize } from '../pcm/limits';
import { LibraryThread } from '../thread/watched';

const thread = new LibraryThread('arrow.cjs', 'Arrow');
const magic = 'ARROW1';

/** Arrow files and streams, and Feather files of the second version: one table, whose columns of numbers are channels. */
export const arrowReader: Reader = {
  format: 'arrow',
  version: 1,
  extensions: ['.arrow', '.arrows', '.feather', '.ipc'],
  claims: () => true,
  async read(source, options) {
    checkFileSize(source, options);
    const first = source.head.toString('latin1', 0, magic.length);
    if (first.startsWith('FEA1')) {
      throw new UnreadableError(
        'it is a Feather file of the first version, which is not read: save it again, or as Parquet',
      );
    }
    if (first === magic) await checkEnd();
    else if (!beginsLikeStream(source.head)) throw new UnreadableError('it does not begin like an Arrow file');
    return thread.read({ path: source.path, size: source.size, kind: 'arrow' }, options);

    async function checkEnd(): Promise<void> {
      const end = source.size < 2 * magic.length ? '' : await source.read(source.size - magic.length, magic.length);
      if (end.toString('latin1') !== magic)
        throw new UnreadableError('it is truncated: it does not end like an Arrow file');
    }
  },
};

/** A stream begins with the length of its description, and before that with a mark in all but the oldest. */
function beginsLikeStream(head: Buffer): boolean {
  if (head.length < 8) return false;
  const first = head.readInt32LE(0);
  const length = first === -1 ? head.readInt32LE(4) : first;
  return length > 0 && length % 8 === (first === -1 ? 0 : 4) && length < 2 ** 28;
}

import { extensionOf, unpackedName } from '../../names';
import { UnreadableError, type Reader } from '../../reader';
import { headBytes, type ByteSource } from '../../source';
import { hasGzipMagic, unpackedHead, withUnpacked } from './unpacked';

/**
 * Files of other formats packed by gzip; the name without `.gz` says of which.
 * @param readers Those of formats that are one file each and are read from beginning to end.
 */
export function gzipReader(readers: readonly Reader[]): Reader {
  const readerOf = (source: ByteSource) =>
    readers.find((reader) => reader.extensions.includes(source.extension) && reader.claims(source)) ?? null;
  return {
    format: 'gzip',
    version: 1,
    extensions: [...new Set(readers.flatMap(({ extensions }) => extensions))].map((extension) => `${extension}.gz`),
    // What cannot be unpacked is claimed, so that its reader says why.
    claims: (source) => !hasGzipMagic(source.head) || readerOf(peek(source)) !== null,
    inner: (source) => (hasGzipMagic(source.head) ? readerOf(peek(source)) : null),
    async describe(source, options) {
      if (!hasGzipMagic(source.head)) return null;
      return withUnpacked(
        source,
        options,
        async (unpacked) => (await readerOf(unpacked)?.describe?.(unpacked, options)) ?? null,
      );
    },
    async read(source, options) {
      if (!hasGzipMagic(source.head)) throw new UnreadableError('it does not begin like a gzip file');
      return withUnpacked(source, options, async (unpacked) => {
        const reader = readerOf(unpacked);
        if (reader === null) throw new UnreadableError(`what it unpacks to is no recording`);
        return reader.read(unpacked, options);
      });
    },
  };
}

/** What can be judged of the unpacked file before it is unpacked. */
function peek(source: ByteSource): ByteSource {
  const path = unpackedName(source.path);
  const head = unpackedHead(source);
  const whole = source.head.length >= source.size && head.length < headBytes;
  const size = whole ? head.length : head.length + source.size;
  return { ...source, path, name: unpackedName(source.name), extension: extensionOf(path), head, size };
}

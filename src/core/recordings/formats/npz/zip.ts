import { Readable, pipeline } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import {
  RandomAccessReader,
  fromRandomAccessReaderPromise,
  getFileNameLowLevel,
  type Entry,
  type ZipFile,
} from 'yauzl';
import { UnreadableError } from '../../reader';
import type { ByteSource } from '../../source';
import { rangeOf } from '../pcm/pieces';
import { plainText } from '../pcm/text';

/** A file inside a zip file. Its name is only ever a name, never a path. */
export interface ZipMember {
  readonly name: string;
  /** Bytes when unpacked, as the directory of the zip file promises. */
  readonly size: number;
  /**
   * The unpacked bytes.
   * @throws UnreadableError when the member cannot be unpacked to exactly `size` bytes with the right checksum
   */
  pieces(pieceLength?: number): AsyncGenerator<Uint8Array, void>;
}

const mostMembers = 2 ** 16;

/** Deflate packs at most 1032 bytes into one: a member that promises more is lying. */
const highestRatio = 1032;

/**
 * Lists what is in a zip file, and hands it to `use`.
 * @throws UnreadableError for a file that is no zip file, or a damaged one.
 */
export async function withZip<T>(
  source: ByteSource,
  signal: AbortSignal | undefined,
  use: (members: readonly ZipMember[]) => Promise<T>,
): Promise<T> {
  const zip = await fromRandomAccessReaderPromise(new SourceReader(source), source.size, {
    autoClose: false,
    // Names are decoded below: with them decoded here, one strange name would make the whole file unreadable.
    decodeStrings: false,
  }).catch(asDamaged);
  try {
    return await use(await membersOf(zip, source, signal));
  } finally {
    zip.close();
  }
}

class SourceReader extends RandomAccessReader {
  constructor(private readonly source: ByteSource) {
    super();
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null, bytesRead?: number) => void,
  ): void {
    this.source.read(position, length).then(
      (bytes) => {
        callback(null, bytes.copy(buffer, offset));
      },
      (error: unknown) => {
        callback(error instanceof Error ? error : new Error(String(error)));
      },
    );
  }
}

async function membersOf(zip: ZipFile, source: ByteSource, signal: AbortSignal | undefined): Promise<ZipMember[]> {
  const members: ZipMember[] = [];
  if (zip.entryCount > mostMembers) throw new UnreadableError(`it has more than ${mostMembers} members`);
  try {
    for await (const entry of zip.eachEntry()) {
      if (signal?.aborted === true) break;
      members.push(memberOf(zip, entry, source, signal));
    }
  } catch (error) {
    return asDamaged(error);
  }
  signal?.throwIfAborted();
  return members;
}

function memberOf(zip: ZipFile, entry: Entry, source: ByteSource, signal: AbortSignal | undefined): ZipMember {
  const { generalPurposeBitFlag, fileNameRaw, extraFields } = entry;
  return {
    name: plainText(getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, false)),
    size: entry.uncompressedSize,
    pieces: (pieceLength = 2 ** 20) => unpack(zip, entry, source, signal, pieceLength),
  };
}

async function* unpack(
  zip: ZipFile,
  entry: Entry,
  source: ByteSource,
  signal: AbortSignal | undefined,
  pieceLength: number,
): AsyncGenerator<Uint8Array, void> {
  checkEntry(entry);
  const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true }).catch(asDamaged);
  const stored = rangeOf(source, fileDataStart, entry.compressedSize, signal, 1, pieceLength);
  const pieces = entry.compressionMethod === 0 ? stored : inflate(stored);
  let size = 0;
  let checksum = 0;
  for await (const piece of pieces) {
    size += piece.length;
    if (size > entry.uncompressedSize) throw new UnreadableError('it unpacks to more bytes than the zip file promises');
    checksum = crc32(piece, checksum);
    yield piece;
  }
  if (size < entry.uncompressedSize) throw new UnreadableError('it unpacks to fewer bytes than the zip file promises');
  if (checksum !== entry.crc32) throw new UnreadableError('it is damaged: its checksum does not match');
}

function checkEntry(entry: Entry): void {
  const { compressionMethod, compressedSize, uncompressedSize } = entry;
  if (entry.isEncrypted()) throw new UnreadableError('it is encrypted');
  if (compressionMethod !== 0 && compressionMethod !== 8) {
    throw new UnreadableError(`it is packed by method ${compressionMethod}, which is not supported`);
  }
  if (uncompressedSize > (compressedSize + 1) * highestRatio) {
    throw new UnreadableError(
      `it promises ${uncompressedSize} bytes, more than ${compressedSize} packed bytes can hold`,
    );
  }
}

async function* inflate(packed: AsyncIterable<Buffer>): AsyncGenerator<Uint8Array, void> {
  const unpacked = pipeline(
    Readable.from(packed, { highWaterMark: 1 }),
    createInflateRaw({ chunkSize: 2 ** 18 }),
    // An error of either stream reaches the loop below, which a pipeline without a callback would not allow.
    () => undefined,
  );
  try {
    for await (const piece of unpacked) yield piece as Uint8Array;
  } catch (error) {
    throw String(codeOf(error)).startsWith('Z_') ? damagedZip(error) : error;
  }
}

/** What yauzl reports as a plain error is damage to the file; anything else, of the file system say, passes as it is. */
function asDamaged(error: unknown): never {
  const plain = error instanceof Error && error.constructor === Error && codeOf(error) === undefined;
  throw plain ? damagedZip(error) : error;
}

function damagedZip(error: unknown): UnreadableError {
  const details = error instanceof Error ? ` (${plainText(error.message)})` : '';
  return new UnreadableError(`it is a damaged zip file${details}`, { cause: error });
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

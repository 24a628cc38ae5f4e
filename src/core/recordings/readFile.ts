import { createHash } from 'node:crypto';
import { UnreadableError, type Format, type Reader, type ReadOptions } from './reader';
import { readerOf } from './registry';
import { inLayoutOrder } from './layout';
import { decide } from './reading/decide';
import { segmentsOf } from './reading/segments';
import type { Sequence, UnusableSequence } from './sequence';
import { asUnreadable, withSource, type ByteSource } from './source';
import { usable } from './usable';

/** The sequences of a file by their number; `null` stands for those in `unusable`. */
export interface FileContent {
  readonly format: Format;
  /** The other files that the recording consists of. */
  readonly companions: readonly string[];
  readonly sequences: readonly (Sequence | null)[];
  readonly unusable: readonly UnusableSequence[];
}

/** What tells one content of a recording from another. */
export interface ContentMark {
  /** SHA-256 of the bytes of the file and its companions, in hexadecimal. */
  readonly hash: string;
  /** The other files that the recording consists of. */
  readonly companions: readonly string[];
  readonly size: number;
  readonly modified: number;
}

/**
 * Reads a file with the reader that claims it and makes its sequences ready for the encoder, their channels in the order of
 * their layout.
 * @returns `null` for a file that no reader claims
 * @throws UnreadableError with the reason for the list of skipped files
 */
export async function readFile(path: string, options: ReadOptions, minimumSteps: number): Promise<FileContent | null> {
  const content = await readAsWritten(path, options, minimumSteps);
  return content && { ...content, sequences: content.sequences.map((sequence) => sequence && ordered(sequence)) };
}

/** The same with the channels in the order of the file. */
export async function readAsWritten(
  path: string,
  options: ReadOptions,
  minimumSteps: number,
): Promise<FileContent | null> {
  return withSource(path, async (source) => {
    const reader = readerOf(source);
    if (reader === null) return null;
    const sequences: (Sequence | null)[] = [];
    const unusable: UnusableSequence[] = [];
    for (const [number, sequence] of (await decidedSequences(reader, source, options)).entries()) {
      const result = usable(sequence, minimumSteps);
      sequences.push('sequence' in result ? result.sequence : null);
      if ('reason' in result) unusable.push({ number, reason: result.reason });
    }
    return { format: reader.format, companions: (await reader.companions?.(source)) ?? [], sequences, unusable };
  });
}

function ordered(sequence: Sequence): Sequence {
  const channels = inLayoutOrder(sequence.channels);
  if (channels.every((channel, i) => channel === sequence.channels[i])) return sequence;
  const written = new Map(sequence.channels.map((channel, i) => [channel, i]));
  return { ...sequence, channels, places: channels.map((channel) => written.get(channel) ?? 0) };
}

/**
 * The sequences of a file as its reader gives them and a user decided on them, not yet ready for the encoder.
 * @throws UnreadableError for a file that cannot be read, or holds no sequence
 */
export async function decidedSequences(
  reader: Reader,
  source: ByteSource,
  options: ReadOptions,
): Promise<readonly Sequence[]> {
  checkSize(source, options);
  const { decisions } = options;
  const sequences = await reader.read(source, options);
  if (sequences.length === 0) throw new UnreadableError('it holds no sequences');
  if (decisions === undefined) return sequences;
  const decided = sequences.map((sequence) => decide(sequence, decisions));
  return decisions.segments === true ? decided.flatMap(segmentsOf) : decided;
}

function checkSize(source: ByteSource, options: ReadOptions): void {
  if (source.size === 0) throw new UnreadableError('it is empty');
  if (source.size > options.maximumBytes) {
    const megabytes = (bytes: number) => Math.round(bytes / 2 ** 20).toLocaleString('en');
    throw new UnreadableError(
      `it has ${megabytes(source.size)} MB, and the limit is ${megabytes(options.maximumBytes)} MB ` +
        '(setting kindred.files.maximumMegabytes)',
    );
  }
}

/** Hashes a file and its companions. A file above the size limit is not read: its size stands for its content. */
export async function markContent(path: string, options: ReadOptions): Promise<ContentMark> {
  return withSource(path, async (source) => {
    const companions = (await readerOf(source)?.companions?.(source)) ?? [];
    const hash = createHash('sha256');
    if (source.size > options.maximumBytes) hash.update(`${source.size} bytes`);
    else await addBytes(hash, source, options.signal);
    for (const companion of companions) await addCompanion(hash, companion, options.signal);
    return { hash: hash.digest('hex'), companions, size: source.size, modified: source.modified };
  });
}

async function addBytes(hash: ReturnType<typeof createHash>, source: ByteSource, signal?: AbortSignal): Promise<void> {
  for await (const piece of source.pieces()) {
    signal?.throwIfAborted();
    hash.update(piece);
  }
}

async function addCompanion(hash: ReturnType<typeof createHash>, path: string, signal?: AbortSignal): Promise<void> {
  try {
    await withSource(path, (source) => addBytes(hash, source, signal));
  } catch (error) {
    if (!(asUnreadable(error) instanceof UnreadableError)) throw error;
    // The reader will say what is wrong with it; here it only must not look like the file that is there again later.
    hash.update(`missing ${path}`);
  }
}

import { UnreadableError, type ReadOptions } from '../../reader';
import type { ByteSource } from '../../source';
import { decoderFor, encodingOf, isBinary } from './encoding';

/** A line of a file with many series may be long, but a file without any line end must not fill the memory. */
const longestLine = 2 ** 26;

/** @throws UnreadableError for a file that is too large, empty, or not text. */
export function checkText(source: ByteSource, options: ReadOptions): void {
  if (source.size > options.maximumBytes) {
    throw new UnreadableError(
      `it has ${megabytes(source.size)}, more than the ${megabytes(options.maximumBytes)} allowed`,
    );
  }
  if (source.head.length === 0) throw new UnreadableError('it is empty');
  if (isBinary(source.head)) throw new UnreadableError('it holds binary data, not text');
}

function megabytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toPrecision(3)} MiB`;
}

/**
 * The decoded text in pieces, with every line end turned into `\n` and no byte order mark.
 * @throws the reason of `options.signal` once it is aborted.
 */
export async function* textPieces(source: ByteSource, options: ReadOptions): AsyncGenerator<string, void> {
  const decoder = decoderFor(encodingOf(source.head));
  let first = true;
  let heldBack = '';
  for await (const bytes of source.pieces()) {
    options.signal?.throwIfAborted();
    let text = heldBack + decoder.write(bytes);
    if (first && text.length > 0) {
      text = withoutMark(text);
      first = false;
    }
    // A `\r` at the very end may be half of a line end.
    heldBack = text.endsWith('\r') ? '\r' : '';
    yield unixLines(heldBack === '' ? text : text.slice(0, -1));
  }
  const rest = unixLines(heldBack + decoder.end());
  if (rest.length > 0) yield rest;
}

/** Complete lines, in batches, without their ends. @throws UnreadableError for a line of more than 64 Mi characters. */
export async function* lineBatches(source: ByteSource, options: ReadOptions): AsyncGenerator<string[], void> {
  let parts: string[] = [];
  let pending = 0;
  for await (const piece of textPieces(source, options)) {
    parts.push(piece);
    pending += piece.length;
    if (!piece.includes('\n')) {
      if (pending > longestLine) throw lineTooLong();
      continue;
    }
    const lines = parts.join('').split('\n');
    const rest = lines.pop() ?? '';
    parts = [rest];
    pending = rest.length;
    yield lines;
  }
  const last = parts.join('');
  if (last.length > 0) yield [last];
}

export function lineTooLong(): UnreadableError {
  return new UnreadableError('one of its lines is longer than 64 Mi characters');
}

/** The text of the first 64 KiB; `whole` tells whether that is the entire file. */
export function headText(source: ByteSource): { readonly text: string; readonly whole: boolean } {
  const decoder = decoderFor(encodingOf(source.head));
  const whole = source.head.length >= source.size;
  const text = decoder.write(source.head) + (whole ? decoder.end() : '');
  return { text: unixLines(withoutMark(text)), whole };
}

function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

function unixLines(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

/** A piece of hostile text from a file, short enough to be part of a message. */
export function quoted(text: string): string {
  const short = text.slice(0, 400).trim().replace(/\s+/g, ' ');
  return `"${short.length > 60 ? `${short.slice(0, 57)}...` : short}"`;
}

import { isUtf8 } from 'node:buffer';
import { StringDecoder } from 'node:string_decoder';

export type Encoding = 'utf8' | 'latin1' | 'utf-16le' | 'utf-16be';

export interface Decoder {
  write(bytes: Buffer): string;
  end(): string;
}

/**
 * The encoding by byte order mark; without one, UTF-16 where every other byte is zero, else UTF-8 where the bytes are
 * valid UTF-8, else Latin-1, which old loggers write.
 */
export function encodingOf(head: Buffer): Encoding {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const wide = wideEncoding(head);
  if (wide !== null) return wide;
  return isUtf8(wholeCharacters(head)) ? 'utf8' : 'latin1';
}

/** UTF-16 without a mark: nearly all high bytes of its first characters are zero, and no low byte is. */
function wideEncoding(head: Buffer): 'utf-16le' | 'utf-16be' | null {
  const pairs = Math.min(head.length, 4096) >> 1;
  if (pairs < 4) return null;
  let [firstZeros, secondZeros, printable] = [0, 0, 0];
  for (const [i, byte] of head.subarray(0, pairs * 2).entries()) {
    if (byte >= 0x20 || (byte >= 9 && byte <= 13)) printable++;
    else if (byte === 0 && i % 2 === 0) firstZeros++;
    else if (byte === 0) secondZeros++;
  }
  if (printable < pairs * 0.98) return null;
  if (firstZeros === 0 && secondZeros > pairs * 0.9) return 'utf-16le';
  return secondZeros === 0 && firstZeros > pairs * 0.9 ? 'utf-16be' : null;
}

/** Without a character at the end that the cut at 64 KiB may have split. */
function wholeCharacters(head: Buffer): Buffer {
  let end = head.length;
  for (let back = 1; back <= 3 && back <= head.length; back++) {
    const byte = head.at(-back) ?? 0;
    if (byte >= 0xc0) end = head.length - back;
    if (byte < 0x80 || byte >= 0xc0) break;
  }
  return head.subarray(0, end);
}

/** Decodes pieces of a text; the byte order mark must be stripped by the caller. */
export function decoderFor(encoding: Encoding): Decoder {
  // For ASCII, StringDecoder makes strings of one byte a character, which parse much faster than TextDecoder's.
  if (encoding === 'utf8' || encoding === 'latin1') return new StringDecoder(encoding);
  const decoder = new TextDecoder(encoding, { ignoreBOM: true });
  return { write: (bytes) => decoder.decode(bytes, { stream: true }), end: () => decoder.decode() };
}

/**
 * Whether the bytes cannot be text: a NUL, or more than one in a thousand of the control characters that no text
 * holds. Zeros of UTF-16 do not count.
 */
export function isBinary(head: Buffer): boolean {
  const encoding = encodingOf(head);
  if (encoding === 'utf-16le' || encoding === 'utf-16be') return false;
  let controls = 0;
  for (const byte of head) {
    if (byte === 0) return true;
    if (byte < 0x09 || (byte > 0x0d && byte < 0x20 && byte !== 0x1a) || byte === 0x7f) controls++;
  }
  return controls * 1000 > head.length;
}

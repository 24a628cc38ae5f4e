import type { ByteSource } from '../../source';
import { decoderFor, encodingOf, type Encoding } from '../text/encoding';
import { headText } from '../text/lines';

/** Text from the start of a file, from its middle and from its end, cut at line ends. */
export interface Sample {
  readonly encoding: Encoding;
  readonly start: string;
  readonly later: readonly string[];
  /** Whether `start` is the whole file. */
  readonly whole: boolean;
}

const laterBytes = 16 * 1024;
const mostBytes = 2 ** 26;

/**
 * Where the first 64 KiB hold less than two complete lines, more is taken, up to 64 MiB.
 * @param above lines that must be passed over before
 */
export async function sampleOf(source: ByteSource, above = 0): Promise<Sample> {
  const encoding = encodingOf(source.head);
  const head = headText(source);
  if (head.whole) return { encoding, start: head.text, later: [], whole: true };
  let start = head.text;
  for (let bytes = source.head.length * 8; linesIn(start, above + 3) < above + 3 && bytes < mostBytes * 8; bytes *= 8) {
    const length = Math.min(bytes, source.size, mostBytes);
    start = unixText(await source.read(0, length), encoding).replace(/^\uFEFF/, '');
    if (length === source.size) return { encoding, start, later: [], whole: true };
    if (length === mostBytes) break;
  }
  const cut = start.lastIndexOf('\n');
  const later = [];
  for (const position of [Math.floor(source.size / 2), source.size - laterBytes]) {
    if (position > source.head.length) later.push(await linesAt(source, position - (position % 2), encoding));
  }
  return { encoding, start: cut < 0 ? start : start.slice(0, cut + 1), later, whole: false };
}

async function linesAt(source: ByteSource, position: number, encoding: Encoding): Promise<string> {
  const bytes = await source.read(position, Math.min(laterBytes, source.size - position));
  const text = unixText(bytes, encoding);
  const isEnd = position + bytes.length >= source.size;
  const end = isEnd ? text.length : text.lastIndexOf('\n') + 1;
  const first = text.indexOf('\n') + 1;
  return first === 0 ? '' : text.slice(first, end);
}

function unixText(bytes: Buffer, encoding: Encoding): string {
  const decoder = decoderFor(encoding);
  return (decoder.write(bytes) + decoder.end()).replace(/\r\n?/g, '\n');
}

/** How many lines a text has, at most. */
function linesIn(text: string, most: number): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0 && lines < most; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}

import type { ReadOptions } from '../../reader';
import type { ByteSource } from '../../source';
import { encodingOf } from '../text/encoding';
import { lineBatches } from '../text/lines';
import type { LineForm } from './lineForms';

/** The bytes of a text in an encoding that keeps ASCII as it is, without its byte order mark, in pieces. */
export async function* plainBytes(
  source: ByteSource,
  lineForm: LineForm | null,
  options: ReadOptions,
): AsyncGenerator<Buffer, void> {
  const encoding = encodingOf(source.head);
  if (lineForm === null && (encoding === 'utf8' || encoding === 'latin1')) {
    const { head } = source;
    let mark = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0;
    for await (const piece of source.pieces()) {
      options.signal?.throwIfAborted();
      yield piece.subarray(Math.min(mark, piece.length));
      mark = Math.max(0, mark - piece.length);
    }
    return;
  }
  for await (const lines of lineBatches(source, options)) {
    const plain = lineForm === null ? lines : lines.map((line) => lineForm.plain(line));
    yield Buffer.from(`${plain.join('\n')}\n`);
  }
}

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
    let first = true;
    for await (const piece of source.pieces()) {
      options.signal?.throwIfAborted();
      // A mark that is cut in two is left to the lines above the table.
      yield first && piece[0] === 0xef && piece[1] === 0xbb && piece[2] === 0xbf ? piece.subarray(3) : piece;
      first = false;
    }
    return;
  }
  for await (const lines of lineBatches(source, options)) {
    const plain = lineForm === null ? lines : lines.map((line) => lineForm.plain(line));
    yield Buffer.from(`${plain.join('\n')}\n`);
  }
}

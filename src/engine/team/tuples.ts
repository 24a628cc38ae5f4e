/** A row of an answer, by the names of its columns. */
export type Row = Readonly<Record<string, unknown>>;

/** What a column of a binary COPY holds. */
export type ColumnKind = 'bytes' | 'int4' | 'text' | 'float8';

const parsers: Readonly<Record<ColumnKind, (bytes: Buffer) => unknown>> = {
  bytes: (bytes) => bytes,
  int4: (bytes) => bytes.readInt32BE(0),
  text: (bytes) => bytes.toString('utf8'),
  float8: (bytes) => bytes.readDoubleBE(0),
};

/** In front of all rows: a signature of 11 bytes, flags, and the length of what follows. */
const signature = Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1');
const headBytes = signature.length + 8;

/** The number of columns that stands for the end. */
const end = -1;

/**
 * The rows of a binary COPY, in lists of about so many. The client reads binary rows of a SELECT as text, which spoils them, and
 * text has two characters for a byte.
 *
 * @param columns the names and kinds of the columns, in their order
 * @throws RangeError for what is no such COPY
 */
export async function* rowsOfCopy(
  pieces: AsyncIterable<Buffer>,
  columns: Readonly<Record<string, ColumnKind>>,
  atOnce: number,
): AsyncGenerator<readonly Row[], void> {
  const named = Object.entries(columns);
  let rest: Buffer = Buffer.alloc(0);
  let at = 0;
  let begun = false;
  let rows: Row[] = [];
  for await (const piece of pieces) {
    rest = at < rest.length ? Buffer.concat([rest.subarray(at), piece]) : piece;
    at = 0;
    if (!begun) {
      if (rest.length < headBytes) continue;
      at = headOf(rest);
      begun = true;
    }
    for (let next = rowAt(rest, at, named); next !== null; next = rowAt(rest, at, named)) {
      at = next.end;
      if (next.row === null) break;
      rows.push(next.row);
      if (rows.length < atOnce) continue;
      yield rows;
      rows = [];
    }
  }
  if (rows.length > 0) yield rows;
}

function headOf(bytes: Buffer): number {
  if (!bytes.subarray(0, signature.length).equals(signature)) throw new RangeError('no binary COPY');
  return headBytes + bytes.readInt32BE(headBytes - 4);
}

/** A row and where it ends; `null` where it is not whole yet. The row is `null` at the end of all. */
function rowAt(
  bytes: Buffer,
  from: number,
  columns: readonly (readonly [string, ColumnKind])[],
): { readonly row: Row | null; readonly end: number } | null {
  if (from + 2 > bytes.length) return null;
  const count = bytes.readInt16BE(from);
  let at = from + 2;
  if (count === end) return { row: null, end: at };
  if (count !== columns.length) throw new RangeError(`${count} columns, not ${columns.length}`);
  const row: Record<string, unknown> = {};
  for (const [name, kind] of columns) {
    if (at + 4 > bytes.length) return null;
    const length = bytes.readInt32BE(at);
    at += 4;
    if (length < 0) {
      row[name] = null;
      continue;
    }
    if (at + length > bytes.length) return null;
    row[name] = parsers[kind](bytes.subarray(at, at + length));
    at += length;
  }
  return { row, end: at };
}

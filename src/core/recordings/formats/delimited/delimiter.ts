/** What parts the cells of a row. `blanks` stands for runs of blanks and tabs, `wide` for runs of at least two. */
export type Delimiter = ',' | ';' | '\t' | '|' | '^' | '~' | '&' | ':' | 'blanks' | 'wide';

/** In the order in which equals are preferred: a blank is taken only where nothing else explains the rows. */
export const delimiters: readonly Delimiter[] = ['\t', ';', ',', '|', '^', '~', '&', ':', 'wide', 'blanks'];

export interface Row {
  readonly cells: readonly string[];
  /** The number of the row's first line in the file, from 0. */
  readonly line: number;
  /** Whether an empty line stands above it. */
  readonly afterBlank: boolean;
}

/** A quotation mark that is closed only after this many characters, or more lines, was none. */
export const longestQuoted = 16_384;

/** Cuts text into rows of cells; empty lines and lines of comments make no rows. */
export function rowsOf(text: string, delimiter: Delimiter, most: number): Row[] {
  const rows: Row[] = [];
  let [at, line, afterBlank] = [0, 0, false];
  while (at < text.length && rows.length < most) {
    const end = text.indexOf('\n', at);
    const stop = end < 0 ? text.length : end;
    const whole = text.slice(at, stop);
    const isBlank = whole.trim() === '' && !(whole.includes('\t') && delimiter === '\t');
    if (isBlank || isComment(whole)) {
      afterBlank = isBlank;
      [at, line] = [stop + 1, line + 1];
      continue;
    }
    const { cells, next } =
      delimiter === 'blanks' || delimiter === 'wide'
        ? blankCells(text, at, stop, delimiter)
        : whole.includes('"')
          ? cellsOf(text, at, delimiter)
          : { cells: whole.split(delimiter).map((cell) => cell.trim()), next: stop + 1 };
    rows.push({ cells, line, afterBlank });
    // Quotation marks may hold ends of lines.
    for (let i = stop; i < next - 1; i++) if (text.charCodeAt(i) === 10) line++;
    [at, line, afterBlank] = [next, line + 1, false];
  }
  return rows;
}

export function isComment(line: string): boolean {
  return /^ *(#(?![,;|])|%(?![,;\t|])|\/\/)/.test(line);
}

function blankCells(text: string, at: number, stop: number, delimiter: 'blanks' | 'wide') {
  const line = text.slice(at, stop).trim();
  // Marks beside quotation marks say that those part the cells.
  const isLoose = delimiter === 'wide' && /\S[^\S\t]"|"[^\S\t]\S/.test(line);
  if (!line.includes('"') || isLoose || /[,;|]"|"[,;|]/.test(line))
    return { cells: line.split(delimiter === 'wide' ? /\t|\s{2,}/ : /\s+/), next: stop + 1 };
  const pattern = delimiter === 'wide' ? /"([^"]*)"|[^\s"](?:[^\s"]|[^\S\t](?=[^\s"]))*/g : /"([^"]*)"|[^\s"]+/g;
  const cells = Array.from(line.matchAll(pattern), (cell) => cell[1] ?? cell[0].trim());
  return { cells, next: stop + 1 };
}

function cellsOf(text: string, start: number, delimiter: string): { readonly cells: string[]; readonly next: number } {
  const cells: string[] = [];
  for (let at = start; ;) {
    while (text[at] === ' ' && delimiter !== ' ') at++;
    const quoted = text[at] === '"' ? quotedCell(text, at, delimiter) : null;
    if (quoted !== null) {
      cells.push(quoted.cell);
      at = quoted.end;
    } else {
      const from = at;
      while (at < text.length && text[at] !== delimiter && text[at] !== '\n') at++;
      cells.push(text.slice(from, at).trim());
    }
    if (text[at] !== delimiter) return { cells, next: at + 1 };
    at++;
  }
}

/** A cell in quotation marks, if they are closed before long and a delimiter or a line end follows. */
function quotedCell(
  text: string,
  start: number,
  delimiter: string,
): { readonly cell: string; readonly end: number } | null {
  let close = text.indexOf('"', start + 1);
  while (close >= 0 && text[close + 1] === '"') close = text.indexOf('"', close + 2);
  if (close < 0 || close - start > longestQuoted) return null;
  let end = close + 1;
  while (text[end] === ' ') end++;
  if (end < text.length && text[end] !== delimiter && text[end] !== '\n') return null;
  return { cell: text.slice(start + 1, close).replaceAll('""', '"'), end };
}

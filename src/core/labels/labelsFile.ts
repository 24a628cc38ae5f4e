import Papa from 'papaparse';

/** A labels file that cannot be read or written; the message is written for the user. */
export class LabelsFileError extends Error {
  override readonly name = 'LabelsFileError';
}

/** One line of a labels file that gives a label. */
export interface LabelEntry {
  /** The line's number in the file, from 1; a cell with line breaks makes the count run behind. */
  readonly row: number;
  /** A path relative to the folder, or a glob, with forward slashes. */
  readonly path: string;
  /** The sequence within the file, from 0, or `null` for all of them. */
  readonly number: number | null;
  readonly label: string;
  /** What the recording belongs to beside its label (a session, a day, a device), or `null`. */
  readonly group: string | null;
}

/** What a line gives a label: a whole file, or with a number, from 0, one sequence of it. */
export interface LabelTarget {
  /** Relative to the folder, with forward slashes. */
  readonly path: string;
  readonly number: number | null;
}

interface Row {
  readonly cells: readonly string[];
  /** As it stands in the file, with its line end. */
  readonly raw: string;
}

interface Columns {
  /** How many the header names. */
  readonly count: number;
  readonly path: number;
  readonly label: number;
  readonly sequence: number;
  readonly group: number;
}

const groupNames = ['group', 'session', 'day', 'device'];

/**
 * The text of a `labels.csv`: a header with the columns `path` and `label`, perhaps `sequence` (from 1, for files of
 * several) and `group` (or `session`, `day`, `device`), and any others, which are kept. Changes leave every line that
 * they do not concern as it is.
 */
export class LabelsFile {
  private constructor(
    /** The byte order mark that the file begins with, or nothing. */
    private readonly mark: string,
    private readonly delimiter: string,
    private readonly newline: string,
    private readonly rows: readonly Row[],
    private readonly columns: Columns,
  ) {}

  static empty(): LabelsFile {
    return LabelsFile.parse('path,label\n');
  }

  /** @throws LabelsFileError when the header lacks `path` or `label` */
  static parse(content: string): LabelsFile {
    const mark = content.startsWith('\ufeff') ? '\ufeff' : '';
    const text = content.slice(mark.length);
    const delimiter = delimiterOf(text);
    const rows = rowsOf(text, delimiter);
    const names = (rows[0]?.cells ?? []).map((name) =>
      name
        .replace(/^\ufeff/, '')
        .trim()
        .toLowerCase(),
    );
    const [path, label] = [names.indexOf('path'), names.indexOf('label')];
    if (path < 0 || label < 0) throw new LabelsFileError('its first line does not name the columns “path” and “label”');
    const group = groupNames.map((name) => names.indexOf(name)).find((column) => column >= 0) ?? -1;
    const newline = text.includes('\r\n') ? '\r\n' : '\n';
    const columns = { count: names.length, path, label, sequence: names.indexOf('sequence'), group };
    return new LabelsFile(mark, delimiter, newline, rows, columns);
  }

  /** Every line with a path and a label, in the order of the file. */
  entries(): readonly LabelEntry[] {
    return this.rows.slice(1).flatMap(({ cells }, i): LabelEntry[] => {
      const { path, label } = { path: cells[this.columns.path] ?? '', label: cells[this.columns.label] ?? '' };
      const number = this.numberIn(cells);
      if (path.trim() === '' || label === '' || number === undefined) return [];
      const group = cells[this.columns.group] ?? '';
      return [{ row: i + 2, path: normal(path), number, label, group: group === '' ? null : group }];
    });
  }

  /**
   * The file with a label for some recordings: their own lines are changed, or added at the end. An empty label removes
   * the lines. Globs are left alone.
   */
  with(targets: readonly LabelTarget[], label: string): LabelsFile {
    const { path: column, sequence } = this.columns;
    if (sequence < 0 && targets.some(({ number }) => number !== null)) {
      return this.withSequenceColumn().with(targets, label);
    }
    const wanted = new Map(targets.map((target) => [keyOf(target.path, target.number), target]));
    const keyed = this.rows.map((row) => ({ row, key: keyOf(row.cells[column] ?? '', this.numberIn(row.cells)) }));
    const last = new Map(keyed.map(({ key }, i) => [key, i]));
    const kept = keyed.flatMap(({ row, key }, i): Row[] => {
      if (i === 0 || !wanted.has(key)) return [row];
      // Of several lines for one recording the last counts; the others would only contradict the new label.
      return i === last.get(key) && label !== '' ? [this.row(replaced(row.cells, this.columns.label, label))] : [];
    });
    const present = new Set(keyed.slice(1).map(({ key }) => key));
    const added = [...wanted].flatMap(([key, { path, number }]) =>
      present.has(key) || label === '' ? [] : [this.added(path, number, label)],
    );
    return new LabelsFile(this.mark, this.delimiter, this.newline, [...kept, ...added], this.columns);
  }

  text(): string {
    const lines = this.rows.map(({ raw }, i) =>
      i + 1 < this.rows.length && !/[\r\n]$/.test(raw) ? raw + this.newline : raw,
    );
    return this.mark + lines.join('');
  }

  private added(path: string, number: number | null, label: string): Row {
    const cells = Array.from({ length: this.columns.count }, () => '');
    cells[this.columns.path] = path;
    cells[this.columns.label] = label;
    if (number !== null) cells[this.columns.sequence] = String(number + 1);
    return this.row(cells);
  }

  private withSequenceColumn(): LabelsFile {
    const column = this.columns.count;
    const rows = this.rows.map(({ cells }, i) => this.row(padded(cells, column, i === 0 ? 'sequence' : '')));
    const columns = { ...this.columns, count: column + 1, sequence: column };
    return new LabelsFile(this.mark, this.delimiter, this.newline, rows, columns);
  }

  /** `undefined` for a number that is none. */
  private numberIn(cells: readonly string[]): number | null | undefined {
    const text = (cells[this.columns.sequence] ?? '').trim();
    if (text === '') return null;
    const number = Number(text);
    return Number.isInteger(number) && number >= 1 ? number - 1 : undefined;
  }

  private row(cells: readonly string[]): Row {
    const { delimiter, newline } = this;
    return { cells, raw: Papa.unparse([[...cells]], { delimiter, newline }) + newline };
  }
}

function replaced(cells: readonly string[], column: number, value: string): readonly string[] {
  return padded(cells, column, value).map((cell, i) => (i === column ? value : cell));
}

function padded(cells: readonly string[], column: number, value: string): readonly string[] {
  if (cells.length > column) return cells;
  return [...cells, ...Array.from({ length: column - cells.length }, () => ''), value];
}

/** The delimiter that makes `path` a column of its own in the header. */
function delimiterOf(text: string): string {
  const header = /^[^\r\n]*/.exec(text)?.[0] ?? '';
  return [',', ';', '\t'].find((candidate) => header.split(candidate).some(isPathColumn)) ?? ',';
}

function isPathColumn(name: string): boolean {
  return (
    name
      .replace(/^\ufeff|"/g, '')
      .trim()
      .toLowerCase() === 'path'
  );
}

function rowsOf(text: string, delimiter: string): readonly Row[] {
  const rows: Row[] = [];
  let at = 0;
  Papa.parse<string[]>(text, {
    delimiter,
    step: ({ data, meta }) => {
      rows.push({ cells: data, raw: text.slice(at, meta.cursor) });
      at = meta.cursor;
    },
  });
  return rows.filter(({ raw }) => raw !== '');
}

function keyOf(path: string, number: number | null | undefined): string {
  return `${number} ${normal(path)}`;
}

function normal(path: string): string {
  return path.trim().replaceAll('\\', '/').replace(/^\.\//, '');
}

import decimals from '../../../../assembly/decimals.wasm';
import type { Plan } from './plan';

/** Rows that were read, one behind the other. */
export interface PlainRows {
  readonly rows: number;
  /** Where the first row begins that is not among them. */
  readonly next: number;
  /** Row by row. */
  readonly values: Float32Array;
  /** Of the exact columns alone, in double precision, row by row. */
  readonly exact: Float64Array;
  /** How many cells of each column were empty. */
  readonly missing: Uint32Array;
}

const mostColumns = 4096;
const mostBytes = 2 ** 21;
/** Longer rows are left to be read the long way. */
const longestRow = 2 ** 16;
const mostSamples = 2 ** 18;

/** Rows that were tried in vain before a table counts as one that has no plain ones. */
const mostVain = 1000;

/** Where things lie in the module's memory, of which the first page is its own. */
const places = (() => {
  const text = 65_536;
  const singles = text + mostBytes + 64;
  const exact = singles + 4 * mostSamples;
  const missing = exact + 8 * mostSamples;
  const isExact = missing + 4 * mostColumns;
  return { text, singles, exact, missing, isExact, end: isExact + mostColumns };
})();

interface Module {
  readonly memory: WebAssembly.Memory;
  readonly readRows: (...args: readonly number[]) => number;
  readonly position: () => number;
}

let loaded: Module | null = null;

/** The module of this thread, which is loaded once and never keeps anything between two calls. */
function load(): Module {
  if (loaded !== null) return loaded;
  const memory = new WebAssembly.Memory({ initial: Math.ceil(places.end / 65_536), maximum: 65_536, shared: true });
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(decimals), { env: { memory } });
  loaded = { ...(exports as unknown as Omit<Module, 'memory'>), memory };
  return loaded;
}

/**
 * Reads the rows of a table that hold nothing but plain decimal numbers, as most rows do, by a module in WebAssembly; all
 * others are left to be read the long way. The result is the same to the bit.
 */
export class PlainRowReader {
  private bytes: Uint8Array = new Uint8Array();
  /** The stretch of the bytes that the module has. */
  private from = 0;
  private to = 0;
  private vain = 0;

  private constructor(
    private readonly mark: number,
    private readonly decimal: number,
    private readonly isExact: Uint8Array,
  ) {}

  /** @returns `null` for a table whose rows cannot be plain */
  static of({ columns, delimiter, form, joined }: Plan): PlainRowReader | null {
    const areNumbers = columns.every(
      ({ kind, isExact }) => kind.kind === 'number' || (kind.kind === 'empty' && !isExact),
    );
    if (!areNumbers || joined !== null || delimiter === 'wide' || columns.length > mostColumns) return null;
    const mark = delimiter === 'blanks' ? 0 : delimiter.charCodeAt(0);
    const isExact = Uint8Array.from(columns, (column) => (column.isExact ? 1 : 0));
    return new PlainRowReader(mark, form.decimal.charCodeAt(0), isExact);
  }

  /** Takes other bytes, which are to be read before anything else is. */
  begin(bytes: Uint8Array): void {
    this.bytes = bytes;
    [this.from, this.to] = [0, 0];
  }

  /**
   * The plain rows from a place on where a row begins, some thousand at most.
   * @returns `null` where the row is not plain; otherwise arrays that the next call writes over
   */
  read(at: number): PlainRows | null {
    if (this.vain >= mostVain) return null;
    const isCut = this.to < this.bytes.length && this.to - at < longestRow;
    const module = load();
    if (at < this.from || at >= this.to || isCut) this.copy(module, at);
    const columns = this.isExact.length;
    const { memory, readRows, position } = module;
    const { buffer } = memory;
    const missing = new Uint32Array(buffer, places.missing, columns).fill(0);
    const most = Math.floor(mostSamples / columns);
    const [text, end] = [places.text + at - this.from, places.text + this.to - this.from];
    const { singles, exact, isExact } = places;
    const rows = readRows(text, end, this.mark, this.decimal, columns, most, singles, exact, isExact, places.missing);
    this.vain = rows === 0 ? this.vain + 1 : 0;
    if (rows === 0) return null;
    return {
      rows,
      next: position() - places.text + this.from,
      values: new Float32Array(buffer, singles, rows * columns),
      exact: new Float64Array(buffer, exact, rows * this.isExact.reduce((sum, one) => sum + one, 0)),
      missing,
    };
  }

  private copy({ memory: { buffer } }: Module, from: number): void {
    const stretch = this.bytes.subarray(from, from + mostBytes);
    const text = new Uint8Array(buffer, places.text, mostBytes + 1);
    text.set(stretch);
    text[stretch.length] = 0;
    new Uint8Array(buffer, places.isExact, this.isExact.length).set(this.isExact);
    [this.from, this.to] = [from, from + stretch.length];
  }
}

import decimals from '../../../../assembly/decimals.wasm';
import type { Plan } from './plan';
import type { PlannedColumn } from './plannedColumns';

/** Rows that were read, one behind the other. */
export interface PlainRows {
  readonly rows: number;
  /** Where the first row begins that is not among them. */
  readonly next: number;
  /** Of the columns that are read, row by row. */
  readonly values: Float32Array;
  /** Of the exact ones alone, in double precision, row by row. */
  readonly exact: Float64Array;
  /** How many cells of each column that is read were empty. */
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
  const kinds = missing + 4 * mostColumns;
  return { text, singles, exact, missing, kinds, end: kinds + mostColumns };
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

/** What the module is told of a column. */
const kindOf = { number: 0, exact: 1, unread: 2, moment: 3 } as const;

/**
 * Reads the rows of a table that hold nothing but plain decimal numbers and dates of ISO 8601 with times, as most rows do,
 * by a module in WebAssembly; all others are left to be read the long way. The result is the same to the bit.
 */
export class PlainRowReader {
  private bytes: Uint8Array = new Uint8Array();
  /** The stretch of the bytes that the module has. */
  private from = 0;
  private to = 0;
  private vain = 0;

  private readonly lanes: number;
  private readonly exactLanes: number;

  private constructor(
    private readonly mark: number,
    private readonly decimal: number,
    private readonly kinds: Uint8Array,
  ) {
    this.lanes = kinds.filter((kind) => kind !== kindOf.unread).length;
    this.exactLanes = kinds.filter((kind) => kind === kindOf.exact || kind === kindOf.moment).length;
  }

  /** @returns `null` for a table whose rows cannot be plain */
  static of({ columns, delimiter, form, joined }: Plan): PlainRowReader | null {
    const kinds = columns.map(plainKindOf);
    if (joined !== null || delimiter === 'wide' || columns.length > mostColumns || !areKnown(kinds)) return null;
    if (kinds.includes(kindOf.moment) && (delimiter === 'blanks' || delimiter === ':')) return null;
    const mark = delimiter === 'blanks' ? 0 : delimiter.charCodeAt(0);
    return new PlainRowReader(mark, form.decimal.charCodeAt(0), Uint8Array.from(kinds));
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
    const { mark, decimal, kinds, lanes, exactLanes } = this;
    const { memory, readRows, position } = module;
    const { buffer } = memory;
    const missing = new Uint32Array(buffer, places.missing, lanes).fill(0);
    const columns = kinds.length;
    const most = Math.floor(mostSamples / columns);
    const [text, end] = [places.text + at - this.from, places.text + this.to - this.from];
    const { singles, exact } = places;
    const rows = readRows(text, end, mark, decimal, columns, most, singles, exact, places.kinds, lanes, places.missing);
    this.vain = rows === 0 ? this.vain + 1 : 0;
    if (rows === 0) return null;
    return {
      rows,
      next: position() - places.text + this.from,
      values: new Float32Array(buffer, singles, rows * lanes),
      exact: new Float64Array(buffer, exact, rows * exactLanes),
      missing,
    };
  }

  private copy({ memory: { buffer } }: Module, from: number): void {
    const stretch = this.bytes.subarray(from, from + mostBytes);
    const text = new Uint8Array(buffer, places.text, mostBytes + 1);
    text.set(stretch);
    text[stretch.length] = 0;
    new Uint8Array(buffer, places.kinds, this.kinds.length).set(this.kinds);
    [this.from, this.to] = [from, from + stretch.length];
  }
}

/** @returns `null` for a column whose cells are never plain */
function plainKindOf({ kind: { kind }, isExact }: PlannedColumn): number | null {
  if (kind === 'unread') return kindOf.unread;
  if (kind === 'moment') return kindOf.moment;
  if (kind === 'number') return isExact ? kindOf.exact : kindOf.number;
  return kind === 'empty' && !isExact ? kindOf.number : null;
}

function areKnown(kinds: readonly (number | null)[]): kinds is readonly number[] {
  return !kinds.includes(null);
}

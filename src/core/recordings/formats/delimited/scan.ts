import { longestQuoted, type Delimiter } from './delimiter';

const [tab, lineFeed, carriageReturn, blank, quote] = [9, 10, 13, 32, 34];

/** Finds the cells of one row after the other in bytes. */
export class RowScanner {
  /** Where the cells of the row begin and end, quotation marks left out. */
  starts = new Int32Array(64);
  ends = new Int32Array(64);
  /** How many cells the row has; 0 for an empty line or a comment. */
  count = 0;
  /** Whether the row was an empty line. */
  isBlank = false;
  /** Whether a cell of the row holds a doubled quotation mark. */
  isEscaped = false;
  private readonly mark: number;
  private readonly isWide: boolean;

  constructor(delimiter: Delimiter) {
    this.mark = delimiter === 'blanks' || delimiter === 'wide' ? -1 : delimiter.charCodeAt(0);
    this.isWide = delimiter === 'wide';
  }

  /**
   * Reads the row that begins at `from`.
   * @param isLast whether nothing follows behind `to`
   * @returns where the next row begins, or -1 if the row goes on behind `to`
   */
  next(bytes: Uint8Array, from: number, to: number, isLast: boolean): number {
    this.count = 0;
    this.isBlank = false;
    this.isEscaped = false;
    let at = from;
    while (at < to && (bytes[at] === blank || (bytes[at] === tab && this.mark !== tab))) at++;
    if (at >= to) return this.atEnd(to, isLast);
    const first = bytes[at]!;
    if (first === lineFeed || first === carriageReturn) {
      this.isBlank = true;
      return afterLine(bytes, at, to, isLast);
    }
    // `#`, `%` and `//` begin comments.
    if (first === 35 || first === 37 || (first === 47 && bytes[at + 1] === 47))
      return restOfLine(bytes, at, to, isLast);
    return this.mark < 0 ? this.atBlanks(bytes, at, to, isLast) : this.atMarks(bytes, at, to, isLast);
  }

  private atEnd(to: number, isLast: boolean): number {
    this.isBlank = true;
    return isLast ? to : -1;
  }

  private atMarks(bytes: Uint8Array, from: number, to: number, isLast: boolean): number {
    const { mark } = this;
    let at = from;
    for (;;) {
      while (at < to && (bytes[at] === blank || (bytes[at] === tab && mark !== tab))) at++;
      let end = at < to && bytes[at] === quote ? this.quoted(bytes, at, to, isLast) : -1;
      if (end === -2) return -1;
      if (end < 0) {
        end = at;
        let byte = 0;
        while (end < to && (byte = bytes[end]!) !== mark && byte !== lineFeed && byte !== carriageReturn) end++;
        this.cell(at, end);
      }
      if (end >= to) return isLast ? to : -1;
      if (bytes[end] !== mark) return afterLine(bytes, end, to, isLast);
      at = end + 1;
    }
  }

  private atBlanks(bytes: Uint8Array, from: number, to: number, isLast: boolean): number {
    let at = from;
    for (;;) {
      let end = at < to && bytes[at] === quote ? this.quoted(bytes, at, to, isLast) : -1;
      if (end === -2) return -1;
      if (end < 0) {
        end = at;
        while (end < to && !this.parts(bytes, end)) end++;
        this.cell(at, end);
      }
      at = end;
      while (at < to && (bytes[at] === blank || bytes[at] === tab)) at++;
      if (at >= to) return isLast ? to : -1;
      if (bytes[at] === lineFeed || bytes[at] === carriageReturn) return afterLine(bytes, at, to, isLast);
    }
  }

  private parts(bytes: Uint8Array, at: number): boolean {
    const byte = bytes[at]!;
    if (byte > blank) return false;
    if (byte !== blank || !this.isWide)
      return byte === blank || byte === tab || byte === lineFeed || byte === carriageReturn;
    const next = bytes[at + 1];
    return next === blank || next === tab || next === lineFeed || next === carriageReturn;
  }

  /** @returns where a cell in quotation marks ends; -1 if it is none, -2 if that cannot be told yet. */
  private quoted(bytes: Uint8Array, start: number, to: number, isLast: boolean): number {
    const limit = Math.min(to, start + longestQuoted);
    for (let at = start + 1; at < limit; at++) {
      if (bytes[at] !== quote) continue;
      if (bytes[at + 1] === quote && at + 1 < to) {
        this.isEscaped = true;
        at++;
        continue;
      }
      let end = at + 1;
      while (end < to && bytes[end] === blank && this.mark !== -1) end++;
      if (end >= to && !isLast) return -2;
      const byte = bytes[end];
      const isEnd = end >= to || byte === this.mark || byte === lineFeed || byte === carriageReturn;
      if (!isEnd && !(this.mark === -1 && (byte === blank || byte === tab))) return -1;
      this.cell(start + 1, at);
      return end;
    }
    return limit === to && !isLast ? -2 : -1;
  }

  private cell(start: number, end: number): void {
    if (this.count === this.starts.length) this.grow();
    this.starts[this.count] = start;
    this.ends[this.count] = end;
    this.count++;
  }

  private grow(): void {
    const [starts, ends] = [this.starts, this.ends];
    this.starts = new Int32Array(starts.length * 2);
    this.ends = new Int32Array(ends.length * 2);
    this.starts.set(starts);
    this.ends.set(ends);
  }
}

/** @param at where the line end begins */
function afterLine(bytes: Uint8Array, at: number, to: number, isLast: boolean): number {
  if (bytes[at] === lineFeed) return at + 1;
  // A carriage return at the very end may be half of a line end.
  if (at + 1 >= to) return isLast ? to : -1;
  return bytes[at + 1] === lineFeed ? at + 2 : at + 1;
}

function restOfLine(bytes: Uint8Array, from: number, to: number, isLast: boolean): number {
  let at = from;
  while (at < to && bytes[at] !== lineFeed && bytes[at] !== carriageReturn) at++;
  if (at >= to) return isLast ? to : -1;
  return afterLine(bytes, at, to, isLast);
}

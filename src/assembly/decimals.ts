/** Powers of ten that double precision holds exactly. */
const powers = memory.data<f64>([
  1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
  1e21, 1e22,
]);
const largestMantissa: u64 = 9007199254740991;
const tab: u32 = 9;
const lineFeed: u32 = 10;
const carriageReturn: u32 = 13;
const blank: u32 = 32;
const quote: u32 = 34;

/** What the columns hold, one byte each. */
const exactNumbers: u32 = 1;
const unread: u32 = 2;
const moments: u32 = 3;

/** Behind the number, the moment, or the rows, that were read last. */
let cursor: usize = 0;
/** Where the next numbers in single and in double precision go. */
let singleAt: usize = 0;
let exactAt: usize = 0;

/** Where the first row begins that `readRows` did not read. */
export function position(): usize {
  return cursor;
}

/**
 * Reads rows of plain decimal numbers and ISO 8601 dates with times up to the first row that is anything else: one with
 * other cells, of another count of cells, without any value, or without its end. Cells without a character are NaN, and
 * those of unread columns may hold anything that stands in no quotation marks.
 *
 * @param to where a zero stands behind the bytes
 * @param mark the byte between cells; 0 for runs of blanks and tabs
 * @param decimal the byte before the decimals
 * @param most rows
 * @param singles gets the values of the columns that are read, row by row in single precision
 * @param exact gets those of exact numbers and moments (seconds since 1970) alone, row by row in double precision
 * @param kinds one byte for each column: 0 for numbers, 1 for exact ones, 2 for unread cells, 3 for moments
 * @param lanes how many columns are read
 * @param missing is added the number of empty cells of each of them
 * @returns how many rows
 */
export function readRows(
  from: usize,
  to: usize,
  mark: u32,
  decimal: u32,
  columns: usize,
  most: u32,
  singles: usize,
  exact: usize,
  kinds: usize,
  lanes: usize,
  missing: usize,
): u32 {
  let rows: u32 = 0;
  let at = from;
  exactAt = exact;
  while (rows < most) {
    singleAt = singles;
    const exactOfRow = exactAt;
    const next = readRow(at, to, mark, decimal, columns, kinds, lanes);
    if (next == 0) {
      exactAt = exactOfRow;
      break;
    }
    if (hasGaps) countMissing(singles, lanes, missing);
    at = next;
    singles = singleAt;
    rows++;
  }
  cursor = at;
  return rows;
}

/** Whether the row that was read last lacks a value. */
let hasGaps: bool = false;

/** @returns where the next row begins, 0 for a row that is not plain */
function readRow(from: usize, to: usize, mark: u32, decimal: u32, columns: usize, kinds: usize, lanes: usize): usize {
  let at = from;
  let filled: usize = 0;
  for (let column: usize = 0; column < columns; column++) {
    at = behindBlanks(at, mark);
    const kind: u32 = load<u8>(kinds + column);
    const first: u32 = load<u8>(at);
    let value: f64 = NaN;
    if (kind == unread) {
      if (column == 0 && (endsLine(first) || beginsComment(first))) return 0;
      const run: usize = mark == 0 ? 1 : unreadFrom(kinds + column, columns - column);
      column += run - 1;
      at = endOfUnread(at, to, mark, run);
      if (at == 0) return 0;
    } else if (first != mark && !endsLine(first)) {
      value = kind == moments ? readMoment(at) : readNumber(at, decimal);
      if (value != value) return 0;
      at = cursor;
      filled++;
    } else if (mark == 0 || (column == 0 && first != mark)) return 0;
    at = behindCell(at, to, mark, column + 1 == columns);
    if (at == 0) return 0;
    if (kind == unread) continue;
    store<f32>(singleAt, <f32>value);
    singleAt += 4;
    if (kind == exactNumbers || kind == moments) {
      store<f64>(exactAt, value);
      exactAt += 8;
    }
  }
  hasGaps = filled < lanes;
  return filled == 0 ? 0 : at;
}

/** `#` and `%` do, and `/` may. */
function beginsComment(byte: u32): bool {
  return byte == 35 || byte == 37 || byte == 47;
}

/** How many columns side by side are not read. */
function unreadFrom(kinds: usize, most: usize): usize {
  let count: usize = 1;
  while (count < most && load<u8>(kinds + count) == unread) count++;
  return count;
}

/** @returns the end of the last of so many cells that may hold anything, 0 where quotation marks or the end come before */
function endOfUnread(from: usize, to: usize, mark: u32, cells: usize): usize {
  if (mark == 0) return endOfWord(from, to);
  let left = cells;
  for (let at = from; at < to; at += 16) {
    const bytes = v128.load(at);
    const marks = i8x16.eq(bytes, i8x16.splat(<i8>mark));
    const ends = v128.or(i8x16.eq(bytes, i8x16.splat(<i8>lineFeed)), i8x16.eq(bytes, i8x16.splat(<i8>carriageReturn)));
    const others = v128.or(ends, i8x16.eq(bytes, i8x16.splat(<i8>quote)));
    let found: i32 = i8x16.bitmask(v128.or(marks, others));
    const stops: i32 = i8x16.bitmask(others);
    while (found != 0) {
      const lowest = found & -found;
      const end = at + <usize>ctz(found);
      if (end >= to) return 0;
      left--;
      if ((stops & lowest) != 0) return left == 0 && load<u8>(end) != quote ? end : 0;
      if (left == 0) return end;
      found ^= lowest;
    }
  }
  return 0;
}

function endOfWord(from: usize, to: usize): usize {
  let at = from;
  let byte: u32 = load<u8>(at);
  if (byte == quote || endsLine(byte)) return 0;
  while (byte != blank && byte != tab && !endsLine(byte)) {
    if (++at >= to) return 0;
    byte = load<u8>(at);
  }
  return at;
}

function countMissing(singles: usize, lanes: usize, missing: usize): void {
  for (let lane: usize = 0; lane < lanes; lane++) {
    const value = load<f32>(singles + (lane << 2));
    const count = missing + (lane << 2);
    if (value != value) store<u32>(count, load<u32>(count) + 1);
  }
}

function endsLine(byte: u32): bool {
  return byte == lineFeed || byte == carriageReturn;
}

function behindBlanks(from: usize, mark: u32): usize {
  let at = from;
  let byte: u32 = load<u8>(at);
  while (byte == blank || (byte == tab && mark != tab)) byte = load<u8>(++at);
  return at;
}

/** @returns where the next cell or row begins, 0 if the cell goes on or the row ends too early or too late */
function behindCell(from: usize, to: usize, mark: u32, isLast: bool): usize {
  let at = from;
  let byte: u32 = load<u8>(at);
  if (byte == mark && mark != 0) return isLast ? 0 : at + 1;
  if (mark == 0 && !endsLine(byte) && byte != blank && byte != tab) return 0;
  at = behindBlanks(at, mark);
  byte = load<u8>(at);
  if (byte == mark && mark != 0) return isLast ? 0 : at + 1;
  if (!endsLine(byte)) return mark == 0 && !isLast && at < to ? at : 0;
  if (!isLast) return 0;
  if (byte == lineFeed) return at + 1;
  // A carriage return at the very end may be half of a line end.
  if (at + 1 >= to) return 0;
  return load<u8>(at + 1) == lineFeed ? at + 2 : at + 1;
}

/** Moves the cursor behind a number. @returns NaN for what is none, or is not exact by one operation (Clinger 1990) */
function readNumber(from: usize, decimal: u32): f64 {
  let at = from;
  const sign: u32 = load<u8>(at);
  if (sign == 45 || sign == 43) at++;
  const first = at;
  let mantissa: u64 = 0;
  let digit: u32 = 0;
  while ((digit = <u32>load<u8>(at) - 48) <= 9) {
    mantissa = mantissa * 10 + digit;
    at++;
  }
  let digits = at - first;
  let exponent: i32 = 0;
  if (<u32>load<u8>(at) == decimal) {
    const point = ++at;
    while ((digit = <u32>load<u8>(at) - 48) <= 9) {
      mantissa = mantissa * 10 + digit;
      at++;
    }
    digits += at - point;
    exponent = <i32>point - <i32>at;
  }
  // More digits may not fit into the mantissa.
  if (digits == 0 || digits > 18 || mantissa > largestMantissa) return NaN;
  cursor = at;
  if (((<u32>load<u8>(at)) | 32) == 101) {
    const power = readPower(at + 1);
    if (power > 999) return NaN;
    exponent += power;
  }
  if (exponent < -22 || exponent > 22) return NaN;
  let value = <f64>(<i64>mantissa);
  if (exponent < 0) value /= load<f64>(powers + ((<usize>-exponent) << 3));
  else if (exponent > 0) value *= load<f64>(powers + ((<usize>exponent) << 3));
  return sign == 45 ? -value : value;
}

/** Moves the cursor behind the power of ten that follows an `e`. @returns 1000 for none, or one with more than three digits */
function readPower(from: usize): i32 {
  let at = from;
  const sign: u32 = load<u8>(at);
  if (sign == 45 || sign == 43) at++;
  const first = at;
  let power: i32 = 0;
  let digit: u32 = 0;
  while ((digit = <u32>load<u8>(at) - 48) <= 9 && at - first <= 3) {
    power = power * 10 + <i32>digit;
    at++;
  }
  if (at == first || at - first > 3) return 1000;
  cursor = at;
  return sign == 45 ? -power : power;
}

/**
 * Moves the cursor behind a date with a time of day: `2024-01-31T12:34:56.789Z`, also with slashes, with a blank for the
 * `T`, without seconds, their fraction or the zone, or with a zone such as `+01:00`.
 * @returns seconds since 1970, NaN for anything else
 */
function readMoment(from: usize): f64 {
  const year = digitsAt(from, 4);
  const month = digitsAt(from + 5, 2);
  const day = digitsAt(from + 8, 2);
  const hours = digitsAt(from + 11, 2);
  const minutes = digitsAt(from + 14, 2);
  if (year < 1000 || month < 1 || month > 12 || day < 1 || day > 31 || hours < 0 || hours > 24 || minutes < 0)
    return NaN;
  const between: u32 = load<u8>(from + 10);
  if (!partsDate(load<u8>(from + 4)) || !partsDate(load<u8>(from + 7))) return NaN;
  if ((between != 84 && between != blank) || load<u8>(from + 13) != colon) return NaN;
  cursor = from + 16;
  const ofDay = readSeconds(hours * 3600 + minutes * 60);
  const zone = readZone();
  return <f64>daysSince1970(year, month, day) * 86400.0 + ofDay - zone;
}

const colon: u32 = 58;
const point: u32 = 46;

/** The number of so many digits, -1 where something else is among them. */
function digitsAt(from: usize, count: usize): i32 {
  let value: i32 = 0;
  for (let at = from; at < from + count; at++) {
    const digit: u32 = <u32>load<u8>(at) - 48;
    if (digit > 9) return -1;
    value = value * 10 + <i32>digit;
  }
  return value;
}

function partsDate(byte: u32): bool {
  return byte == 45 || byte == 47;
}

/** Moves the cursor behind seconds and their fraction, of up to 12 digits. @returns them and those `before` */
function readSeconds(before: i32): f64 {
  if (load<u8>(cursor) != colon) return <f64>before;
  const seconds = digitsAt(cursor + 1, 2);
  if (seconds < 0) return NaN;
  cursor += 3;
  const whole = <f64>(before + seconds);
  if (load<u8>(cursor) != point) return whole;
  const first = cursor + 1;
  let fraction: u64 = 0;
  let digit: u32 = 0;
  cursor = first;
  while ((digit = <u32>load<u8>(cursor) - 48) <= 9 && cursor - first < 13) {
    fraction = fraction * 10 + digit;
    cursor++;
  }
  const digits = cursor - first;
  if (digits == 0 || digits > 12) return NaN;
  return whole + <f64>(<i64>fraction) / load<f64>(powers + (digits << 3));
}

/** Moves the cursor behind a zone. @returns its distance from UTC in seconds; 0 where there is none */
function readZone(): f64 {
  const sign: u32 = load<u8>(cursor);
  if (sign == 90) cursor++;
  if (sign != 43 && sign != 45) return 0;
  const hours = digitsAt(cursor + 1, 2);
  const at = cursor + (load<u8>(cursor + 3) == colon ? 4 : 3);
  const minutes = digitsAt(at, 2);
  if (hours < 0 || minutes < 0) return NaN;
  cursor = at + 2;
  const seconds = <f64>(hours * 3600 + minutes * 60);
  return sign == 45 ? -seconds : seconds;
}

/** Days since 1970 in the Gregorian calendar (Hinnant, chrono-compatible low-level date algorithms); days of a month may run over. */
function daysSince1970(year: i32, month: i32, day: i32): i32 {
  const shifted = month <= 2 ? year - 1 : year;
  const era = shifted / 400;
  const ofEra = shifted - era * 400;
  const ofYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719468;
}

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

/** Behind the number, or the rows, that were read last. */
let cursor: usize = 0;
/** Where the next number in double precision goes. */
let exactAt: usize = 0;

/** Where the first row begins that `readRows` did not read. */
export function position(): usize {
  return cursor;
}

/**
 * Reads rows of plain decimal numbers up to the first row that is anything else: one with other cells, of another count of
 * cells, without any number, or without its end. Cells without a character are NaN.
 *
 * @param to where a zero stands behind the bytes
 * @param mark the byte between cells; 0 for runs of blanks and tabs
 * @param decimal the byte before the decimals
 * @param most rows
 * @param singles gets the numbers row by row in single precision
 * @param exact gets those of the columns whose byte in `isExact` is 1, row by row in double precision
 * @param missing is added the number of empty cells of each column
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
  isExact: usize,
  missing: usize,
): u32 {
  let rows: u32 = 0;
  let at = from;
  exactAt = exact;
  while (rows < most) {
    const next = readRow(at, to, mark, decimal, columns, singles, isExact, missing);
    if (next == 0) break;
    at = next;
    singles += columns << 2;
    rows++;
  }
  cursor = at;
  return rows;
}

/** @returns where the next row begins, 0 for a row that is not plain */
function readRow(
  from: usize,
  to: usize,
  mark: u32,
  decimal: u32,
  columns: usize,
  singles: usize,
  isExact: usize,
  missing: usize,
): usize {
  let at = from;
  let filled: usize = 0;
  for (let column: usize = 0; column < columns; column++) {
    at = behindBlanks(at, mark);
    const first: u32 = load<u8>(at);
    let value: f64 = NaN;
    if (first != mark && !endsLine(first)) {
      value = readNumber(at, decimal);
      if (value != value) return 0;
      at = cursor;
      filled++;
    } else if (mark == 0 || (column == 0 && first != mark)) return 0;
    at = behindCell(at, to, mark, column + 1 == columns);
    if (at == 0) return 0;
    store<f32>(singles + (column << 2), <f32>value);
    if (load<u8>(isExact + column) == 1) {
      store<f64>(exactAt, value);
      exactAt += 8;
    }
  }
  if (filled == 0) return 0;
  if (filled < columns) countMissing(singles, columns, missing);
  return at;
}

function countMissing(singles: usize, columns: usize, missing: usize): void {
  for (let column: usize = 0; column < columns; column++) {
    const value = load<f32>(singles + (column << 2));
    const count = missing + (column << 2);
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

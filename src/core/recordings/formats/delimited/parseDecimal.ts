const powers = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));

/**
 * The number written in bytes as plain decimals with an optional exponent, exactly as `Number` reads it: a mantissa below
 * 2^53 and a power of ten up to 22 are exact in double precision, so that one division rounds once (Clinger 1990).
 * @param decimal the byte before the decimals
 * @returns NaN for everything else, which is then to be read the long way
 */
export function parseDecimal(bytes: Uint8Array, start: number, end: number, decimal: number): number {
  let at = start;
  while (end > at && bytes[end - 1]! <= 32) end--;
  const sign = bytes[at]!;
  if (sign === 45 || sign === 43) at++;
  const first = at;
  let mantissa = 0;
  let digit = 0;
  for (; at < end && (digit = bytes[at]! - 48) >= 0 && digit <= 9; at++) mantissa = mantissa * 10 + digit;
  let digits = at - first;
  let exponent = 0;
  if (at < end && bytes[at] === decimal) {
    const point = ++at;
    for (; at < end && (digit = bytes[at]! - 48) >= 0 && digit <= 9; at++) mantissa = mantissa * 10 + digit;
    exponent = point - at;
    digits -= exponent;
  }
  if (digits === 0 || mantissa > Number.MAX_SAFE_INTEGER) return NaN;
  if (at < end) {
    if ((bytes[at]! | 32) !== 101 || ++at === end) return NaN;
    const mark = bytes[at]!;
    if (mark === 45 || mark === 43) at++;
    const from = at;
    let power = 0;
    for (; at < end && (digit = bytes[at]! - 48) >= 0 && digit <= 9; at++) power = power * 10 + digit;
    if (at < end || at === from || at - from > 3) return NaN;
    exponent += mark === 45 ? -power : power;
  }
  let value = mantissa;
  if (exponent < 0) {
    if (exponent < -22) return NaN;
    value = mantissa / powers[-exponent]!;
  } else if (exponent > 0) {
    if (exponent > 22) return NaN;
    value = mantissa * powers[exponent]!;
  }
  return sign === 45 ? -value : value;
}

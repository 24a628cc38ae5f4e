/**
 * Sorts float32 values in place, ascending, by three passes of 11 bits over their bit patterns. NaN is not allowed.
 *
 * @param values the values to sort; only the first `length` are touched
 * @param scratch at least as long as `length`; its contents are overwritten
 */
export function radixSort(values: Float32Array, scratch: Float32Array, length = values.length): void {
  if (length < shortest) {
    values.subarray(0, length).sort();
    return;
  }
  const from = new Uint32Array(values.buffer, values.byteOffset, length);
  const to = new Uint32Array(scratch.buffer, scratch.byteOffset, length);
  const counts = countDigits(from);
  scatter(from, to, counts.low, 0);
  scatter(to, from, counts.middle, 11);
  scatter(from, to, counts.high, 22);
  for (let i = 0; i < length; i++) from[i] = unordered(to[i]!);
}

/** Below this length the built-in sort is faster than clearing the counters. */
const shortest = 512;

function countDigits(keys: Uint32Array): { low: Uint32Array; middle: Uint32Array; high: Uint32Array } {
  const low = new Uint32Array(2048);
  const middle = new Uint32Array(2048);
  const high = new Uint32Array(1024);
  for (let i = 0; i < keys.length; i++) {
    const key = ordered(keys[i]!);
    keys[i] = key;
    low[key & 2047]!++;
    middle[(key >>> 11) & 2047]!++;
    high[key >>> 22]!++;
  }
  return { low, middle, high };
}

function scatter(from: Uint32Array, to: Uint32Array, counts: Uint32Array, shift: number): void {
  const mask = counts.length - 1;
  let start = 0;
  for (let digit = 0; digit <= mask; digit++) {
    const count = counts[digit]!;
    counts[digit] = start;
    start += count;
  }
  for (let i = 0; i < from.length; i++) {
    const key = from[i]!;
    to[counts[(key >>> shift) & mask]!++] = key;
  }
}

/** Maps the bits of a float to an unsigned integer that has the same order. */
function ordered(bits: number): number {
  return (bits & 0x80000000 ? ~bits : bits | 0x80000000) >>> 0;
}

function unordered(key: number): number {
  return (key & 0x80000000 ? key & 0x7fffffff : ~key) >>> 0;
}

/** Adds up one of two halves of sums of 16 bits. */
function low(sum: v128, more: v128): v128 {
  return i32x4.add(sum, i32x4.extend_low_i16x8_u(more));
}

function high(sum: v128, more: v128): v128 {
  return i32x4.add(sum, i32x4.extend_high_i16x8_u(more));
}

function storeFour(to: usize, s0: v128, s1: v128, s2: v128, s3: v128): void {
  v128.store(to, f32x4.convert_i32x4_u(s0));
  v128.store(to, f32x4.convert_i32x4_u(s1), 16);
  v128.store(to, f32x4.convert_i32x4_u(s2), 32);
  v128.store(to, f32x4.convert_i32x4_u(s3), 48);
}

/**
 * Sums over time of features as bytes, up to every so many values: of min(value, threshold), and of the values.
 *
 * @param values [count, width] bytes
 * @param width a multiple of 16
 * @param thresholds one for each feature
 * @param every at most 256
 * @param out [1 + ceil(count / every), 2, width] float32
 */
export function sumUp(values: usize, count: i32, width: i32, thresholds: usize, every: i32, out: usize): void {
  const row = (<usize>width) << 3;
  const half = (<usize>width) << 2;
  for (let lane = 0; lane < width; lane += 16) {
    const threshold = v128.load(thresholds + lane);
    let from = values + lane;
    let to = out + ((<usize>lane) << 2);
    let a0 = i32x4.splat(0);
    let a1 = a0;
    let a2 = a0;
    let a3 = a0;
    let b0 = a0;
    let b1 = a0;
    let b2 = a0;
    let b3 = a0;
    storeFour(to, a0, a1, a2, a3);
    storeFour(to + half, a0, a1, a2, a3);
    for (let i = 0; i < count;) {
      const end = min(i + every, count);
      let al = i16x8.splat(0);
      let ah = al;
      let bl = al;
      let bh = al;
      for (; i < end; i++, from += width) {
        const value = v128.load(from);
        const clipped = i8x16.min_u(value, threshold);
        al = i16x8.add(al, i16x8.extend_low_i8x16_u(clipped));
        ah = i16x8.add(ah, i16x8.extend_high_i8x16_u(clipped));
        bl = i16x8.add(bl, i16x8.extend_low_i8x16_u(value));
        bh = i16x8.add(bh, i16x8.extend_high_i8x16_u(value));
      }
      a0 = low(a0, al);
      a1 = high(a1, al);
      a2 = low(a2, ah);
      a3 = high(a3, ah);
      b0 = low(b0, bl);
      b1 = high(b1, bl);
      b2 = low(b2, bh);
      b3 = high(b3, bh);
      to += row;
      storeFour(to, a0, a1, a2, a3);
      storeFour(to + half, b0, b1, b2, b3);
    }
  }
}

function laneSum(sum: v128): f32 {
  const pairs = f32x4.add(sum, i32x4.shuffle(sum, sum, 2, 3, 0, 1));
  return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1);
}

/**
 * Adds to the estimate of each window the sum over features of whole x (|difference of clipped means| + |difference of what is
 * above|) and, for each of its parts, of part x |difference of means|.
 *
 * @param sums as `sumUp` gives them
 * @param points for each window, and then for each of its parts, the rows of `sums` at which it begins and ends, as int32
 * @param shares for each window, and for each of its parts, 1 over the number of its values, as float32
 * @param query [2 + parts, width] float32: means of min(value, threshold), of what is above, and of each part's values
 * @param out float32
 */
export function addEstimates(
  sums: usize,
  width: i32,
  points: usize,
  shares: usize,
  windows: i32,
  parts: i32,
  query: usize,
  whole: f32,
  part: f32,
  out: usize,
): void {
  const row = (<usize>width) << 3;
  const half = (<usize>width) << 2;
  for (let w = 0; w < windows; w++, out += 4) {
    let first = sums + <usize>load<u32>(points) * row;
    let last = sums + <usize>load<u32>(points, 4) * row;
    let share = v128.load32_splat(shares);
    let inWhole = f32x4.splat(0);
    for (let lane: usize = 0; lane < half; lane += 16) {
      const clipped = f32x4.sub(v128.load(last + lane), v128.load(first + lane));
      const sum = f32x4.sub(v128.load(last + half + lane), v128.load(first + half + lane));
      const below = f32x4.sub(f32x4.mul(clipped, share), v128.load(query + lane));
      const above = f32x4.sub(f32x4.mul(f32x4.sub(sum, clipped), share), v128.load(query + half + lane));
      inWhole = f32x4.add(inWhole, f32x4.add(f32x4.abs(below), f32x4.abs(above)));
    }
    points += 8;
    shares += 4;
    let inParts = f32x4.splat(0);
    let mean = query + row;
    for (let p = 0; p < parts; p++, points += 8, shares += 4, mean += half) {
      first = sums + half + <usize>load<u32>(points) * row;
      last = sums + half + <usize>load<u32>(points, 4) * row;
      share = v128.load32_splat(shares);
      for (let lane: usize = 0; lane < half; lane += 16) {
        const sum = f32x4.mul(f32x4.sub(v128.load(last + lane), v128.load(first + lane)), share);
        inParts = f32x4.add(inParts, f32x4.abs(f32x4.sub(sum, v128.load(mean + lane))));
      }
    }
    store<f32>(out, load<f32>(out) + whole * laneSum(inWhole) + part * laneSum(inParts));
  }
}

/** Puts the smaller numbers of each pair of vectors first. */
function order(at: usize, apart: usize, count: i32): void {
  for (const end = at + ((<usize>count) << 4); at < end; at += 16) {
    const a = v128.load(at);
    const b = v128.load(at + apart);
    v128.store(at, i16x8.min_u(a, b));
    v128.store(at + apart, i16x8.max_u(a, b));
  }
}

/** Sorts eight lanes of 16 bits, each ascending: as `sortLanes` in sort.ts. */
function sortWords(at: usize, count: i32): void {
  for (let half = 1; half < count; half <<= 1) {
    const block = half << 1;
    for (let apart = half; apart >= 1; apart >>= 1) {
      const first = apart == half ? 0 : apart;
      for (let start = 0; start < count; start += block) {
        const end = min(start + block, count);
        for (let from = start + first; from + apart < end; from += apart << 1) {
          order(at + ((<usize>from) << 4), (<usize>apart) << 4, min(apart, end - from - apart));
        }
      }
    }
  }
}

/** |q - code| of four lanes, where q is a quantile between two numbers, on another scale, rounded to a byte. */
function differences(a: v128, b: v128, weight: f32, ratio: f32, code: v128): v128 {
  const below = f32x4.convert_i32x4_u(a);
  const quantile = f32x4.add(below, f32x4.mul(f32x4.splat(weight), f32x4.sub(f32x4.convert_i32x4_u(b), below)));
  const middle = f32x4.splat(128);
  const scaled = f32x4.mul(f32x4.splat(ratio), f32x4.sub(f32x4.mul(quantile, f32x4.splat(1.0 / 256)), middle));
  const own = f32x4.nearest(f32x4.add(scaled, middle));
  const byte = f32x4.min(f32x4.max(own, f32x4.splat(0)), f32x4.splat(255));
  return f32x4.abs(f32x4.sub(byte, f32x4.convert_i32x4_u(code)));
}

/** The sum of |a - b| over the bytes of quantile functions of eight features, of sorted numbers. @param codes of 16 bits */
function ofEight(sorted: usize, count: i32, levels: i32, ratio: f32, codes: usize, width: i32, upperHalf: bool): f32 {
  const last = count - 1;
  let sum = f32x4.splat(0);
  for (let level = 0; level < levels; level++, codes += width) {
    const position = ((<f64>level + 0.5) / <f64>levels) * <f64>count - 0.5;
    const below = min(max(<i32>Math.floor(position), 0), last);
    const weight = <f32>min(max(position - <f64>below, 0), 1);
    const a = v128.load(sorted + ((<usize>below) << 4));
    const b = v128.load(sorted + ((<usize>min(below + 1, last)) << 4));
    const bytes = v128.load(codes);
    const own = upperHalf ? i16x8.extend_high_i8x16_u(bytes) : i16x8.extend_low_i8x16_u(bytes);
    sum = f32x4.add(
      sum,
      differences(
        i32x4.extend_low_i16x8_u(a),
        i32x4.extend_low_i16x8_u(b),
        weight,
        ratio,
        i32x4.extend_low_i16x8_u(own),
      ),
    );
    sum = f32x4.add(
      sum,
      differences(
        i32x4.extend_high_i16x8_u(a),
        i32x4.extend_high_i16x8_u(b),
        weight,
        ratio,
        i32x4.extend_high_i16x8_u(own),
      ),
    );
  }
  return laneSum(sum);
}

/**
 * The sum of |a - b| over the bytes of quantile functions of the features of values [from, to).
 *
 * @param uppers [any, width] upper bytes
 * @param lowers the same of lower bytes
 * @param every of so many values the middle one is taken
 * @param levels how many are kept
 * @param ratio of their scale to that of the numbers
 * @param codes [levels, width] bytes of the query
 * @param scratch 32 bytes for each value that is taken
 */
export function quantileDistance(
  uppers: usize,
  lowers: usize,
  width: i32,
  from: i32,
  to: i32,
  every: i32,
  levels: i32,
  ratio: f32,
  codes: usize,
  scratch: usize,
): f64 {
  const count = (to - from) / every;
  const row = <usize>every * width;
  const more = scratch + ((<usize>count) << 4);
  let total: f64 = 0;
  for (let lane: usize = 0; lane < <usize>width; lane += 16) {
    let at = <usize>from * width + lane;
    for (let t: usize = 0; t < (<usize>count) << 4; t += 16, at += width) {
      const low = v128.load(lowers + at);
      const high = v128.load(uppers + at);
      v128.store(scratch + t, i8x16.shuffle(low, high, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23));
      v128.store(more + t, i8x16.shuffle(low, high, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31));
    }
    sortWords(scratch, count);
    sortWords(more, count);
    total += ofEight(scratch, count, levels, ratio, codes + lane, width, false);
    total += ofEight(more, count, levels, ratio, codes + lane, width, true);
  }
  return total;
}

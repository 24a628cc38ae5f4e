// What is shared with src/core/ranking/scan/job.ts: the places of a job's numbers, and of those of a chunk.
const NEXT: usize = 0;
const CHUNKS: usize = 4;
const QUERIES: usize = 8;
const TABLE: usize = 12;
const QUERY: usize = 16;
const QUERY_STRIDE: usize = 20;
const BOUNDS: usize = 24;
const ROWS: usize = 28;
const LEFT: usize = 32;
const COUNTS: usize = 36;
const MINIMA: usize = 40;
const THRESHOLDS: usize = 44;
const WEIGHTS: usize = 48;
const CHANNELS: usize = 52;
const GROUP_WIDTH: usize = 56;
const FEATURE_WIDTH: usize = 60;
const CODE_WIDTH: usize = 64;

const CHUNK_SIZE: usize = 16;
const CHUNK_ROWS: usize = 4;
const CHUNK_CAPACITY: usize = 8;
const CHUNK_FIRST: usize = 12;

/** So many sums of two differences of bytes fit into 16 bits. */
const mostPairs: usize = 128;

function laneSum(sum: v128): u32 {
  const pairs = i32x4.add(sum, i32x4.shuffle(sum, sum, 2, 3, 0, 1));
  return i32x4.extract_lane(pairs, 0) + i32x4.extract_lane(pairs, 1);
}

/** Adds |a - b| of eight 16-bit numbers, in pairs. No difference may be larger than a 16-bit number with a sign. */
function addDifferences(sum: v128, a: v128, b: v128): v128 {
  return i32x4.add(sum, i32x4.dot_i16x8_s(i16x8.abs(i16x8.sub(a, b)), i16x8.splat(1)));
}

/** The sum of |a - b| over 16-bit numbers. @param width in bytes, a multiple of 16 */
function sumDistance(a: usize, b: usize, width: usize): u32 {
  let sum = i32x4.splat(0);
  let more = i32x4.splat(0);
  const end = a + width;
  for (; a + 16 < end; a += 32, b += 32) {
    sum = addDifferences(sum, v128.load(a), v128.load(b));
    more = addDifferences(more, v128.load(a, 16), v128.load(b, 16));
  }
  if (a < end) sum = addDifferences(sum, v128.load(a), v128.load(b));
  return laneSum(i32x4.add(sum, more));
}

/** Four sums of four lanes as one of their totals. */
function laneSums(s0: v128, s1: v128, s2: v128, s3: v128): v128 {
  const low = i32x4.add(i32x4.shuffle(s0, s1, 0, 1, 4, 5), i32x4.shuffle(s0, s1, 2, 3, 6, 7));
  const high = i32x4.add(i32x4.shuffle(s2, s3, 0, 1, 4, 5), i32x4.shuffle(s2, s3, 2, 3, 6, 7));
  return i32x4.add(i32x4.shuffle(low, high, 0, 2, 4, 6), i32x4.shuffle(low, high, 1, 3, 5, 7));
}

/** The same of one row and four others, which are fetched from memory at the same time. */
function fourSumDistances(a: usize, b0: usize, b1: usize, b2: usize, b3: usize, width: usize): v128 {
  let s0 = i32x4.splat(0);
  let s1 = i32x4.splat(0);
  let s2 = i32x4.splat(0);
  let s3 = i32x4.splat(0);
  for (let i: usize = 0; i < width; i += 16) {
    const x = v128.load(a + i);
    s0 = addDifferences(s0, x, v128.load(b0 + i));
    s1 = addDifferences(s1, x, v128.load(b1 + i));
    s2 = addDifferences(s2, x, v128.load(b2 + i));
    s3 = addDifferences(s3, x, v128.load(b3 + i));
  }
  return laneSums(s0, s1, s2, s3);
}

/** The sums of |a - b| of bytes, in pairs. */
function codeDifferences(a: v128, b: v128): v128 {
  return i16x8.extadd_pairwise_i8x16_u(i8x16.sub(i8x16.max_u(a, b), i8x16.min_u(a, b)));
}

/** The sums of |a - b| over the bytes of one row and four others. */
function fourCodeDistances(a: usize, b0: usize, b1: usize, b2: usize, b3: usize, width: usize): v128 {
  let s0 = i32x4.splat(0);
  let s1 = i32x4.splat(0);
  let s2 = i32x4.splat(0);
  let s3 = i32x4.splat(0);
  let i: usize = 0;
  while (i < width) {
    const end = min(i + mostPairs * 16, width);
    let p0 = i16x8.splat(0);
    let p1 = i16x8.splat(0);
    let p2 = i16x8.splat(0);
    let p3 = i16x8.splat(0);
    for (; i < end; i += 16) {
      const x = v128.load(a + i);
      p0 = i16x8.add(p0, codeDifferences(x, v128.load(b0 + i)));
      p1 = i16x8.add(p1, codeDifferences(x, v128.load(b1 + i)));
      p2 = i16x8.add(p2, codeDifferences(x, v128.load(b2 + i)));
      p3 = i16x8.add(p3, codeDifferences(x, v128.load(b3 + i)));
    }
    s0 = i32x4.add(s0, i32x4.extadd_pairwise_i16x8_u(p0));
    s1 = i32x4.add(s1, i32x4.extadd_pairwise_i16x8_u(p1));
    s2 = i32x4.add(s2, i32x4.extadd_pairwise_i16x8_u(p2));
    s3 = i32x4.add(s3, i32x4.extadd_pairwise_i16x8_u(p3));
  }
  return laneSums(s0, s1, s2, s3);
}

/** Stores four numbers as f64. */
function storeFour(out: usize, four: v128): void {
  v128.store(out, f64x2.convert_low_i32x4_u(four));
  v128.store(out, f64x2.convert_low_i32x4_u(i32x4.shuffle(four, four, 2, 3, 0, 1)), 16);
}

/** The sum of |a - b| over bytes. @param width a multiple of 16 */
function codeDistance(a: usize, b: usize, width: usize): u32 {
  let sum = i32x4.splat(0);
  let i: usize = 0;
  while (i < width) {
    const end = min(i + mostPairs * 16, width);
    let part = i16x8.splat(0);
    for (; i < end; i += 16) part = i16x8.add(part, codeDifferences(v128.load(a + i), v128.load(b + i)));
    sum = i32x4.add(sum, i32x4.extadd_pairwise_i16x8_u(part));
  }
  return laneSum(sum);
}

/** The distance of sums, each channel times its weight; channels without weight are not looked at. */
function weightedSumDistance(a: usize, b: usize, width: usize, channels: u32, weights: usize): f64 {
  let sum: f64 = 0;
  for (let c: u32 = 0; c < channels; c++) {
    const weight = load<f64>(weights + (c << 3));
    const at = c * width;
    if (weight != 0) sum += weight * <f64>sumDistance(a + at, b + at, width);
  }
  return sum;
}

function weightedCodeDistance(a: usize, b: usize, width: usize, channels: u32, weights: usize): f64 {
  let sum: f64 = 0;
  for (let c: u32 = 0; c < channels; c++) {
    const weight = load<f64>(weights + (c << 3));
    const at = c * width;
    if (weight != 0) sum += weight * <f64>codeDistance(a + at, b + at, width);
  }
  return sum;
}

/** Writes the bounds of the rows of a chunk, and gives the smallest. */
function boundsOf(query: usize, start: usize, end: usize, width: usize, places: usize): f64 {
  let row = start;
  let out = places;
  let smallest = i32x4.splat(-1);
  for (; row + 3 * width < end; row += 4 * width) {
    const four = fourSumDistances(query, row, row + width, row + 2 * width, row + 3 * width, width);
    smallest = i32x4.min_u(smallest, four);
    storeFour(out, four);
    out += 32;
  }
  smallest = i32x4.min_u(smallest, i32x4.shuffle(smallest, smallest, 2, 3, 0, 1));
  let least = min(<u32>i32x4.extract_lane(smallest, 0), <u32>i32x4.extract_lane(smallest, 1));
  for (; row < end; row += width) {
    const sum = sumDistance(query, row, width);
    least = min(least, sum);
    store<f64>(out, <f64>sum);
    out += 8;
  }
  return <f64>least;
}

function weightedBoundsOf(
  query: usize,
  start: usize,
  end: usize,
  width: usize,
  places: usize,
  channels: u32,
  weights: usize,
): f64 {
  let least = Infinity;
  let out = places;
  for (let row = start; row < end; row += width * channels) {
    const sum = weightedSumDistance(query, row, width, channels, weights);
    least = min(least, sum);
    store<f64>(out, sum);
    out += 8;
  }
  return least;
}

/** Takes one chunk after the other and writes the first bounds of its rows, and the smallest of them, for every query. */
export function bounds(job: usize): void {
  const chunks = load<u32>(job + CHUNKS);
  const channels = load<u32>(job + CHANNELS);
  const weights: usize = load<u32>(job + WEIGHTS);
  const width: usize = load<u32>(job + GROUP_WIDTH);
  const queries = load<u32>(job + QUERIES);
  const whole = width * channels;
  for (let i = atomic.add<u32>(job + NEXT, 1); i < chunks; i = atomic.add<u32>(job + NEXT, 1)) {
    const chunk = load<u32>(job + TABLE) + i * CHUNK_SIZE;
    const start: usize = load<u32>(chunk);
    const end = start + load<u32>(chunk + CHUNK_ROWS) * whole;
    for (let q: u32 = 0; q < queries; q++) {
      const query: usize = load<u32>(job + QUERY) + q * load<u32>(job + QUERY_STRIDE);
      const out: usize = load<u32>(job + BOUNDS) + ((q * load<u32>(job + ROWS) + load<u32>(chunk + CHUNK_FIRST)) << 3);
      const least =
        weights == 0
          ? boundsOf(query, start, end, whole, out)
          : weightedBoundsOf(query, start, end, width, out, channels, weights);
      store<f64>(load<u32>(job + MINIMA) + ((q * chunks + i) << 3), least);
    }
  }
}

/** Writes which of a chunk's rows have bounds that are not above the threshold, and gives their number. */
function rowsBelow(bounds: usize, rows: u32, threshold: f64, out: usize): u32 {
  let count: u32 = 0;
  for (let r: u32 = 0; r < rows; r++) {
    store<u32>(out + (count << 2), r);
    // The bound of a row that is done with is NaN, which is below nothing.
    count += u32(load<f64>(bounds + (r << 3)) <= threshold);
  }
  return count;
}

/** Writes the second bounds of some rows, by their numbers in a chunk. */
function secondBounds(query: usize, start: usize, width: usize, numbers: usize, count: u32, out: usize): void {
  let i: u32 = 0;
  for (; i + 4 <= count; i += 4) {
    const at = numbers + (i << 2);
    const four = fourSumDistances(
      query,
      start + load<u32>(at) * width,
      start + load<u32>(at, 4) * width,
      start + load<u32>(at, 8) * width,
      start + load<u32>(at, 12) * width,
      width,
    );
    storeFour(out + (i << 3), four);
  }
  for (; i < count; i++) {
    store<f64>(out + (i << 3), <f64>sumDistance(query, start + load<u32>(numbers + (i << 2)) * width, width));
  }
}

/**
 * Takes one chunk after the other and keeps, for every query, the rows of which neither bound is above the threshold: their
 * number, their second bounds from the chunk's first place in BOUNDS on and the smallest, and which rows they are in LEFT.
 */
export function refine(job: usize): void {
  const chunks = load<u32>(job + CHUNKS);
  const channels = load<u32>(job + CHANNELS);
  const weights: usize = load<u32>(job + WEIGHTS);
  const width: usize = load<u32>(job + FEATURE_WIDTH);
  const before: usize = load<u32>(job + GROUP_WIDTH) * channels;
  const queries = load<u32>(job + QUERIES);
  const whole = width * channels;
  for (let i = atomic.add<u32>(job + NEXT, 1); i < chunks; i = atomic.add<u32>(job + NEXT, 1)) {
    const chunk = load<u32>(job + TABLE) + i * CHUNK_SIZE;
    const start: usize = load<u32>(chunk) + load<u32>(chunk + CHUNK_CAPACITY) * before;
    const first = load<u32>(chunk + CHUNK_FIRST);
    for (let q: u32 = 0; q < queries; q++) {
      const query: usize = load<u32>(job + QUERY) + q * load<u32>(job + QUERY_STRIDE) + before;
      const threshold = load<f64>(load<u32>(job + THRESHOLDS) + (q << 3));
      const smallest: usize = load<u32>(job + MINIMA) + ((q * chunks + i) << 3);
      const place = q * load<u32>(job + ROWS) + first;
      const bounds: usize = load<u32>(job + BOUNDS) + (place << 3);
      const left: usize = load<u32>(job + LEFT) + (place << 2);
      let count: u32 = 0;
      let least = Infinity;
      if (load<f64>(smallest) <= threshold) {
        const below = rowsBelow(bounds, load<u32>(chunk + CHUNK_ROWS), threshold, left);
        if (weights == 0) secondBounds(query, start, whole, left, below, bounds);
        for (let j: u32 = 0; j < below; j++) {
          const r = load<u32>(left + (j << 2));
          const bound =
            weights == 0
              ? load<f64>(bounds + (j << 3))
              : weightedSumDistance(query, start + r * whole, width, channels, weights);
          if (bound > threshold) continue;
          store<f64>(bounds + (count << 3), bound);
          store<u32>(left + (count << 2), first + r);
          least = min(least, bound);
          count++;
        }
      }
      store<f64>(smallest, least);
      store<u32>(load<u32>(job + COUNTS) + ((q * chunks + i) << 2), count);
    }
  }
}

/** Takes one chunk after the other and writes the distances of its rows, for every query, where bounds would be. */
export function distances(job: usize): void {
  const chunks = load<u32>(job + CHUNKS);
  const channels = load<u32>(job + CHANNELS);
  const whole = load<u32>(job + CODE_WIDTH) * channels;
  const before = (load<u32>(job + GROUP_WIDTH) + load<u32>(job + FEATURE_WIDTH)) * channels;
  const queries = load<u32>(job + QUERIES);
  for (let i = atomic.add<u32>(job + NEXT, 1); i < chunks; i = atomic.add<u32>(job + NEXT, 1)) {
    const chunk = load<u32>(job + TABLE) + i * CHUNK_SIZE;
    const start: usize = load<u32>(chunk) + load<u32>(chunk + CHUNK_CAPACITY) * before;
    const rows = load<u32>(chunk + CHUNK_ROWS);
    for (let q: u32 = 0; q < queries; q++) {
      const out: usize = load<u32>(job + BOUNDS) + ((q * load<u32>(job + ROWS) + load<u32>(chunk + CHUNK_FIRST)) << 3);
      for (let r: u32 = 0; r < rows; r++) store<f64>(out + (r << 3), distance(job, q, start + r * whole));
    }
  }
}

/** The distance of the q-th query and the codes of a row. */
function distance(job: usize, q: u32, row: usize): f64 {
  const channels = load<u32>(job + CHANNELS);
  const weights: usize = load<u32>(job + WEIGHTS);
  const width: usize = load<u32>(job + CODE_WIDTH);
  const query = codesOfQuery(job, q);
  return weights == 0
    ? <f64>codeDistance(query, row, width * channels)
    : weightedCodeDistance(query, row, width, channels, weights);
}

function codesOfQuery(job: usize, q: u32): usize {
  const before = (load<u32>(job + GROUP_WIDTH) + load<u32>(job + FEATURE_WIDTH)) * load<u32>(job + CHANNELS);
  return load<u32>(job + QUERY) + q * load<u32>(job + QUERY_STRIDE) + before;
}

/** Writes the distances of the q-th query and some rows, by the addresses of their codes. */
export function measure(job: usize, q: u32, rows: usize, count: u32, out: usize): void {
  let i: u32 = 0;
  if (load<u32>(job + WEIGHTS) == 0) {
    const query = codesOfQuery(job, q);
    const width: usize = load<u32>(job + CODE_WIDTH) * load<u32>(job + CHANNELS);
    for (; i + 4 <= count; i += 4) {
      const at = rows + (i << 2);
      const four = fourCodeDistances(
        query,
        load<u32>(at),
        load<u32>(at, 4),
        load<u32>(at, 8),
        load<u32>(at, 12),
        width,
      );
      storeFour(out + (i << 3), four);
    }
  }
  for (; i < count; i++) store<f64>(out + (i << 3), distance(job, q, load<u32>(rows + (i << 2))));
}

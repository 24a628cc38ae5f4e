/**
 * Sorts the four lanes of a row of vectors of float32, each ascending, at once: Batcher's odd-even merging, which
 * compares the same places whatever the values (Knuth 1998, "The Art of Computer Programming", volume 3, algorithm
 * 5.2.2 M). NaN is not allowed.
 *
 * @param at where the first vector is
 * @param count how many vectors, any number
 */
export function sortLanes(at: usize, count: i32): void {
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

/** Puts the smaller of each pair of vectors first. */
function order(at: usize, apart: usize, count: i32): void {
  for (const end = at + ((<usize>count) << 4); at < end; at += 16) {
    const a = v128.load(at);
    const b = v128.load(at + apart);
    v128.store(at, f32x4.min(a, b));
    v128.store(at + apart, f32x4.max(a, b));
  }
}

/** The sum of |a - b| over bytes; reads 16 at a time. @param length a multiple of 16 */
export function absoluteDifferences(a: usize, b: usize, length: usize): u32 {
  let sum = i32x4.splat(0);
  const end = a + length;
  while (a < end) {
    const x = v128.load(a);
    const y = v128.load(b);
    const difference = v128.or(i8x16.sub_sat_u(x, y), i8x16.sub_sat_u(y, x));
    sum = i32x4.add(sum, i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(difference)));
    a += 16;
    b += 16;
  }
  return (
    i32x4.extract_lane(sum, 0) + i32x4.extract_lane(sum, 1) + i32x4.extract_lane(sum, 2) + i32x4.extract_lane(sum, 3)
  );
}

/**
 * What many sequences were embedded as alike: more than `width` of them. The nearest of each are those of its copies whose
 * keys come first, so that nobody needs to search, which among very many equal ones takes long.
 *
 * @param marks what each sequence was embedded as
 * @param isBefore whether the key of one sequence comes before that of another
 * @returns by mark the `width` + 1 copies whose keys come first, in this order
 */
export function manyCopies(
  marks: BigUint64Array,
  width: number,
  isBefore: (a: number, b: number) => boolean,
): ReadonlyMap<bigint, readonly number[]> {
  const sorted = marks.slice().sort();
  const copies = new Map<bigint, number[]>();
  for (let i = width; i < sorted.length; i++) if (sorted[i] === sorted[i - width]) copies.set(sorted[i]!, []);
  if (copies.size === 0) return copies;
  marks.forEach((mark, row) => copies.get(mark)?.push(row));
  for (const [mark, rows] of copies) {
    copies.set(mark, rows.sort((a, b) => (isBefore(a, b) ? -1 : 1)).slice(0, width + 1));
  }
  return copies;
}

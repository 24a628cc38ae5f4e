/** Milliseconds between two frames beyond which they are late, and up to which there is room for more. */
const late = 24;
const easy = 18;

/** So many points are always drawn. */
const fewest = 2000;

/**
 * How many points are drawn in the next frame of a movement, so that none comes late: fewer after a late frame, more
 * while there is room.
 * @param drawn points of the frame before
 * @param took milliseconds between the last two frames
 */
export function nextCount(drawn: number, took: number, all: number): number {
  if (took > late) return Math.max(Math.min(fewest, all), Math.floor((drawn * easy) / took));
  return took <= easy ? Math.min(all, Math.ceil(drawn * 1.05)) : drawn;
}

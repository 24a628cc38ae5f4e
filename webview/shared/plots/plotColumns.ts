/** Pixel columns for a canvas of `width` CSS pixels: at most two a CSS pixel, and no more than the host allows. */
export function columnsFor(width: number, pixelRatio: number): number {
  return Math.max(1, Math.min(4096, Math.round(width * Math.min(2, Math.max(1, pixelRatio)))));
}

/** Whether a plot in `asked` columns would look coarse, or be much too fine, when it is shown in `columns`. */
export function needsOther(asked: number, columns: number): boolean {
  if (columns <= 1) return false;
  return asked === 0 || columns > asked * 1.3 || columns < asked / 2;
}

import { decode } from 'fast-png';

/** How many pixels of a picture have a colour: text and lines are grey. */
export function colouredPixels(png: Uint8Array): number {
  const { data, channels } = decode(png);
  let count = 0;
  for (let at = 0; at + 2 < data.length; at += channels) {
    const pixel = [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
    if (Math.max(...pixel) - Math.min(...pixel) > 60) count += 1;
  }
  return count;
}

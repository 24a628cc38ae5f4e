import { interpolateMagma } from 'd3-scale-chromatic';

/** 256 colours in rising strength, each as red, green and blue. */
export type ColourMap = Uint8ClampedArray;

/**
 * A map whose lightness changes evenly, from the colour nearest to the page's background on.
 * @param isDark whether the background is dark
 */
export function colourMap(isDark: boolean): ColourMap {
  const map = new Uint8ClampedArray(3 * 256);
  for (let i = 0; i < 256; i++) {
    const share = i / 255;
    // The library writes its colours as #rrggbb.
    const colour = Number.parseInt(interpolateMagma(isDark ? share : 1 - share).slice(1), 16);
    map.set([colour >> 16, (colour >> 8) & 255, colour & 255], 3 * i);
  }
  return map;
}

/** Whether a colour, as `rgb(...)`, is nearer to black than to white, as the eye sees it (ITU-R BT.601). */
export function isDark(css: string): boolean {
  const [red = 255, green = 255, blue = 255] = (css.match(/[\d.]+/g) ?? []).map(Number);
  return 0.299 * red + 0.587 * green + 0.114 * blue < 128;
}

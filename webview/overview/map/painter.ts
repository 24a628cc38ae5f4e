import type { Size, View } from './view';

/** How points look. */
export interface Look {
  /** Of a point, in pixels. */
  readonly radius: number;
  /** How many of the points are drawn, from the first. */
  readonly count: number;
  /** Around points that are selected: red, green and blue from 0 to 255. */
  readonly ring: readonly [number, number, number];
}

/** What is drawn: for each point its place, its colour (red, green, blue, alpha) and whether it is selected. */
export interface Drawn {
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly colours: Uint8Array;
  readonly marks: Uint8Array;
}

/** Draws points on a canvas. */
export interface Painter {
  /** Takes up what is drawn from now on. */
  take(drawn: Drawn): void;
  /** @param ratio pixels of the device for each of the page */
  draw(view: View, size: Size, ratio: number, look: Look): void;
}

import { decode } from 'fast-png';
import { encode } from 'modern-gif';
import type { Page } from 'playwright-core';

/** An animated picture of a window, taken still by still. */
export class Film {
  private readonly stills: { readonly data: Uint8Array; readonly delay: number }[] = [];
  private size = { width: 0, height: 0 };

  constructor(private readonly page: Page) {}

  /** Adds what the window shows now. @param delay how long it is seen, in milliseconds */
  async still(delay: number): Promise<void> {
    const { width, height, data, channels } = decode(await this.page.screenshot({ animations: 'disabled' }));
    this.size = { width, height };
    this.stills.push({ data: opaque(Uint8Array.from(data), channels), delay });
  }

  /** The picture as a GIF that begins again when it is over. */
  async gif(): Promise<Uint8Array> {
    const frames = this.stills.map(({ data, delay }) => ({ data: Uint8ClampedArray.from(data), delay }));
    return new Uint8Array(await encode({ ...this.size, frames, maxColors: 128, looped: true }));
  }
}

/** Pixels of three or four bytes as pixels of four. */
function opaque(data: Uint8Array, channels: number): Uint8Array {
  if (channels === 4) return data;
  const pixels = data.length / channels;
  const out = new Uint8Array(4 * pixels).fill(255);
  for (let i = 0; i < pixels; i++) out.set(data.subarray(channels * i, channels * i + 3), 4 * i);
  return out;
}

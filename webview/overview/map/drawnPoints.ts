import { unknown, type Colouring } from './colouring';
import type { Rgb } from './mapTheme';
import type { Drawn } from './painter';

/** Of a point, from 0 to 255: what lies below others shows through. */
const opacity = 225;

/** What is drawn of points, in an order in which any number of the first ones is a fair sample of all. */
export class DrawnPoints {
  private order = new Uint32Array();
  private x: Float32Array = new Float32Array();
  private y: Float32Array = new Float32Array();
  private colours = new Uint8Array();
  private marks = new Uint8Array();

  get drawn(): Drawn {
    const { x, y, colours, marks } = this;
    return { x, y, colours, marks };
  }

  place(x: readonly number[], y: readonly number[]): void {
    if (this.order.length !== x.length) this.order = shuffled(x.length);
    this.x = Float32Array.from(this.order, (i) => x[i] ?? 0);
    this.y = Float32Array.from(this.order, (i) => y[i] ?? 0);
  }

  /** @param tints a colour for each entry of the colouring */
  colour({ of }: Colouring, tints: readonly Rgb[], other: Rgb, isShown: (i: number) => boolean): void {
    const colours = new Uint8Array(4 * this.order.length);
    this.order.forEach((i, at) => {
      colours.set(tints[of[i] ?? unknown] ?? other, 4 * at);
      colours[4 * at + 3] = isShown(i) ? opacity : 0;
    });
    this.colours = colours;
  }

  mark(selected: ReadonlySet<number>): void {
    this.marks = Uint8Array.from(this.order, (i) => (selected.has(i) ? 1 : 0));
  }
}

/** The numbers below `count` in an order that looks random and is always the same (Fisher and Yates). */
export function shuffled(count: number): Uint32Array<ArrayBuffer> {
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  let state = 0x9e3779b9;
  for (let i = count - 1; i > 0; i--) {
    // xorshift (Marsaglia 2003).
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    const j = (state >>> 0) % (i + 1);
    const kept = order[i] ?? 0;
    order[i] = order[j] ?? 0;
    order[j] = kept;
  }
  return order;
}

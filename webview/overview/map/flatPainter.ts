import type { Drawn, Look, Painter } from './painter';
import { toScreen, type Size, type View } from './view';

/** So many points are drawn round; more are drawn as squares, which takes a fraction of the time. */
const mostRound = 5000;

/** Draws points where there is no WebGL. */
export class FlatPainter implements Painter {
  private drawn: Drawn = {
    ...{ x: new Float32Array(), y: new Float32Array() },
    ...{ colours: new Uint8Array(), marks: new Uint8Array() },
  };

  constructor(private readonly context: CanvasRenderingContext2D) {}

  take(drawn: Drawn): void {
    this.drawn = drawn;
  }

  draw(view: View, size: Size, ratio: number, { radius, ring, count }: Look): void {
    const { context } = this;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, size.width, size.height);
    for (const [colour, points] of this.byColour(count, false)) this.fill(points, colour, view, size, radius);
    for (const [colour, points] of this.byColour(count, true)) {
      this.fill(points, `rgb(${ring.join(' ')})`, view, size, radius * 1.5);
      this.fill(points, colour, view, size, radius);
    }
  }

  private byColour(count: number, marked: boolean): ReadonlyMap<string, readonly number[]> {
    const { colours, marks, x } = this.drawn;
    const words = new Uint32Array(colours.buffer, colours.byteOffset, x.length);
    const groups = new Map<number, number[]>();
    for (let i = 0; i < Math.min(count, x.length); i++) {
      if ((colours[4 * i + 3] ?? 0) === 0 || (marks[i] === 1) !== marked) continue;
      const word = words[i] ?? 0;
      const group = groups.get(word);
      if (group === undefined) groups.set(word, [i]);
      else group.push(i);
    }
    const entries = [...groups.values()].map((points): [string, number[]] => {
      const at = 4 * (points[0] ?? 0);
      const [red = 0, green = 0, blue = 0, alpha = 0] = colours.subarray(at, at + 4);
      return [`rgb(${red} ${green} ${blue} / ${alpha / 255})`, points];
    });
    return new Map(entries);
  }

  private fill(points: readonly number[], colour: string, view: View, size: Size, radius: number): void {
    const { context, drawn } = this;
    context.fillStyle = colour;
    const isRound = drawn.x.length <= mostRound;
    for (const i of points) {
      const { x, y } = toScreen(view, size, { x: drawn.x[i] ?? 0, y: drawn.y[i] ?? 0 });
      if (x < -radius || y < -radius || x > size.width + radius || y > size.height + radius) continue;
      if (isRound) {
        context.beginPath();
        context.arc(x, y, radius, 0, 2 * Math.PI);
        context.fill();
      } else context.fillRect(x - radius, y - radius, 2 * radius, 2 * radius);
    }
  }
}

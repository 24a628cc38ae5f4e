import { element } from '../../shared/dom';
import { DrawnPoints } from './drawnPoints';
import { FlatPainter } from './flatPainter';
import type { Drawn, Look, Painter } from './painter';
import { ShaderPainter } from './shaderPainter';
import type { Size, View } from './view';

const nothing = new DrawnPoints().drawn;

/**
 * The canvases of a map: points by WebGL, or without it where there is none or while it is lost, and above them one for
 * what is written and drawn around points.
 */
export class Canvases {
  readonly node: HTMLElement;
  private readonly shaded = element('canvas', { class: 'map-points' });
  private readonly flat = element('canvas', { class: 'map-points' });
  private readonly above = element('canvas', { class: 'map-above' });
  private readonly writing: CanvasRenderingContext2D | null;
  private readonly flatPainter: FlatPainter | null;
  private shader: ShaderPainter | null = null;
  private drawn: Drawn = nothing;

  /** @param changed called when everything must be drawn again */
  constructor(changed: () => void) {
    this.node = element('div', { class: 'map-canvases', 'aria-hidden': 'true' }, this.shaded, this.flat, this.above);
    this.writing = this.above.getContext('2d');
    const context = this.flat.getContext('2d');
    this.flatPainter = context === null ? null : new FlatPainter(context);
    this.begin();
    this.shaded.addEventListener('webglcontextlost', (event) => {
      // Without this the browser never gives it back.
      event.preventDefault();
      this.shader = null;
      this.choose();
      changed();
    });
    this.shaded.addEventListener('webglcontextrestored', () => {
      this.begin();
      changed();
    });
  }

  take(drawn: Drawn): void {
    this.drawn = drawn;
    this.painter?.take(drawn);
  }

  draw(view: View, size: Size, look: Look): void {
    const ratio = Math.max(1, window.devicePixelRatio);
    fit(this.shader === null ? this.flat : this.shaded, size, ratio);
    this.painter?.draw(view, size, ratio, look);
  }

  /** Hands out the canvas above the points, empty. */
  write(size: Size, write: (context: CanvasRenderingContext2D) => void): void {
    if (this.writing === null) return;
    const ratio = Math.max(1, window.devicePixelRatio);
    fit(this.above, size, ratio);
    this.writing.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.writing.clearRect(0, 0, size.width, size.height);
    write(this.writing);
  }

  private get painter(): Painter | null {
    return this.shader ?? this.flatPainter;
  }

  private begin(): void {
    const gl = this.shaded.getContext('webgl', { alpha: true, antialias: false, depth: false });
    this.shader = gl === null || gl.isContextLost() ? null : ShaderPainter.on(gl);
    this.choose();
  }

  private choose(): void {
    this.shaded.hidden = this.shader === null;
    this.flat.hidden = this.shader !== null;
    this.node.dataset['drawn'] = this.shader === null ? 'canvas' : 'webgl';
    this.painter?.take(this.drawn);
  }
}

function fit(canvas: HTMLCanvasElement, { width, height }: Size, ratio: number): void {
  const [across, down] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== across) canvas.width = across;
  if (canvas.height !== down) canvas.height = down;
}

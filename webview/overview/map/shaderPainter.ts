import {
  createBufferInfoFromArrays,
  createProgramInfo,
  drawBufferInfo,
  setAttribInfoBufferFromArray,
  setBuffersAndAttributes,
  setUniforms,
  type BufferInfo,
  type ProgramInfo,
} from 'twgl.js';
import type { Drawn, Look, Painter } from './painter';
import type { Size, View } from './view';

const vertexShader = `
attribute vec2 place;
attribute vec4 colour;
attribute float mark;
uniform vec2 centre;
uniform vec2 scale;
uniform mediump float size;
uniform float pass;
varying vec4 tint;
varying float marked;
void main() {
  bool hidden = colour.a == 0.0 || mark != pass;
  gl_Position = hidden ? vec4(2.0, 2.0, 2.0, 1.0) : vec4((place - centre) * scale, 0.0, 1.0);
  gl_PointSize = size * (1.0 + 0.5 * mark);
  tint = colour;
  marked = mark;
}`;

const fragmentShader = `
precision mediump float;
uniform float size;
uniform vec3 ring;
varying vec4 tint;
varying float marked;
void main() {
  float radius = length(gl_PointCoord - 0.5) * 2.0;
  float soft = 2.0 / size;
  float cover = 1.0 - smoothstep(1.0 - soft, 1.0, radius);
  float outer = marked * smoothstep(0.62 - soft, 0.62, radius);
  vec4 fill = mix(tint, vec4(ring, 1.0), outer);
  gl_FragColor = vec4(fill.rgb * fill.a, fill.a) * cover;
}`;

/** Draws points by the graphics card. */
export class ShaderPainter implements Painter {
  private buffers: BufferInfo | null = null;
  private places: Drawn['x'] | null = null;
  private held = 0;
  private hasMarks = false;

  private constructor(
    private readonly gl: WebGLRenderingContext,
    private readonly program: ProgramInfo,
  ) {}

  /** `null` where the card, or what stands for one, cannot do it. */
  static on(gl: WebGLRenderingContext): ShaderPainter | null {
    // The declarations of the library leave out that there may be no program.
    const program = createProgramInfo(gl, [vertexShader, fragmentShader]) as ProgramInfo | null;
    return program === null ? null : new ShaderPainter(gl, program);
  }

  take({ x, y, colours, marks }: Drawn): void {
    if (x.length === 0) {
      this.buffers = null;
      this.places = null;
      return;
    }
    const place = x === this.places ? null : interleaved(x, y);
    if (this.buffers === null || this.held !== x.length) {
      this.buffers = createBufferInfoFromArrays(this.gl, {
        place: { numComponents: 2, data: place ?? interleaved(x, y), drawType: this.gl.DYNAMIC_DRAW },
        colour: { numComponents: 4, data: colours, normalize: true, drawType: this.gl.DYNAMIC_DRAW },
        mark: { numComponents: 1, data: marks, normalize: false, drawType: this.gl.DYNAMIC_DRAW },
      });
    } else {
      const { place: places, colour, mark } = this.buffers.attribs ?? {};
      if (place !== null && places !== undefined) setAttribInfoBufferFromArray(this.gl, places, place);
      if (colour !== undefined) setAttribInfoBufferFromArray(this.gl, colour, colours);
      if (mark !== undefined) setAttribInfoBufferFromArray(this.gl, mark, marks);
    }
    [this.places, this.held, this.hasMarks] = [x, x.length, marks.includes(1)];
  }

  draw(view: View, { width, height }: Size, ratio: number, { radius, ring, count }: Look): void {
    const { gl, program, buffers } = this;
    gl.viewport(0, 0, gl.drawingBufferWidth, gl.drawingBufferHeight);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT);
    if (buffers === null) return;
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    gl.useProgram(program.program);
    setBuffersAndAttributes(gl, program, buffers);
    const shared = {
      centre: [view.x, view.y],
      scale: [(2 * view.scale) / width, (2 * view.scale) / height],
      size: 2 * radius * ratio,
      ring: ring.map((value) => value / 255),
    };
    // Those that are selected lie over the others.
    for (const pass of this.hasMarks ? [0, 1] : [0]) {
      setUniforms(program, { ...shared, pass });
      drawBufferInfo(gl, buffers, gl.POINTS, Math.min(count, this.held));
    }
  }
}

function interleaved(x: Float32Array, y: Float32Array): Float32Array {
  const places = new Float32Array(2 * x.length);
  x.forEach((each, i) => {
    places[2 * i] = each;
    places[2 * i + 1] = y[i] ?? 0;
  });
  return places;
}

import { describe, expect, it } from 'vitest';
import { randomOf } from '../../../../src/core/distributions/random';
import {
  handwriting,
  type HandwritingParameters,
  type Stroke,
} from '../../../../src/dev/sample/simulators/handwriting';

const stroke: Stroke = { onset: 0.1, length: 20, from: 0.6, to: 0.6, delay: -1.5, response: 0.25 };

function write(
  strokes: Stroke[],
  changes: Partial<HandwritingParameters> = {},
): [Float32Array, Float32Array, Float32Array] {
  const parameters = { strokes, slant: 0, pressure: 0.6, lightening: 0.5, noise: 0, rate: 1000, ...changes };
  return handwriting(parameters, randomOf(1, 'pen')) as [Float32Array, Float32Array, Float32Array];
}

describe('handwriting', () => {
  it('draws a straight stroke of the length and in the direction asked for', () => {
    const [x, y] = write([stroke]);
    // The pen stops two standard deviations after the median, when 97.7 % are written.
    expect(Math.hypot(x.at(-1)!, y.at(-1)!)).toBeCloseTo(0.977 * 20, 1);
    expect(Math.atan2(y.at(-1)!, x.at(-1)!)).toBeCloseTo(0.6, 4);
  });

  it('is fastest at the mode of the lognormal', () => {
    const [x, y] = write([stroke]);
    const speed = Array.from(x.subarray(1), (value, i) => Math.hypot(value - x[i]!, y[i + 1]! - y[i]!));
    const mode = 0.1 + Math.exp(stroke.delay - stroke.response ** 2);
    expect((speed.indexOf(Math.max(...speed)) + 1) / 1000).toBeCloseTo(mode, 2);
  });

  it('turns from one direction to the other', () => {
    const [x, y] = write([{ ...stroke, from: 0, to: Math.PI / 2 }]);
    const direction = (i: number): number => Math.atan2(y[i + 5]! - y[i]!, x[i + 5]! - x[i]!);
    expect(direction(180)).toBeLessThan(0.1);
    expect(direction(x.length - 10)).toBeGreaterThan(1.45);
  });

  it('leans a stroke that goes up by the slant', () => {
    const [x, y] = write([{ ...stroke, from: Math.PI / 2, to: Math.PI / 2 }], { slant: 0.5 });
    expect(x.at(-1)! / y.at(-1)!).toBeCloseTo(0.5, 4);
  });

  it('presses less when it is fast, and rises and falls at the ends', () => {
    const [x, y, pressure] = write([stroke]);
    const speed = Array.from(x.subarray(1), (value, i) => Math.hypot(value - x[i]!, y[i + 1]! - y[i]!));
    expect(pressure[speed.indexOf(Math.max(...speed))]).toBeCloseTo(0.3, 1);
    expect(pressure[80]).toBeCloseTo(0.6, 1);
    expect(pressure[0]).toBeLessThan(0.1);
    expect(pressure.at(-1)).toBeLessThan(0.1);
    expect(pressure.every((value) => value >= 0 && value <= 1)).toBe(true);
  });
});

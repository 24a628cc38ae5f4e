import { describe, expect, it } from 'vitest';
import { randomOf } from '../../../../src/core/distributions/random';
import { tone, type ToneParameters } from '../../../../src/dev/sample/simulators/tone';
import { amplitudeAt, peakFrequency } from './spectrum';

const rate = 16_000;

function play(changes: Partial<ToneParameters> = {}): Float32Array {
  const parameters: ToneParameters = {
    pitch: 400,
    partials: [1, 0.5, 0.25],
    resonances: [],
    vibratoRate: 6,
    vibratoDepth: 0,
    attack: 0.1,
    noise: 0,
    peak: 0.8,
    rate,
    duration: 1.5,
    ...changes,
  };
  return tone(parameters, randomOf(1, 'tone'))[0];
}

/** Hz, once per period: from the interpolated times of the upward zero crossings. */
function periods(values: Float32Array): { time: number; frequency: number }[] {
  const crossings: number[] = [];
  for (let i = 1; i < values.length; i++) {
    const [before, after] = [values[i - 1]!, values[i]!];
    if (before < 0 && after >= 0) crossings.push((i - after / (after - before)) / rate);
  }
  return crossings.slice(1).map((time, i) => ({ time, frequency: 1 / (time - crossings[i]!) }));
}

describe('tone', () => {
  it.each([196, 294.3, 440, 587])('has the pitch asked for (%f Hz)', (pitch) => {
    const found = peakFrequency(play({ pitch, duration: 0.5 }), rate, [150, 700, 1]);
    expect(Math.abs(found - pitch)).toBeLessThan(1.5);
  });

  it('has the partials asked for, and a peak as high as asked for', () => {
    const values = play();
    const fundamental = amplitudeAt(values, rate, 400);
    expect(amplitudeAt(values, rate, 800) / fundamental).toBeCloseTo(0.5, 3);
    expect(amplitudeAt(values, rate, 1200) / fundamental).toBeCloseTo(0.25, 3);
    expect(amplitudeAt(values, rate, 1600) / fundamental).toBeLessThan(0.001);
    expect(values.reduce((a, b) => Math.max(a, Math.abs(b)), 0)).toBeCloseTo(0.8, 5);
  });

  it('lets the pitch swing by the depth and at the rate of the vibrato', () => {
    const steady = periods(play({ partials: [1], vibratoDepth: 60 })).filter(({ time }) => time > 0.2 && time < 1.3);
    const cents = steady.map(({ frequency }) => 1200 * Math.log2(frequency / 400));
    expect(Math.max(...cents)).toBeGreaterThan(57);
    expect(Math.max(...cents)).toBeLessThan(62);
    expect(Math.min(...cents)).toBeLessThan(-57);
    expect(peakFrequency(cents, 400, [3, 10, 0.1])).toBeCloseTo(6, 0);
  });

  it('raises the partials on a resonance', () => {
    const values = play({ resonances: [{ frequency: 800, bandwidth: 100, gain: 3 }] });
    expect(amplitudeAt(values, rate, 800) / amplitudeAt(values, rate, 400)).toBeGreaterThan(1.9);
  });

  it('leaves out partials above half the sampling rate', () => {
    const values = play({ pitch: 3000, partials: [1, 1, 1], duration: 0.5 });
    expect(amplitudeAt(values, rate, rate - 9000)).toBeLessThan(0.001);
    expect(amplitudeAt(values, rate, 6000)).toBeGreaterThan(0.1);
  });
});

import { describe, expect, it } from 'vitest';
import { randomOf } from '../../../../src/core/distributions/random';
import { ecg, type EcgParameters, type Wave } from '../../../../src/dev/sample/simulators/ecg';
import { tachogram } from '../../../../src/dev/sample/simulators/tachogram';
import { amplitudeAt, meanOf, momentOf } from './spectrum';

const waves: Wave[] = [
  { angle: -Math.PI / 3, pull: 1.2, width: 0.25 },
  { angle: -Math.PI / 12, pull: -5, width: 0.1 },
  { angle: 0, pull: 30, width: 0.1 },
  { angle: Math.PI / 12, pull: -7.5, width: 0.1 },
  { angle: Math.PI / 2, pull: 0.75, width: 0.4 },
];

function parameters(heartRate: number, changes: Partial<EcgParameters> = {}): EcgParameters {
  return {
    rhythm: { heartRate, variability: 0.03, lowToHigh: 0.5, breathing: 0.25 },
    leads: [
      { waves, peakToPeak: 1.6 },
      { waves: waves.map((wave) => ({ ...wave, pull: -wave.pull })), peakToPeak: 1 },
    ],
    drift: 0.005,
    noise: 0.01,
    rate: 250,
    duration: 30,
    ...changes,
  };
}

/** Times in seconds of the local maxima above 60 % of the greatest value, at least 0.25 s apart. */
function rPeaks(lead: Float32Array, rate: number): number[] {
  const threshold = 0.6 * lead.reduce((a, b) => Math.max(a, b));
  const peaks: number[] = [];
  for (let i = 0; i < lead.length; i++) {
    if (lead[i]! < threshold) continue;
    const last = peaks.at(-1);
    if (last === undefined || i - last > 0.25 * rate) peaks.push(i);
    else if (lead[i]! > lead[last]!) peaks[peaks.length - 1] = i;
  }
  return peaks.map((peak) => peak / rate);
}

describe('electrocardiogram', () => {
  it.each([50, 62, 78, 96, 120])('beats at the heart rate (%i per minute)', (heartRate) => {
    const [lead] = ecg(parameters(heartRate), randomOf(1, `heart ${heartRate}`));
    const peaks = rPeaks(lead!, 250);
    const mean = (peaks.at(-1)! - peaks[0]!) / (peaks.length - 1);
    expect(Math.abs(mean / (60 / heartRate) - 1)).toBeLessThan(0.02);
    expect(peaks.length).toBeGreaterThan(heartRate / 2 - 3);
  });

  it('varies the intervals between beats as much as asked', () => {
    const rhythm = { heartRate: 70, variability: 0.05, lowToHigh: 1, breathing: 0.25 };
    const [lead] = ecg(parameters(70, { rhythm, duration: 200 }), randomOf(1, 'variable'));
    const peaks = rPeaks(lead!, 250);
    const intervals = peaks.slice(1).map((peak, i) => peak - peaks[i]!);
    expect(Math.sqrt(momentOf(intervals, 2))).toBeGreaterThan(0.035);
    expect(Math.sqrt(momentOf(intervals, 2))).toBeLessThan(0.065);
  });

  it('has the amplitude of each lead, and the isoelectric line at 0', () => {
    const leads = ecg(parameters(70, { noise: 0 }), randomOf(2, 'amplitude'));
    const ranges = leads.map((lead) => lead.reduce((a, b) => Math.max(a, b)) - lead.reduce((a, b) => Math.min(a, b)));
    expect(ranges[0]).toBeCloseTo(1.6, 5);
    expect(ranges[1]).toBeCloseTo(1, 5);
    expect(leads[0]!.toSorted()[leads[0]!.length >> 1]).toBeCloseTo(0, 6);
    expect(leads[0]!.reduce((a, b) => Math.max(a, b))).toBeGreaterThan(1);
    expect(leads[1]!.reduce((a, b) => Math.min(a, b))).toBeLessThan(-0.6);
  });

  it('gives each wave its place and its width', () => {
    const rhythm = { heartRate: 60, variability: 0, lowToHigh: 1, breathing: 0.25 };
    const pair: Wave[] = [
      { angle: -Math.PI / 3, pull: 4, width: 0.2 },
      { angle: 0, pull: 30, width: 0.1 },
    ];
    const leads = [{ waves: pair, peakToPeak: 1 }];
    const [lead] = ecg(parameters(60, { rhythm, leads, drift: 0, noise: 0, rate: 1000 }), randomOf(4, 'waves'));
    const r = Math.round(1000 * rPeaks(lead!, 1000)[2]!);
    const before = lead!.subarray(r - 300, r - 100);
    expect(before.indexOf(before.reduce((a, b) => Math.max(a, b))) - 300).toBeCloseTo(-1000 / 6, -1);
    const half = lead!.subarray(r - 60, r + 60).filter((value) => value > lead![r]! / 2).length;
    // A Gaussian's full width at half maximum is 2.355 standard deviations; the point runs 2 pi radians per second.
    expect(Math.abs(half / ((2.355 * 100) / (2 * Math.PI)) - 1)).toBeLessThan(0.08);
  });

  it('solves its equations: half the step gives the same curve', () => {
    const coarse = ecg(parameters(80, { noise: 0, duration: 8 }), randomOf(5, 'step'))[0]!;
    const fine = ecg(parameters(80, { noise: 0, duration: 8, rate: 1000 }), randomOf(5, 'step'))[0]!;
    // Sample i holds the state at the end of step i.
    const differences = coarse.map((value, i) => Math.abs(value - fine[4 * (i + 1) - 1]!));
    expect(differences.reduce((a, b) => Math.max(a, b))).toBeLessThan(0.02);
  });

  it('draws intervals with the mean, variance and bands of the spectrum', () => {
    const interval = tachogram({ heartRate: 60, variability: 0.04, lowToHigh: 4, breathing: 0.3 }, randomOf(6, 'rr'));
    const values = Array.from({ length: 4000 }, (_, i) => interval(i / 2));
    expect(meanOf(values)).toBeCloseTo(1, 2);
    expect(Math.abs(Math.sqrt(momentOf(values, 2)) / 0.04 - 1)).toBeLessThan(0.05);
    const power = (low: number): number =>
      Array.from({ length: 240 }, (_, i) => amplitudeAt(values, 2, low + i / 4000) ** 2).reduce((a, b) => a + b);
    expect(power(0.07) / power(0.27)).toBeGreaterThan(3.4);
    expect(power(0.07) / power(0.27)).toBeLessThan(4.6);
  });
});

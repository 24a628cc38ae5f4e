import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomOf, type Random } from '../../../../../src/core/distributions/random';
import { faultsOf as faultsBeside, usualVitals } from '../../../../../src/core/recordings/faults/faults';
import type { ChannelVitals } from '../../../../../src/core/recordings/faults/vitals';
import { runsOf } from '../../../../../src/core/recordings/faults/runs';
import { vitalsOf } from '../../../../../src/core/recordings/faults/vitals';
import { plantFault, plantedFaults, type PlantedFaultKind } from '../../../../../src/dev/defects/plantFaults';

const rate = 250;

const faultsOf = (own: readonly ChannelVitals[], others: readonly (readonly ChannelVitals[])[]) =>
  faultsBeside(own, usualVitals(others));

/** A slow wave with noise in one channel, a fast one at another level in the other. */
function recording(random: Random, steps: number): Float32Array[] {
  const [phase, pace] = [random.uniform(0, 6), random.uniform(0.9, 1.1)];
  return [
    Float32Array.from({ length: steps }, (_, i) => Math.sin(phase + (pace * i) / 40) + 0.05 * random.normal()),
    Float32Array.from({ length: steps }, (_, i) => 30 + 4 * Math.sin(phase + (pace * i) / 7) + 0.5 * random.normal()),
  ];
}

const folder = (random: Random) => Array.from({ length: 10 }, () => recording(random, 1500));

const told = {
  flat: 'flat',
  clipped: 'clipped',
  spikes: 'spikes',
  unit: 'unit',
  swapped: 'swapped',
  dropped: 'dropped',
  hum: 'hum',
  level: 'level',
  noise: 'noise',
} satisfies Record<PlantedFaultKind, string>;

describe('faultsOf', () => {
  it.each(plantedFaults)('tells %s beside recordings that are alike', (kind) => {
    fc.assert(
      fc.property(fc.nat(500), (seed) => {
        const random = randomOf(seed, 'faults');
        const others = folder(random).map((each) => vitalsOf(each, rate));
        const own = plantFault(kind, recording(random, 1500), rate, random);
        const found = faultsOf(vitalsOf(own, rate), others);
        expect(found.map((fault) => fault.kind)).toContain(told[kind]);
        expect(found.every(({ severity }) => severity >= 1 && Number.isFinite(severity))).toBe(true);
      }),
      { numRuns: 25 },
    );
  });

  it('tells next to nothing of recordings that are as usual', () => {
    let faults = 0;
    for (let seed = 0; seed < 60; seed++) {
      const random = randomOf(seed, 'usual');
      const others = folder(random).map((each) => vitalsOf(each, rate));
      faults += faultsOf(vitalsOf(recording(random, 1500), rate), others).length;
    }
    expect(faults).toBeLessThanOrEqual(2);
  });

  it('tells the amount', () => {
    const random = randomOf(1, 'amounts');
    const others = folder(random).map((each) => vitalsOf(each, rate));
    const [slow, fast] = recording(random, 1500) as [Float32Array, Float32Array];
    const first = (channels: Float32Array[]) => faultsOf(vitalsOf(channels, rate), others)[0];
    expect(first([slow.map((value) => value * 1000), fast])).toMatchObject({ kind: 'unit', channel: 0, amount: 1000 });
    expect(first([slow, fast.map((value) => value / 9.81)])?.amount).toBeCloseTo(1 / 9.81, 9);
    const half = slow.map((value, i) => (i < 750 ? 0.25 : value));
    expect(first([half, fast])?.amount).toBeCloseTo(0.5, 1);
    expect(first([slow.map((value, i) => value + Math.sin((2 * Math.PI * 60 * i) / rate)), fast])).toMatchObject({
      kind: 'hum',
      amount: 60,
    });
    expect(first([fast, slow])).toMatchObject({ kind: 'swapped', channel: 0, other: 1 });
  });

  it('bears constant and tiny recordings, and none to compare with', () => {
    const flat = vitalsOf([new Float32Array(50).fill(7)], rate);
    const one = vitalsOf([new Float32Array(1)], null);
    expect(faultsOf(flat, [])).toEqual([]);
    expect(faultsOf(flat, [flat, flat, flat])).toEqual([]);
    expect(faultsOf(one, [one])).toEqual([]);
    expect(faultsOf(flat, [one]).every(({ severity }) => Number.isFinite(severity))).toBe(true);
  });
});

describe('runsOf', () => {
  it('counts what one value after the other counts', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 30 }), (list) => {
        const values = Float32Array.from(list);
        const [lowest, highest] = [Math.min(...list), Math.max(...list)];
        const runs = list.join('').match(/(.)\1*/g)!;
        const longest = runs.reduce((most, run) => (run.length > most.length ? run : most), '');
        const isLimit = (run: string) => lowest < highest && [lowest, highest].includes(Number(run[0]));
        const limited = runs.filter(isLimit).join('').length - (isLimit(longest) ? longest.length : 0);
        const held = runs.filter((run) => !isLimit(run)).reduce((sum, run) => sum + run.length - 1, 0);
        const found = runsOf(values);
        expect(found.flat).toBeCloseTo(longest.length / list.length, 12);
        expect(found.limited).toBeCloseTo(limited / list.length, 12);
        expect(found.held).toBeCloseTo((held - (isLimit(longest) ? 0 : longest.length - 1)) / list.length, 12);
      }),
    );
  });
});

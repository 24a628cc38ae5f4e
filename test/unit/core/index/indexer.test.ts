import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { evenlySpaced, forEachConcurrently, Gate } from '../../../../src/core/index/pace';
import { hasDrifted, layoutScale, rawLevels } from '../../../../src/core/encoder/scales';
import { Coalescer, type Changes } from '../../../../src/core/index/watch';
import { quantileFunction } from '../../../../src/core/distributions/quantiles';
import { toBytes } from '../../../../src/core/distributions/bytes';
import { type SurveyedSequence } from '../../../../src/core/index/store/records';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kindred-indexer-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function surveyed(...channels: Float32Array[]): SurveyedSequence {
  const levels = new Float32Array(channels.flatMap((values) => [...quantileFunction(values, rawLevels)]));
  return {
    number: 0,
    name: null,
    label: null,
    rate: null,
    notes: [],
    doubts: [],
    steps: channels[0]!.length,
    channels: channels.map(() => ({ name: null, unit: null })),
    levels: toBytes(levels),
  };
}

const ramp = (from: number, to: number) => Float32Array.from({ length: 101 }, (_, i) => from + ((to - from) * i) / 100);

describe('the scale of a layout', () => {
  it('is the median and the interquartile range of all its sequences', () => {
    const [scale, other] = layoutScale([surveyed(ramp(0, 8), ramp(0, 1)), surveyed(ramp(0, 8), ramp(10, 11))]);
    expect(scale!.centre).toBeCloseTo(4, 0);
    expect(scale!.spread).toBeCloseTo(4 / 1.349, 0);
    expect(other!.spread).toBeCloseTo(10 / 1.349, 0);
  });

  it('is not moved by one sequence among many', () => {
    const many = Array.from({ length: 20 }, () => surveyed(ramp(-1, 1)));
    const [without] = layoutScale(many);
    const [withOutlier] = layoutScale([...many, surveyed(ramp(1e6, 2e6))]);
    expect(hasDrifted([without!], [withOutlier!])).toBe(false);
  });

  it('is positive whatever the values', () => {
    for (const channel of [new Float32Array(50), new Float32Array(50).fill(-7), ramp(-3e38, 3e38)]) {
      const [scale] = layoutScale([surveyed(channel)]);
      expect(scale!.spread).toBeGreaterThan(0);
      expect(Number.isFinite(scale!.spread)).toBe(true);
    }
    const mostlyZero = new Float32Array(100);
    mostlyZero.fill(50, 90);
    expect(layoutScale([surveyed(mostlyZero)])[0]!.spread).toBeGreaterThan(1);
  });

  it('drifts when a centre or a spread moves far', () => {
    const used = [{ centre: 0, spread: 1 }];
    expect(hasDrifted(used, [{ centre: 0.4, spread: 1.4 }])).toBe(false);
    expect(hasDrifted(used, [{ centre: 0.6, spread: 1 }])).toBe(true);
    expect(hasDrifted(used, [{ centre: 0, spread: 2 }])).toBe(true);
    expect(hasDrifted(used, [{ centre: 0, spread: 0.5 }])).toBe(true);
  });
});

describe('pace', () => {
  it('works on every item, no more than so many at once, and hands on the first error', async () => {
    let running = 0;
    let most = 0;
    const seen: number[] = [];
    await forEachConcurrently([1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
      most = Math.max(most, ++running);
      await new Promise(setImmediate);
      seen.push(item);
      running--;
    });
    expect(most).toBe(3);
    expect(seen.sort()).toEqual([1, 2, 3, 4, 5, 6, 7]);
    await expect(forEachConcurrently([1], 2, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  });

  it('chooses evenly and loses nothing', () => {
    const items = Array.from({ length: 10 }, (_, i) => i);
    expect(evenlySpaced(items, 10)).toEqual([items, []]);
    const [chosen, others] = evenlySpaced(items, 4);
    expect(chosen).toEqual([0, 2, 5, 7]);
    expect([...chosen, ...others].sort((a, b) => a - b)).toEqual(items);
  });

  it('waits at a closed gate until it opens or the work is cancelled', async () => {
    const gate = new Gate();
    const controller = new AbortController();
    gate.close();
    let passed = false;
    const waiting = gate.passed(controller.signal).then(() => (passed = true));
    await new Promise(setImmediate);
    expect(passed).toBe(false);
    gate.open();
    await waiting;
    gate.close();
    const cancelled = gate.passed(controller.signal);
    controller.abort(new Error('cancelled'));
    await expect(cancelled).rejects.toThrow('cancelled');
  });
});

describe('coalescing', () => {
  it('hands on the last thing that happened to each path, once it is quiet or patience is over', () => {
    vi.useFakeTimers();
    try {
      const handed: Changes[] = [];
      const coalescer = new Coalescer((changes) => handed.push(changes));
      coalescer.change('/a');
      coalescer.remove('/a');
      coalescer.remove('/b');
      coalescer.change('/b');
      vi.advanceTimersByTime(249);
      expect(handed).toEqual([]);
      vi.advanceTimersByTime(1);
      expect(handed).toEqual([{ changed: new Set(['/b']), removed: new Set(['/a']) }]);
      for (let i = 0; i < 100; i++) {
        coalescer.change(`/${i}`);
        vi.advanceTimersByTime(100);
      }
      expect(handed.length).toBeGreaterThan(5);
      coalescer.close();
    } finally {
      vi.useRealTimers();
    }
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cutInside,
  distanceFormat,
  formatDuration,
  formatLength,
  formatNumber,
  formatRate,
  formatShare,
  printable,
  splitPath,
} from '../../../../webview/shared/format';

describe('cutInside', () => {
  it('keeps both ends of a text that is too long, and others as they are', () => {
    expect(cutInside('participant-07-session-2-left', 12)).toBe('partic…-left');
    expect(cutInside('ab', 3)).toBe('ab');
    expect(cutInside('𝒶𝒷𝒸𝒹𝑒', 4)).toBe('𝒶𝒷…𝑒');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 3, max: 20 }), (text, most) => {
        const cut = cutInside(text, most);
        expect(Array.from(cut).length).toBe(Math.min(Array.from(text).length, most));
        expect(text.startsWith(cut.split('…', 1)[0] ?? '')).toBe(true);
      }),
    );
  });
});

describe('formatNumber', () => {
  it.each([
    [0, '0'],
    [1.21987, '1.22'],
    [-0.219, '−0.219'],
    [7.9, '7.9'],
    [12_345, '12,300'],
    [0.0001234, '0.000123'],
    [0.00000025, '2.5e−7'],
    [-3e9, '−3e9'],
    [1.5e12, '1.5e12'],
    [9_999_999.9, '10,000,000'],
    [Number.NaN, '–'],
    [-Infinity, '–'],
  ])('writes %d as %s', (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });

  it('stays within the rounding of three significant digits', () => {
    const readBack = (text: string): number => Number(text.replaceAll('−', '-').replaceAll(',', ''));
    fc.assert(
      fc.property(fc.double({ min: -1e15, max: 1e15, noNaN: true }), (value) => {
        expect(Math.abs(readBack(formatNumber(value)) - value)).toBeLessThanOrEqual(Math.abs(value) * 0.00501);
      }),
      { seed: 5, numRuns: 500 },
    );
  });
});

describe('formatDuration', () => {
  it.each([
    [0.00045, '0.45 ms'],
    [0.34, '340 ms'],
    [0.9999, '1 s'],
    [12.34, '12.3 s'],
    [59.96, '1 min'],
    [125.4, '2 min 5 s'],
    [3599.7, '1 h'],
    [3720, '1 h 2 min'],
    [86_399, '1 d'],
    [100 * 3600, '4 d 4 h'],
  ])('writes %d s as %s', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });
});

describe('formatLength', () => {
  it('tells the duration where the rate is known and the steps where it is not', () => {
    expect(formatLength(10_800, 360)).toBe('30 s');
    expect(formatLength(10_800, null)).toBe('10,800 steps');
    expect(formatLength(1, 0)).toBe('1 step');
  });
});

describe('small texts', () => {
  it('writes rates and shares', () => {
    expect([360, 44_100, 250e6, 1 / 60].map(formatRate)).toEqual(['360 Hz', '44.1 kHz', '250 MHz', '0.01667 Hz']);
    expect([0.38, 0.999, 1, 0.002].map(formatShare)).toEqual(['38 %', '99 %', '100 %', '<1 %']);
  });

  it('splits a path after its last slash', () => {
    expect(splitPath('a/b c/d.csv')).toEqual({ folder: 'a/b c/', name: 'd.csv' });
    expect(splitPath('d.csv')).toEqual({ folder: '', name: 'd.csv' });
  });
});

describe('distanceFormat', () => {
  it('gives every distance of a list the decimals that the nearest one needs', () => {
    const format = distanceFormat([0, 0.01234, 0.5]);
    expect([0, 0.01234, 0.5, 12].map(format)).toEqual(['0.0000', '0.0123', '0.5000', '12.0000']);
    expect([3.217, 12.34].map(distanceFormat([3.217, 12.34]))).toEqual(['3.22', '12.34']);
    expect([1234.5].map(distanceFormat([1234.5]))).toEqual(['1235']);
  });

  it('never writes a distance that is not 0 as 0', () => {
    expect(distanceFormat([1e-12])(1e-12)).toBe('<0.000001');
    fc.assert(
      fc.property(
        fc.double({ min: 1e-300, max: 1e6, noNaN: true }),
        fc.double({ min: 1e-300, max: 1e6, noNaN: true }),
        (a, b) => {
          const sorted = [a, b].sort((x, y) => x - y);
          expect(Number(distanceFormat(sorted)(sorted[0]!))).not.toBe(0);
        },
      ),
      { seed: 6, numRuns: 300 },
    );
  });
});

describe('printable', () => {
  it('makes control characters and bidirectional overrides visible', () => {
    expect(printable('a\nb\u0000c\u007f')).toBe('a␊b␀c␡');
    expect(printable('cod\u202efdp.csv')).toBe('cod\ufffdfdp.csv');
    expect(printable('\u2066x\u2069\u200b')).toBe('\ufffdx\ufffd\ufffd');
  });

  it('leaves ordinary text alone, markup and emoji included', () => {
    for (const text of ['<img src=x>', 'Gänse Øre 日本 עברית', '😀', '']) expect(printable(text)).toBe(text);
  });
});

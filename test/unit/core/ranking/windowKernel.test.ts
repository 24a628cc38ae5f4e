import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quantileFunction } from '../../../../src/core/distributions/quantiles';
import { valuesOf } from '../../../../src/core/encoder/blocks';
import { lanes, valuesInSheet, type FeatureBytes } from '../../../../src/core/encoder/featureBytes';
import type { Span } from '../../../../src/core/encoder/windows';
import type { ByteQuery, KeptSheet } from '../../../../src/core/ranking/byteQuery';
import { WindowKernel } from '../../../../src/core/ranking/windowKernel';

fc.configureGlobal({ seed: 20220108, numRuns: 150 });

const kernel = new WindowKernel();
const quarters = [0, 1, 2, 3].map((i) => ({ from: i / 4, to: (i + 1) / 4 }));

/** Two rates, one of them with a vector that is not full. */
const sheets: readonly KeptSheet[] = [
  { view: 0, features: [...Array(20).keys()], width: 2 * lanes, scale: 1 },
  { view: 0, features: [20, 21, 22], width: lanes, scale: 1 },
].map((sheet) => ({ ...sheet, levels: 6, parts: quarters, partLevels: 2, ratio: 2, partRatio: 1 }));
const strides = [4, 16];

/** Bytes of a recording and of a query; numbers lie around places that move from feature to feature. */
function made(steps: number, channels: number, random: () => number) {
  let offset = 0;
  const all = sheets.map(({ width }, s) => {
    const sheet = { per: strides[s]!, first: 0, count: Math.ceil(steps / strides[s]!), width, offset };
    offset += 2 * channels * sheet.count * width;
    return sheet;
  });
  const bytes = new SharedArrayBuffer(offset);
  const view = new Uint8Array(bytes);
  all.forEach(({ count, width, offset: at }, s) => {
    const filled = sheets[s]!.features.length;
    for (let i = 0; i < 2 * channels * count * width; i++) if (i % width < filled) view[at + i] = 256 * random();
  });
  const features: FeatureBytes = { part: { start: 0, end: steps }, channels, sheets: all, bytes };
  const some = (count: number) => Uint8Array.from({ length: count }, () => 256 * random());
  const perChannel = sheets.reduce((sum, { width }) => sum + width, 0);
  const query: ByteQuery = {
    thresholds: some(channels * perChannel),
    means: Float32Array.from({ length: channels * 6 * perChannel }, () => 128 * random()),
    codes: some(channels * 14 * perChannel),
  };
  return { features, query };
}

type Visit = (at: {
  uppers: number[];
  words: number[];
  sheet: KeptSheet;
  threshold: number;
  means: number[];
  codes: number[];
}) => void;

/** Hands out, feature by feature, the values in a window and what they are compared with. */
function visit({ features, query }: ReturnType<typeof made>, span: Span, take: Visit): void {
  const bytes = new Uint8Array(features.bytes);
  let before = 0;
  for (let c = 0; c < features.channels; c++) {
    sheets.forEach((sheet, s) => {
      const at = features.sheets[s]!;
      const { width, count, offset } = at;
      const { start, end } = valuesInSheet(at, span, features.part.end);
      for (let lane = 0; lane < width; lane++) {
        const places = Array.from({ length: end - start }, (_, i) => (c * count + start + i) * width + lane);
        const uppers = places.map((place) => bytes[offset + place]!);
        const lower = offset + features.channels * count * width;
        const words = places.map((place, i) => 256 * uppers[i]! + bytes[lower + place]!);
        const rows = <T>(of: ArrayLike<T>, n: number) =>
          Array.from({ length: n }, (_, row) => of[before * n + row * width + lane]!);
        const threshold = query.thresholds[before + lane]!;
        take({ uppers, words, sheet, threshold, means: rows(query.means, 6), codes: rows(query.codes, 14) });
      }
      before += width;
    });
  }
}

const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

const cases = fc
  .tuple(fc.integer({ min: 40, max: 400 }), fc.integer({ min: 1, max: 2 }), fc.integer({ min: 16, max: 120 }))
  .chain(([steps, channels, wanted]) => {
    const length = Math.min(wanted, steps);
    return fc.record({
      steps: fc.constant(steps),
      channels: fc.constant(channels),
      span: fc.nat(steps - length).map((start) => ({ start, end: start + length })),
      random: fc.infiniteStream(fc.double({ min: 0, max: 0.999999, noNaN: true })).map((stream) => {
        return () => stream.next().value as number;
      }),
    });
  });

describe('a window of features as bytes', () => {
  it('costs what its quantile functions differ by', () => {
    fc.assert(
      fc.property(cases, ({ steps, channels, span, random }) => {
        const both = made(steps, channels, random);
        let naive = 0;
        visit(both, span, ({ words, sheet, codes }) => {
          const blocks = [
            { from: 0, to: 1, levels: sheet.levels, ratio: sheet.ratio },
            ...quarters.map((part) => ({ ...part, levels: 2, ratio: 1 })),
          ];
          let row = 0;
          for (const { levels, ratio, ...part } of blocks) {
            const { start, end } = valuesOf(part, words.length);
            for (const quantile of quantileFunction(Float32Array.from(words.slice(start, end)), levels)) {
              const [byte = 0] = Uint8ClampedArray.of(ratio * (quantile / 256 - 128) + 128);
              naive += Math.abs(byte - codes[row++]!);
            }
          }
        });
        const cost = kernel.cost(sheets, both.query, both.features, span, steps);
        // What is next to a half may be rounded to either side.
        expect(Math.abs(cost - naive)).toBeLessThan(0.0005 * naive + 3);
      }),
    );
  });

  it('is estimated by means of what is below and above a threshold, and of its parts', () => {
    fc.assert(
      fc.property(cases, ({ steps, channels, span, random }) => {
        const both = made(steps, channels, random);
        let naive = 0;
        visit(both, span, ({ uppers, threshold, means }) => {
          const below = meanOf(uppers.map((value) => Math.min(value, threshold)));
          naive += 12 * (Math.abs(below - means[0]!) + Math.abs(meanOf(uppers) - below - means[1]!));
          quarters.forEach((part, p) => {
            const { start, end } = valuesOf(part, uppers.length);
            naive += 2 * Math.abs(meanOf(uppers.slice(start, end)) - means[2 + p]!);
          });
        });
        const [estimate] = kernel.estimates(sheets, both.query, both.features, { spans: [span], steps });
        expect(estimate! / naive).toBeCloseTo(1, 4);
      }),
    );
  });

  it('is never estimated to be farther than W_1 of the values, where the whole alone counts', () => {
    const whole = sheets.map((sheet) => ({ ...sheet, levels: 1, partLevels: 0, ratio: 1 }));
    fc.assert(
      fc.property(cases, ({ steps, channels, span, random }) => {
        const both = made(steps, channels, random);
        const other = { start: 0, end: span.end - span.start };
        const samples: number[][] = [];
        let at = 0;
        visit(both, other, ({ uppers, threshold, sheet }) => {
          const below = meanOf(uppers.map((value) => Math.min(value, threshold)));
          both.query.means[placeOf(at)] = below;
          both.query.means[placeOf(at) + sheet.width] = meanOf(uppers) - below;
          samples[at++] = uppers;
        });
        let naive = 0;
        at = 0;
        visit(both, span, ({ uppers }) => (naive += wasserstein(uppers, samples[at++]!)));
        const [estimate] = kernel.estimates(whole, both.query, both.features, { spans: [span], steps });
        expect(estimate!).toBeLessThanOrEqual(naive * 1.0001 + 0.001);
      }),
    );
  });
});

/** Where the first mean of a feature is, of all features of all channels, sheet after sheet. */
function placeOf(feature: number): number {
  const perChannel = sheets.reduce((sum, sheet) => sum + sheet.width, 0);
  const inChannel = feature % perChannel;
  const lane = inChannel < sheets[0]!.width ? inChannel : inChannel - sheets[0]!.width;
  return 6 * (feature - lane) + lane;
}

/** The integral of |F - G| of two samples of whole numbers below 256. */
function wasserstein(a: readonly number[], b: readonly number[]): number {
  const share = (values: readonly number[], most: number) =>
    values.filter((value) => value <= most).length / values.length;
  return Array.from({ length: 255 }, (_, most) => Math.abs(share(a, most) - share(b, most))).reduce((x, y) => x + y, 0);
}

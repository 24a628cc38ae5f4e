import * as fc from 'fast-check';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { quantileFunction } from '../../../../src/core/distributions/quantiles';
import { channelSize, featureBlocks } from '../../../../src/core/encoder/blocks';
import { codesOf } from '../../../../src/core/encoder/codes';
import { completed } from '../../../../src/core/encoder/completed';
import { readEncoder } from '../../../../src/core/encoder/description';
import { embed } from '../../../../src/core/encoder/embed';
import { channelFeatures } from '../../../../src/core/encoder/features';
import { loadEncoder, type EncoderSession } from '../../../../src/core/encoder/session';
import { forEachStretch, stretchForm } from '../../../../src/core/encoder/stretches';
import type { Sequence } from '../../../../src/core/recordings/sequence';
import { untrainedEncoder } from '../../../../src/dev/untrainedEncoder';

fc.configureGlobal({ seed: 20220102, numRuns: 12 });

const scale = { centre: 0.1, spread: 1.2 };
const never = new AbortController().signal;

function sequenceOf(steps: number, channels = 1): Sequence {
  const wave = (c: number) =>
    Float32Array.from({ length: steps }, (_, t) => Math.sin((0.05 + 0.02 * c) * t) + Math.sin(t * t * 1e-4));
  const all = Array.from({ length: channels }, (_, c) => ({ name: `${c}`, unit: null, values: wave(c) }));
  return { channels: all, rate: null, label: null, name: null, notes: [] };
}

async function stretches(session: EncoderSession, sequence: Sequence, spans: { start: number; end: number }[]) {
  const size = channelSize(stretchForm(session.description));
  const scales = sequence.channels.map(() => scale);
  const all = spans.map(() => new Uint8Array(scales.length * size));
  await forEachStretch(session, sequence, scales, spans, never, (codes, channel, stretch) => {
    all[stretch]!.set(codes, channel * size);
  });
  return all;
}

/** Encodes the whole, and takes of every feature the values whose middles lie in the stretch. */
async function naive(session: EncoderSession, sequence: Sequence, { start, end }: { start: number; end: number }) {
  const { description } = session;
  const form = stretchForm(description);
  const steps = sequence.channels[0]!.values.length;
  const views = [undefined, ...(description.views ?? [])];
  const slides = views.flatMap((view, v) => (view === undefined || 'every' in view ? [v] : []));
  const all: number[] = [];
  for (let channel = 0; channel < sequence.channels.length; channel++) {
    const series = await channelFeatures(session, sequence, channel, scale, 1e9, never);
    for (let f = 0; f < description.features; f++) {
      for (const block of featureBlocks(form)) {
        const { values, starts, stride } = series[slides[block.view]!]![f]!;
        const inside = [...values].filter((_, i) => {
          const middle = starts[i]! + stride / 2;
          return middle >= start && (middle < end || end === steps);
        });
        const from = Math.min(Math.floor(block.from * inside.length), inside.length - 1);
        const to = Math.max(Math.floor(block.to * inside.length), from + 1);
        const part = quantileFunction(Float32Array.from(inside.slice(from, to)), block.levels);
        for (const value of part) all.push(value * block.scale);
      }
    }
  }
  return codesOf(Float32Array.from(all), form);
}

let bundled: EncoderSession;
let viewing: EncoderSession;
let folder: string;

beforeAll(async () => {
  bundled = await loadEncoder(await completed(await readEncoder(resolve('models'))));
  folder = mkdtempSync(join(tmpdir(), 'kindred-stretches-'));
  const { model, description } = untrainedEncoder();
  const views = [
    { every: 4, weight: 0.5, levels: 3 },
    { steps: 64, weight: 0.25, levels: 2 },
  ];
  writeFileSync(join(folder, 'encoder.onnx'), model);
  writeFileSync(join(folder, 'encoder.json'), JSON.stringify({ ...description, bytes: undefined, views }));
  viewing = await loadEncoder(await completed(await readEncoder(folder)));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('a stretch of a recording', () => {
  it('that is the whole is embedded as the whole is', async () => {
    const sequence = sequenceOf(4500, 2);
    const whole = await embed(bundled, sequence, [scale, scale], 1e9);
    expect(await stretches(bundled, sequence, [{ start: 0, end: 4500 }])).toEqual([whole.values]);
  });

  it('has the features of the whole within it, however little else is encoded', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 100, max: 6000 }),
        fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 32, max: 900 })), {
          minLength: 1,
          maxLength: 4,
        }),
        async (steps, places) => {
          const sequence = sequenceOf(steps);
          const spans = places.map(([place, wanted]) => {
            const length = Math.min(wanted, steps);
            const start = Math.round(place * (steps - length));
            return { start, end: start + length };
          });
          const made = await stretches(bundled, sequence, spans);
          for (const [i, span] of spans.entries()) {
            const expected = await naive(bundled, sequence, span);
            expect(made[i]).toHaveLength(expected.length);
            // The model's sums are in another order for pieces of another length, which may move a rounding.
            const off = expected.filter((code, at) => code !== made[i]![at]);
            expect(off.length).toBeLessThan(0.01 * expected.length);
            expected.forEach((code, at) => {
              expect(Math.abs(code - made[i]![at]!)).toBeLessThanOrEqual(1);
            });
          }
        },
      ),
    );
  });

  it('is seen in the views that slide with the recording, and in no other', async () => {
    const sequence = sequenceOf(700);
    expect(stretchForm(viewing.description).views).toHaveLength(1);
    const span = { start: 203, end: 411 };
    const [made] = await stretches(viewing, sequence, [span]);
    const expected = await naive(viewing, sequence, span);
    expect(made).toHaveLength(expected.length);
    expected.forEach((code, at) => {
      expect(Math.abs(code - made![at]!)).toBeLessThanOrEqual(1);
    });
  });

  it('must be in the recording', async () => {
    for (const span of [
      { start: 90, end: 101 },
      { start: 50, end: 50 },
    ]) {
      await expect(stretches(bundled, sequenceOf(100), [span])).rejects.toThrow('there is no stretch');
    }
  });
});

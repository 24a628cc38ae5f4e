import * as fc from 'fast-check';
import { resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { byteScaleOf } from '../../../../src/core/encoder/codes';
import { completed } from '../../../../src/core/encoder/completed';
import { readEncoder } from '../../../../src/core/encoder/description';
import { featureBytesOf, sheetsOf, upper, valuesInSheet } from '../../../../src/core/encoder/featureBytes';
import { loadEncoder, type EncoderSession } from '../../../../src/core/encoder/session';
import { encodedChannels, type EncodedChannel } from '../../../../src/core/encoder/stretches';
import type { Span } from '../../../../src/core/encoder/windows';

fc.configureGlobal({ seed: 20220107, numRuns: 12 });

let session: EncoderSession;

beforeAll(async () => {
  session = await loadEncoder(await completed(await readEncoder(resolve('models'))));
});

async function encoded(steps: number, channels: number, span: Span): Promise<EncodedChannel[]> {
  const wave = (c: number) => Float32Array.from({ length: steps }, (_, t) => Math.sin((0.05 + 0.02 * c) * t) + t / 999);
  const all = Array.from({ length: channels }, (_, c) => ({ name: `${c}`, unit: null, values: wave(c) }));
  const sequence = { channels: all, rate: null, label: null, name: null, notes: [] };
  const scales = all.map(() => ({ centre: 0.1, spread: 1.2 }));
  const made: EncodedChannel[] = [];
  for await (const some of encodedChannels(session, sequence, scales, [span], undefined)) {
    for (const channel of some) made.push(channel);
  }
  return made;
}

describe('the features of a part of a recording as bytes', () => {
  it('are its features, of every window those whose middles lie in it', async () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 40, max: 1500 }), share, share, share, share, async (steps, ...shares) => {
        const within = ({ start, end }: Span, place: number, size: number): Span => {
          const length = Math.round(16 + size * (end - start - 16));
          const from = start + Math.round(place * (end - start - length));
          return { start: from, end: from + length };
        };
        const part = within({ start: 0, end: steps }, shares[0], shares[1]);
        const window = within(part, shares[2], shares[3]);
        const { description } = session;
        const channels = await encoded(steps, 2, part);
        const made = featureBytesOf(description, channels, part);
        const { step, centres } = byteScaleOf(description);
        const bytes = new Uint8Array(made.bytes);
        sheetsOf(description).forEach(({ view, features, scale }, s) => {
          const sheet = made.sheets[s]!;
          const { offset, count, width } = sheet;
          const { start, end } = valuesInSheet(sheet, window, steps);
          channels.forEach((channel, c) => {
            channel.visit(window, view, (values, feature) => {
              const lane = features.indexOf(feature);
              if (lane < 0) return;
              expect(end - start).toBe(values.length);
              values.forEach((value, i) => {
                const at = (c * count + start + i) * width + lane;
                const kept = upper * bytes[offset + at]! + bytes[offset + 2 * count * width + at]!;
                const exact = upper * (128 + (scale * (value - centres[feature]!)) / step);
                const near = Math.max(Math.min(exact, upper * upper - 1), 0);
                expect(Math.abs(kept - near)).toBeLessThanOrEqual(0.51);
              });
            });
          });
        });
      }),
    );
  });
});

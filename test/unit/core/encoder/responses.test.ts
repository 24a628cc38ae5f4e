import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Architecture } from '../../../../src/core/encoder/architecture';
import { readEncoder } from '../../../../src/core/encoder/description';
import { initialWeights } from '../../../../src/core/encoder/initialWeights';
import { measureResponses } from '../../../../src/core/encoder/responses';
import { loadEncoder } from '../../../../src/core/encoder/session';
import { encoderFile } from '../../../../src/core/training/trainer/encoderFile';

const kernel = 64;
const frequencies = [0.02, 0.04, 0.08, 0.12, 0.17, 0.24, 0.34, 0.42];

/** A bank of one filter for each frequency, of the recording standardised by itself, whose features are the log powers. */
function bankOf(tuned: readonly number[]) {
  const count = tuned.length;
  const level = { powers: true, startsPyramid: true, channels: count, kernel, stride: 4, blocks: 0, subsample: 4 };
  const architecture: Architecture = { inputs: 3, levels: [{ ...level, features: count }] };
  const weights = new Map(initialWeights(architecture, 1));
  const filters = new Float32Array(count * 3 * kernel);
  tuned.forEach((frequency, f) => {
    for (let k = 0; k < kernel; k++) {
      const taper = Math.sin((Math.PI * (k + 0.5)) / kernel);
      filters[f * 3 * kernel + k] = taper * Math.sin(2 * Math.PI * frequency * k);
    }
  });
  weights.set('level0.down.weight', filters);
  weights.set(
    'level0.head.weight',
    Float32Array.from({ length: count ** 2 }, (_, i) => (i % (count + 1) === 0 ? 1 : 0)),
  );
  return encoderFile(architecture, 6, weights, { name: 'bank', training: 'none' });
}

describe('the responses of features', () => {
  it('of a filter bank are the frequencies to which its filters are tuned, within half an octave', async () => {
    const responses = await measureResponses(await loadEncoder(bankOf(frequencies)));
    responses.forEach((response, f) => {
      expect(typeof response).toBe('number');
      expect(Math.abs(Math.log2(Number(response) / frequencies[f]!))).toBeLessThan(0.5);
    });
  });

  it('of the bundled encoder stand in its description, and are of all kinds', async () => {
    const file = await readEncoder(resolve('models'));
    const { responses = [] } = file.description;
    const measured = await measureResponses(await loadEncoder(file));
    // Processors round differently, which may decide between two answers that are as strong.
    expect(measured.filter((each, f) => each === responses[f]).length).toBeGreaterThan(0.97 * responses.length);
    expect(measured).toHaveLength(responses.length);
    expect(responses).toContain('level');
    expect(responses).toContain('shape');
    expect(responses.some((each) => typeof each === 'number' && each < 1 / 64)).toBe(true);
    expect(responses.filter((each) => typeof each === 'number' && each > 1 / 16).length).toBeGreaterThan(50);
  });
});

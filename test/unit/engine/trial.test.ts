import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tryEncoder } from '../../../src/engine/trial/tryEncoder';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kindred-trial-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function script(text: string): string {
  const path = join(folder, 'script.cjs');
  writeFileSync(path, text);
  return path;
}

describe('an encoder that is tried out in a process of its own', () => {
  it('is sound, as the bundled one, or refused with the reason, each for itself', async () => {
    const [sound, damaged, missing] = await Promise.allSettled([
      tryEncoder(resolve('models')),
      tryEncoder(resolve('test/fixtures/damaged-encoder')),
      tryEncoder(folder),
    ]);
    expect(sound.status).toBe('fulfilled');
    expect(damaged).toMatchObject({ status: 'rejected', reason: { name: 'EncoderError' } });
    expect(missing).toMatchObject({ reason: { message: expect.stringMatching(/cannot be read/) as string } });
  });

  it('is refused when that never ends', async () => {
    const endless = script('setInterval(() => undefined, 1000)');
    await expect(tryEncoder('theirs', endless, 200)).rejects.toThrow(
      'The encoder in theirs is refused, because trying it out took longer than 0.2 s.',
    );
  });

  it.each([
    ['ends the process', 'process.exit(1)'],
    ['crashes it', 'process.abort()'],
    ['takes all memory', 'const all = []; for (;;) all.push(new Array(4e6).fill(1.5));'],
  ])('is refused when it %s', async (_, text) => {
    await expect(tryEncoder('theirs', script(text))).rejects.toThrow('the process in which it was tried out died');
  });
});

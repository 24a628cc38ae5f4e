import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import scan from '../../../src/assembly/scan.wasm';

describe('assembly', () => {
  it('compiles to a module that computes what it says', async () => {
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 65_536, shared: true });
    const { instance } = await WebAssembly.instantiate(scan, { env: { memory } });
    const differences = instance.exports['absoluteDifferences'] as (a: number, b: number, length: number) => number;
    const bytes = fc.uint8Array({ minLength: 64, maxLength: 64 });
    fc.assert(
      fc.property(bytes, bytes, (a, b) => {
        const all = new Uint8Array(memory.buffer);
        all.set(a, 1024);
        all.set(b, 2048);
        expect(differences(1024, 2048, 64)).toBe(a.reduce((sum, value, i) => sum + Math.abs(value - b[i]!), 0));
      }),
      { seed: 1 },
    );
  });
});

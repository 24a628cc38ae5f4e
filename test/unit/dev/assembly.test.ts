import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile } from '../../../src/dev/assembly.mjs';
import { rowShape } from '../../../src/core/ranking/scan/form';
import { Job, partsOf } from '../../../src/core/ranking/scan/job';
import type { Kernel } from '../../../src/core/ranking/scan/kernels';
import { RowMemories } from '../../../src/core/ranking/scan/memory';
import { roomBytes } from '../../../src/core/ranking/scan/room';
import { Rows } from '../../../src/core/ranking/scan/rows';

const form = {
  features: 5,
  featureSize: 7,
  step: 1,
  groups: [
    [1, -3],
    [5, 2, -4],
  ],
};
const shape = rowShape(form, 2);
const bytes = fc.uint8Array({ minLength: 70, maxLength: 70 });
const memories = new RowMemories();

/** The sums of a channel's features, and the bounds that they and the groups give for the weighted channels. */
function naive(a: Uint8Array, b: Uint8Array, weights: readonly number[]) {
  const sums = weights.map((_, c) =>
    Array.from({ length: 5 }, (_, f) => {
      const part = (x: Uint8Array) => x.subarray(c * 35 + f * 7, c * 35 + f * 7 + 7);
      return part(a).reduce((sum, v) => sum + v, 0) - part(b).reduce((sum, v) => sum + v, 0);
    }),
  );
  const total = (of: (channel: number[]) => number) => weights.reduce((sum, w, c) => sum + w * of(sums[c]!), 0);
  const signed = (channel: number[], group: number[]) =>
    Math.abs(group.reduce((sum, f) => sum + Math.sign(f) * channel[Math.abs(f) - 1]!, 0));
  return {
    groups: total((channel) => form.groups.reduce((sum, group) => sum + signed(channel, group), 0)),
    features: total((channel) => channel.reduce((sum, f) => sum + Math.abs(f), 0)),
    codes: weights.reduce(
      (sum, w, c) => sum + w * a.slice(c * 35, c * 35 + 35).reduce((s, v, i) => s + Math.abs(v - b[c * 35 + i]!), 0),
      0,
    ),
  };
}

describe('assembly', () => {
  it('compiles a file for several who ask at the same time', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kindred-assembly-'));
    try {
      await mkdir(join(folder, 'assembly'));
      const source = `// ${folder}\nexport function two(): i32 { return 2; }\n`;
      await writeFile(join(folder, 'assembly/two.ts'), source);
      const path = join(folder, 'assembly/two.wasm');
      const [a, b] = await Promise.all([compile(path), compile(path)]);
      expect(WebAssembly.validate(Uint8Array.from(a))).toBe(true);
      expect(b).toEqual(a);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('compiles to kernels that compute what their TypeScript twins do', () => {
    fc.assert(
      fc.property(fc.array(bytes, { minLength: 1, maxLength: 9 }), bytes, fc.boolean(), (all, query, weighted) => {
        const rows = new Rows(shape, memories);
        for (const codes of all) rows.push(codes);
        const weights = weighted ? [0.5, 3] : undefined;
        const [part] = partsOf(rows);
        if (part === undefined) throw new Error('there are no rows');
        const room = part.memory.roomOf(roomBytes(shape, all.length, 1, 1));
        if (room === null) throw new Error('there is no room');
        const job = new Job(part, rows, room, [query], weights);
        const run = (kernel: Kernel) => {
          job.start();
          job.run(kernel);
          return [...job.boundsOf(0)];
        };
        const expected = all.map((codes) => naive(query, codes, weights ?? [1, 1]));
        expect(run('distances')).toEqual(expected.map(({ codes }) => codes));
        expect([...job.measure(0, [...all.keys()]).subarray(0, all.length)]).toEqual(
          expected.map(({ codes }) => codes),
        );
        expect(run('bounds')).toEqual(expected.map(({ groups }) => groups));
        expect(job.minimaOf(0)[0]).toBe(Math.min(...expected.map(({ groups }) => groups)));
        const threshold = expected[0]!.features;
        job.setThreshold(0, threshold);
        run('refine');
        const left = expected.flatMap(({ features }, row) => (features <= threshold ? [{ features, row }] : []));
        const count = job.countsOf(0)[0]!;
        expect([...job.boundsOf(0).subarray(0, count)]).toEqual(left.map(({ features }) => features));
        expect([...job.leftOf(0).subarray(0, count)]).toEqual(left.map(({ row }) => row));
        rows.clear();
      }),
      { seed: 1 },
    );
  });
});

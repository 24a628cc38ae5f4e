import { afterAll, describe, expect, it } from 'vitest';
import { Gallery, type RowForm } from '../../../../../src/core/ranking/gallery';
import { ScanHelper } from '../../../../../src/core/ranking/scan/helper';
import { RowMemories } from '../../../../../src/core/ranking/scan/memory';

const form: RowForm = {
  features: 10,
  featureSize: 10,
  step: 1,
  groups: [
    [1, -2, 3, 4, 5],
    [6, 7, -8, 9, 10],
  ],
};
const row = (n: number) => Uint8Array.from({ length: 200 }, (_, i) => (n * 31 + i * i * (1 + (n % 13))) % 256);

describe('a thread that helps to search', () => {
  const helper = new ScanHelper(0);
  const helped = new RowMemories(60, 3, helper);
  const alone = new RowMemories(60, 3, new ScanHelper(Infinity));
  afterAll(() => helper.close());

  it('finds the same in all memories, search after search, also while rows come and go, and when it is closed', async () => {
    const [one, two] = [new Gallery(form, 2, helped), new Gallery(form, 2, alone)];
    const compare = (n: number) => {
      const weights = n % 3 === 0 ? [0.3, 2] : undefined;
      expect(one.nearest(row(n), 7, String(n), weights)).toEqual(two.nearest(row(n), 7, String(n), weights));
      if (n % 50 !== 0) return;
      expect(one.ranking(row(n), String(n), weights)).toEqual(two.ranking(row(n), String(n), weights));
      const queries = [row(n), row(n + 1), row(n + 2)];
      expect(one.nearestMany(queries, 5)).toEqual(two.nearestMany(queries, 5));
      expect(one.reach(row(n))).toBe(two.reach(row(n)));
    };
    for (let n = 0; n < 12_000; n++) for (const gallery of [one, two]) gallery.put(String(n), row(n));
    for (let n = 0; n < 400; n++) {
      // So the thread gets to its start meanwhile.
      if (n % 20 === 0) await new Promise(setImmediate);
      if (n % 5 === 0) for (const gallery of [one, two]) gallery.remove(String(n));
      compare(n);
    }
    expect(helper.jobsShared).toBeGreaterThan(0);
    await helper.close();
    await helper.close();
    compare(150);
  });

  it('is done without where it cannot be started or is closed before', async () => {
    const closed = new ScanHelper(0);
    await closed.close();
    const gallery = new Gallery(form, 2, new RowMemories(60, 3, closed));
    gallery.put('a', row(1));
    expect(gallery.nearest(row(1), 1)).toEqual([{ row: 0, distance: 0 }]);
  });
});

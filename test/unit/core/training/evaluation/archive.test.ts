import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compare } from '../../../../../src/core/training/evaluation/comparison';
import { metricsOf } from '../../../../../src/core/training/evaluation/metrics';
import { countPairs, protocolOf } from '../../../../../src/core/training/evaluation/protocol';
import type { Pack } from '../../../../../src/core/training/packs/pack';
import { readPack } from '../../../../../src/core/training/packs/readPack';

const folder = join(import.meta.dirname, '../../../../../shared/data/validation/ucr');

/** Error rates of the nearest neighbour by Euclidean distance in the archive's table (Dau et al. 2019, DataSummary.csv). */
const published: readonly [set: string, error: number][] = [
  ['Car', 0.2667],
  ['OliveOil', 0.1333],
  ['Wine', 0.3889],
  ['Ham', 0.4],
  ['ToeSegmentation1', 0.3202],
  ['ToeSegmentation2', 0.1923],
  ['FiftyWords', 0.3692],
  ['Adiac', 0.3887],
  ['SwedishLeaf', 0.2112],
  ['MoteStrain', 0.1214],
];

function euclidean(pack: Pack): (a: number, b: number) => number {
  const series = pack.sequences.map(({ channels }) => channels[0]!);
  return (a, b) => {
    const [x, y] = [series[a]!, series[b]!];
    let sum = 0;
    for (let i = 0; i < x.length; i++) sum += (x[i]! - y[i]!) ** 2;
    return sum;
  };
}

describe.skipIf(!existsSync(folder))('sets of the UCR archive (skipped without ../shared/data)', () => {
  it.each(published)('%s has the published error of the nearest neighbour', async (set, error) => {
    const pack = await readPack(join(folder, `${set}.npz`));
    const protocol = protocolOf(pack);
    const { recallAt1 } = metricsOf(compare(protocol, countPairs(protocol), euclidean(pack)));
    expect(1 - recallAt1).toBeCloseTo(error, 3);
  });
});

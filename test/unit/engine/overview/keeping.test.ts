import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { randomOf } from '../../../../src/core/distributions/random';
import { DamagedBlocksError } from '../../../../src/core/index/snapshot/blocks';
import { cacheFolder } from '../../../../src/core/index/store/cacheFolder';
import { keyOf } from '../../../../src/core/index/store/records';
import { NeighbourRows } from '../../../../src/core/ranking/neighbours/rows';
import { OverviewFiles, type KeptOverview } from '../../../../src/engine/overview/keeping';

let base: string;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'kindred-keeping-'));
  mkdirSync(cacheFolder(base), { recursive: true });
});

afterEach(() => {
  rmSync(base, { recursive: true, force: true });
});

const isOf = (name: string, identity: string) => name.endsWith(keyOf('overview', identity).slice(0, 12));

/** An overview of more rows than a block has. */
function someOverview(count: number): KeptOverview {
  const random = randomOf(count, 'kept');
  const rows = new NeighbourRows(15);
  for (let row = 0; row < count; row++) rows.push(BigInt(random.below(2 ** 31)) << 20n);
  for (let row = 0; row < count; row += 2) {
    for (let place = 0; place < 15; place++) rows.set(row, place, random.below(count), place / 7);
    rows.settle(row, 1);
  }
  return {
    paused: true,
    graph: { keys: Array.from({ length: count }, (_, i) => `0 /a/${i}.csv`), rows, unoffered: ['0 /a/3.csv'] },
    map: {
      places: Float32Array.from({ length: 2 * count }, (_, at) => (at % 7 === 0 ? NaN : random.unit())),
      fresh: Uint8Array.from({ length: count }, (_, i) => i % 2),
    },
  };
}

function plain({ paused, graph: { keys, rows, unoffered }, map }: KeptOverview) {
  const n = keys.length;
  const numbers = [rows.ids.slice(0, 15 * n), rows.distances.slice(0, 15 * n), rows.marks.slice(0, n)];
  return { paused, keys, unoffered, map, numbers, stale: rows.stale.slice(0, n) };
}

it('reads what was written, and of another encoder nothing', async () => {
  const files = new OverviewFiles(base, 'encoder');
  expect(await files.read(null)).toBeNull();
  const kept = someOverview(5000);
  await files.write(null, kept);
  await files.write('["x"]', { ...someOverview(3), map: null, paused: false });
  expect(plain((await files.read(null))!)).toEqual(plain(kept));
  expect(await files.read('["x"]')).toMatchObject({ map: null, paused: false });
  expect(await files.read('["y"]')).toBeNull();
  expect(await new OverviewFiles(base, 'another').read(null)).toBeNull();
});

it('keeps what the encoder before has made, and of those before it nothing', async () => {
  const [first, second, third] = ['first', 'second', 'third'].map((name) => new OverviewFiles(base, name));
  await first!.write(null, someOverview(3));
  expect(await first!.before(null)).toBeNull();
  await second!.write(null, someOverview(4));
  expect((await second!.before(null))?.graph.keys).toHaveLength(3);
  expect((await first!.before(null))?.graph.keys).toHaveLength(4);
  utimesSync(
    join(
      cacheFolder(base),
      readdirSync(cacheFolder(base)).find((name) => isOf(name, 'first'))!,
    ),
    1,
    1,
  );
  await third!.write(null, someOverview(5));
  expect((await third!.before(null))?.graph.keys).toHaveLength(4);
  expect(readdirSync(cacheFolder(base))).toHaveLength(2);
  expect(await first!.read(null)).toBeNull();
});

it('forgets all of them, and keeps nothing of an empty one', async () => {
  const files = new OverviewFiles(base, 'encoder');
  await files.write(null, someOverview(3));
  await files.write('["x"]', someOverview(3));
  await files.write(null, { ...someOverview(0), paused: false });
  expect(readdirSync(cacheFolder(base))).toHaveLength(1);
  await files.forget();
  expect(readdirSync(cacheFolder(base))).toHaveLength(0);
});

it('notices damage everywhere, and a missing end', async () => {
  const files = new OverviewFiles(base, 'encoder');
  await files.write(null, someOverview(40));
  const [name = ''] = readdirSync(cacheFolder(base));
  const path = join(cacheFolder(base), name);
  const sound = readFileSync(path);
  const random = randomOf(1, 'damage');
  for (let i = 0; i < 100; i++) {
    const bytes = Buffer.from(sound);
    bytes[random.below(bytes.length)]! ^= 1 + random.below(255);
    writeFileSync(path, bytes);
    await expect(files.read(null)).rejects.toThrow(DamagedBlocksError);
  }
  for (let i = 0; i < 30; i++) {
    writeFileSync(path, sound.subarray(0, 1 + random.below(sound.length - 1)));
    await expect(files.read(null)).rejects.toThrow(DamagedBlocksError);
  }
});

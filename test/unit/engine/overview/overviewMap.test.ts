import { expect, it } from 'vitest';
import { randomOf } from '../../../../src/core/distributions/random';
import { Gallery } from '../../../../src/core/ranking/gallery';
import { graphOf } from '../../../../src/core/ranking/neighbours/graph';
import { GallerySource } from '../../../../src/core/ranking/neighbours/source';
import { roundsFor } from '../../../../src/core/ranking/map/rounds';
import type { Known } from '../../../../src/engine/overview/known';
import { OverviewMap } from '../../../../src/engine/overview/overviewMap';
import { form } from '../../core/ranking/neighbours/naive';

function knownOf(count: number): Known {
  const gallery = new Gallery(form, 1);
  const random = randomOf(1, 'rows');
  for (let i = 0; i < count; i++) {
    gallery.put(
      `key ${String(i).padStart(4, '0')}`,
      Uint8Array.from({ length: 4 }, () => random.below(200)),
    );
  }
  return { graph: graphOf(new GallerySource([gallery])), marks: new BigUint64Array(count), findables: [] };
}

/** A map, and a promise of its next picture that holds. */
function mapOf() {
  let told: () => void = () => undefined;
  const map = new OverviewMap(
    {
      onPicture: () => {
        told();
      },
      onError: (error) => {
        throw error;
      },
    },
    null,
  );
  const until = (holds: () => boolean) =>
    new Promise<void>((resolve) => {
      told = () => {
        if (holds()) resolve();
      };
      told();
    });
  return { map, until };
}

it('settles, takes in a few that come without moving the others, and settles again when more than a third is new', async () => {
  const { map, until } = mapOf();
  await map.follow(knownOf(40));
  await until(() => map.isSettled);
  const before = map.picture!.places.slice();
  await map.follow(knownOf(50));
  expect(map.isSettled).toBe(true);
  expect(map.picture!.places.subarray(0, 80)).toEqual(before);
  expect(map.picture!.fresh.reduce((sum, each) => sum + each, 0)).toBe(10);
  await map.follow(knownOf(70));
  expect(map.isSettled).toBe(false);
  expect(map.picture!.places.subarray(0, 80)).toEqual(before);
  await until(() => map.isSettled);
  expect(map.picture!.fresh.some((each) => each === 1)).toBe(false);
  expect(map.picture!.places.every((value) => Math.abs(value) <= 1)).toBe(true);
  await map.end();
});

it('goes on from the round where it was when something comes while it settles', async () => {
  const { map, until } = mapOf();
  await map.follow(knownOf(400));
  await until(() => map.progress.done > 0);
  map.pause(true);
  const { done } = map.progress;
  await map.follow(knownOf(410));
  expect(map.progress.done).toBe(Math.min(done, roundsFor(410) - 1));
  expect(map.picture!.places).toHaveLength(820);
  map.pause(false);
  await until(() => map.isSettled && map.picture!.fresh.every((each) => each === 0));
  await map.end();
});

it('is empty of nothing, and ends at once while it is paused', async () => {
  const { map, until } = mapOf();
  await map.follow(knownOf(0));
  expect(map.isSettled).toBe(true);
  expect(map.picture!.places).toHaveLength(0);
  map.pause(true);
  await map.follow(knownOf(30));
  expect(map.isSettled).toBe(false);
  await map.end();
  expect(map.progress.done).toBe(0);
  await until(() => true);
});

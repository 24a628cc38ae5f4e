import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Gallery } from '../../../../../src/core/ranking/gallery';
import { graphOf } from '../../../../../src/core/ranking/neighbours/graph';
import { GallerySource } from '../../../../../src/core/ranking/neighbours/source';
import { fewCodes, form, naiveGraph } from './naive';

const settings = { seed: 20260101, numRuns: 60 };

describe('graphOf', () => {
  it('finds the nearest of every sequence, equal ones among them, in one gallery or several', () => {
    fc.assert(
      fc.property(
        fc.array(fewCodes, { maxLength: 40 }),
        fc.integer({ min: 1, max: 15 }),
        fc.boolean(),
        (all, k, split) => {
          const galleries = [new Gallery(form, 1), new Gallery(form, 1)] as const;
          const rows = new Map(all.map((codes, i) => [`key ${(i * 7) % 41}`, codes]));
          [...rows].forEach(([key, codes], i) => {
            galleries[split ? i % 2 : 0]?.put(key, codes);
          });
          expect(graphOf(new GallerySource(galleries), k)).toEqual(naiveGraph(rows, k));
        },
      ),
      settings,
    );
  });

  it('has neighbours of none, of one, and of two equal ones', () => {
    const gallery = new Gallery(form, 1);
    const source = new GallerySource([gallery]);
    expect(graphOf(source).keys).toEqual([]);
    gallery.put('a', new Uint8Array(4));
    expect(graphOf(source)).toMatchObject({ keys: ['a'], k: 0, ids: new Uint32Array(0) });
    gallery.put('b', new Uint8Array(4));
    expect(graphOf(source)).toMatchObject({ k: 1, ids: Uint32Array.of(1, 0), distances: Float64Array.of(0, 0) });
  });
});

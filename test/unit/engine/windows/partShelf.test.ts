import { describe, expect, it } from 'vitest';
import type { CatalogueSequence } from '../../../../src/core/index/catalogue';
import { PartShelf } from '../../../../src/engine/windows/partShelf';
import type { OpenPart } from '../../../../src/engine/workers/tasks';

const sequence = (number: number): CatalogueSequence => ({ path: '/a', number }) as unknown as CatalogueSequence;

function open(bytes: number): OpenPart {
  const part = { start: 0, end: 1 };
  const features = { part, channels: 1, sheets: [], bytes: new SharedArrayBuffer(bytes) };
  return { part, features, comparedSteps: 1, ratio: 1 };
}

describe('the features that are kept', () => {
  it('are those that were used last, as far as there is room', () => {
    const shelf = new PartShelf(100);
    const [a, b, c] = [sequence(0), sequence(1), sequence(2)];
    const [ofA, ofB, ofC] = [open(40), open(40), open(40)];
    shelf.keep(a, 'form', ofA);
    shelf.keep(b, 'form', ofB);
    expect(shelf.get(a, 'form')).toBe(ofA);
    shelf.keep(c, 'form', ofC);
    expect([a, b, c].map((each) => shelf.get(each, 'form'))).toEqual([ofA, undefined, ofC]);
  });

  it('are not those that were made otherwise, which give way to new ones', () => {
    const shelf = new PartShelf(100);
    const only = sequence(0);
    shelf.keep(only, 'before', open(90));
    expect(shelf.get(only, 'after')).toBeUndefined();
    const made = open(90);
    shelf.keep(only, 'after', made);
    expect(shelf.get(only, 'after')).toBe(made);
  });

  it('are none that alone take more room than there is', () => {
    const shelf = new PartShelf(100);
    shelf.keep(sequence(0), 'form', open(40));
    const large = sequence(1);
    shelf.keep(large, 'form', open(101));
    expect(shelf.get(large, 'form')).toBeUndefined();
  });
});

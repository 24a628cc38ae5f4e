import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KindredError } from '../../../src/extension/failure';
import type { View } from '../../../src/extension/results/history';
import { setOf, setOfAll, withMark, withoutMark, withoutSequence } from '../../../src/extension/results/marks';
import type { SequenceRef } from '../../../src/protocol/sequences';

const ref = (name: string): SequenceRef => ({ path: `/w/${name}`, number: 0 });
const alone: View = { query: ref('q'), scope: 'layout', weights: null };
const named = (refs: readonly SequenceRef[]) => refs.map(({ path }) => path.slice(3));

describe('marks', () => {
  it('are what was said last of each sequence, whatever was said before', () => {
    const act = fc.record({ name: fc.constantFrom('a', 'b', 'c'), mark: fc.constantFrom('more', 'less', null) });
    fc.assert(
      fc.property(fc.array(act), (acts) => {
        const naive = new Map<string, 'more' | 'less'>();
        let view = alone;
        for (const { name, mark } of acts) {
          view = mark === null ? withoutMark(view, [ref(name)]) : withMark(view, [ref(name)], mark);
          if (mark === null || naive.get(name) === mark) naive.delete(name);
          else naive.set(name, mark);
        }
        for (const mark of ['more', 'less'] as const) {
          const expected = [...naive].filter(([, each]) => each === mark).map(([name]) => name);
          expect(named(setOf(view)[mark]).sort()).toEqual(expected.sort());
        }
        expect(view.set === undefined).toBe(naive.size === 0);
      }),
      { seed: 16 },
    );
  });

  it('on several rows are taken back only where all have them', () => {
    const one = withMark(alone, [ref('a')], 'more');
    const both = withMark(one, [ref('a'), ref('b')], 'more');
    expect(named(setOf(both).more)).toEqual(['a', 'b']);
    expect(withMark(both, [ref('b'), ref('a')], 'more')).toEqual(alone);
  });

  it('are kept while another sequence takes the place of the query that is left out', () => {
    const view = {
      ...withMark(alone, [ref('m')], 'more'),
      set: { ...setOf(alone), queries: [ref('r')], more: [ref('m')] },
    };
    const next = withoutSequence(view, ref('q'));
    expect(named([next.query, ...setOf(next).queries, ...setOf(next).more])).toEqual(['r', 'm']);
    const last = withoutSequence(next, ref('r'));
    expect(last).toEqual({ ...alone, query: ref('m') });
    expect(withoutSequence(last, ref('m'))).toEqual(last);
  });

  it('and queries are at most 64 of a kind', () => {
    const many = Array.from({ length: 65 }, (_, i) => ref(String(i)));
    expect(() => withMark(alone, many, 'less')).toThrow(KindredError);
    expect(() => setOfAll(many)).toThrow('Kindred searches with at most 64 recordings together.');
    expect(setOfAll(many.slice(1))?.queries).toHaveLength(63);
    expect(setOfAll([ref('a')])).toBeUndefined();
  });
});

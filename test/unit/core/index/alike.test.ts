import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Alike } from '../../../../src/core/index/alike';
import { layoutOfChannels } from '../../../../src/core/index/catalogue';
import type { Survey } from '../../../../src/core/index/store/records';

const text = fc.constantFrom('x', 'y', 'X [mV]', '');
const texts = fc.array(text, { maxLength: 2 });
const sequence = fc.record({
  number: fc.nat(3),
  name: fc.option(text),
  label: fc.option(text),
  channels: fc.array(fc.record({ name: fc.option(text), unit: fc.option(text) }), { minLength: 1, maxLength: 3 }),
  steps: fc.nat(500),
  rate: fc.option(fc.nat(100)),
  notes: texts,
  doubts: texts,
  levels: fc.uint8Array({ maxLength: 8 }).map((levels) => new Uint8Array(levels)),
});
const survey: fc.Arbitrary<Survey> = fc.oneof(
  fc.record({ kind: fc.constant('unclaimed' as const) }),
  fc.record({
    kind: fc.constant('sequences' as const),
    format: text,
    count: fc.nat(3),
    unusable: fc.array(fc.record({ number: fc.nat(3), reason: text }), { maxLength: 2 }),
    sequences: fc.array(sequence, { maxLength: 3 }),
  }),
);
const sequencesIn = (surveys: readonly Survey[]) =>
  surveys.flatMap((of) => (of.kind === 'sequences' ? of.sequences : []));

describe('surveys that have much in common', () => {
  it('are what they were, whatever happens to the bytes that they came in', () => {
    fc.assert(
      fc.property(fc.array(survey, { maxLength: 6 }), (surveys) => {
        const before = structuredClone(surveys);
        const alike = new Alike();
        const kept = alike.surveys(surveys);
        for (const { levels } of sequencesIn(surveys)) levels.fill(99);
        expect(kept).toEqual(before);
        for (const { channels } of sequencesIn(kept)) expect(alike.layoutOf(channels)).toBe(layoutOfChannels(channels));
      }),
      { seed: 7 },
    );
  });

  it('keep equal channels once, and apart where a unit or a name differs', () => {
    const of = (name: string | null, unit: string | null): Survey => ({
      ...{ kind: 'sequences', format: 'csv', count: 1, unusable: [] },
      sequences: [
        {
          ...{ number: 0, name: null, label: null, channels: [{ name, unit }], steps: 1, rate: null },
          ...{ notes: [], doubts: [], levels: new Uint8Array() },
        },
      ],
    });
    const kept = sequencesIn(new Alike().surveys([of('x', null), of('x', null), of('x', 'mV'), of(null, null)]));
    expect(kept[0]?.channels).toBe(kept[1]?.channels);
    expect(new Set(kept.map(({ channels }) => channels)).size).toBe(3);
  });
});

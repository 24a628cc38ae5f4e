import { describe, expect, it } from 'vitest';
import { bandText, mainChannel, reasonsOf, type ReasonFacts, type ReasonWords } from '../../../src/l10n/reasons';
import type { Explanation, Reasons } from '../../../src/protocol/explanation';

const words: ReasonWords = {
  channel: (channel) => `c${channel}`,
  share: (share) => `${Math.round(100 * share)} %`,
  distance: (distance) => distance.toFixed(2),
  at: (side, step) => `${side} ${step}`,
};

const explanation: Explanation = {
  distance: 1,
  channels: [1],
  kinds: [
    { name: 'level', band: null, part: 0.2 },
    { name: 'course', band: null, part: 0.1 },
    { name: 'shape', band: null, part: 0.1 },
    { name: 'rhythm', band: { low: 4, high: 8, timed: true }, part: 0.4 },
    { name: 'rhythm', band: { low: 2, high: 4, timed: true }, part: 0.2 },
  ],
  features: [],
  of: 0,
};

const span = { start: 10, end: 20 };
const none = { query: null, match: null };
const reasons: Reasons = {
  channel: 0,
  unit: 'g',
  part: 1,
  kinds: [],
  time: none,
  seen: { query: span, match: null },
  changes: [],
};

const textsOf = (facts: Partial<ReasonFacts>) =>
  reasonsOf({ explanation, reasons: null, time: null, ...facts }, words).map(({ text }) => text);
const withChange = (change: Partial<Reasons['changes'][number]>): Partial<ReasonFacts> => ({
  reasons: {
    ...reasons,
    changes: [{ name: 'level', amount: 1, without: 0.25, query: [], match: [], ...change }],
  },
});

describe('the sentences of an explanation', () => {
  it('are by kind alone as long as nothing else is known', () => {
    expect(textsOf({})).toEqual([
      'By kind: rhythm and loudness 60 %, level and spread 20 %, slow course 10 %, shape of single patterns 10 %; of the rhythms most at 4 to 8 Hz.',
    ]);
  });

  it('begin with the channel that has most of the distance, and else say what the largest ones have', () => {
    const channels = (...parts: number[]) => textsOf({ explanation: { ...explanation, channels: parts } })[0];
    expect(channels(0.1, 0.9)).toBe('Mostly c1 differs: it makes up 90 % of the distance.');
    expect(channels(0.45, 0.55)).toBe('c1 makes up 55 % of the distance, c0 45 %.');
    expect(channels(0.2, 0.5, 0.3)).toBe('c1 makes up 50 % of the distance, c2 30 %, c0 20 %.');
    expect(mainChannel({ ...explanation, channels: [0.2, 0.5, 0.3] })).toBe(1);
    expect(mainChannel({ ...explanation, channels: null })).toBeNull();
  });

  it('say where most of the difference lies, on the side that shows it best', () => {
    const [query, match] = [
      { start: 5, end: 9, share: 0.4, length: 0.1 },
      { start: 7, end: 8, share: 0.9, length: 0.1 },
    ];
    const texts = (time: NonNullable<ReasonFacts['time']>) => textsOf({ reasons: { ...reasons, time } }).at(-1);
    expect(texts({ query, match })).toBe(
      '90 % of the difference lies from match 7 to match 8 of the match, 10 % of its time.',
    );
    expect(texts({ query, match: null })).toBe(
      '40 % of the difference lies from query 5 to query 9 of the query, 10 % of its time.',
    );
    expect(texts({ query: { ...query, share: 0.15 }, match: null })).toBe('The difference is spread evenly over time.');
    const pooled = { explanation: { ...explanation, channels: null }, time: { query, match } };
    expect(textsOf(pooled)).toHaveLength(2);
    expect(textsOf(pooled)[1]).toMatch(/^90 %/);
  });

  it.each([
    [{ name: 'level', amount: 1.25 }, 'The match is higher, by 1.25 g.'],
    [{ name: 'level', amount: -2 }, 'The match is lower, by 2 g.'],
    [{ name: 'spread', amount: 3 }, 'The match is louder: its values spread 3 times as far.'],
    [{ name: 'spread', amount: 0.5 }, 'The match is quieter: the values of the query spread 2 times as far.'],
    [
      { name: 'trend', amount: -4 },
      'The match drifts downwards: it falls by 4 g more than the query from start to end.',
    ],
    [{ name: 'tempo', amount: 1.5 }, 'The match is faster, 1.5 times.'],
    [{ name: 'tempo', amount: 0.5 }, 'The match is slower, 2 times.'],
    [
      { name: 'peaks', amount: 4, match: [span] },
      'The match has a spike, 4 times as far out as anything in the query.',
    ],
    [
      { name: 'peaks', amount: 4, match: [span, span] },
      'The match has 2 spikes, up to 4 times as far out as anything in the query.',
    ],
    [
      { name: 'peaks', amount: 0.25, query: [span] },
      'The match lacks a spike of the query, 4 times as far out as anything in it.',
    ],
    [
      { name: 'peaks', amount: 0.25, query: [span, span] },
      'The match lacks 2 spikes of the query, up to 4 times as far out as anything in it.',
    ],
  ] as const)('begin with how the match is: %o', (change, expected) => {
    const [first] = reasonsOf({ explanation, reasons: null, time: null, ...withChange(change) }, words);
    expect(first!.text).toBe(`${expected} Without this the distance would be 0.25 instead of 1.00.`);
    expect(first!.query.length + first!.match.length).toBeGreaterThan(0);
  });

  it('are five at most, one of them on how strong a rhythm is', () => {
    const kind = { ...explanation.kinds[3]!, query: span, match: span, stronger: 0.5 };
    const changes = ['level', 'spread'] as const;
    const all = textsOf({
      explanation: { ...explanation, channels: [0.6, 0.5, 0.4] },
      reasons: {
        ...reasons,
        kinds: [kind],
        changes: changes.map((name) => ({ name, amount: 2, without: 0.5, query: [], match: [] })),
      },
    });
    expect(all).toHaveLength(5);
    const single = textsOf({ reasons: { ...reasons, kinds: [kind] } });
    expect(single[0]).toBe('The query is 2 times as strong at 4 to 8 Hz.');
  });

  it('name slow rhythms in seconds, and in steps where no rate is known', () => {
    expect(bandText({ low: 0.25, high: 0.5, timed: true })).toBe('every 2 to 4 s');
    expect(bandText({ low: 0.125, high: 0.25, timed: false })).toBe('every 4 to 8 steps');
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../../src/engine/engine';
import { reasonsOf, type Reason } from '../../../src/l10n/reasons';
import { rate, steps, tableOf, walk, wander } from './simulatedPairs';
import { TestEngine, TestWorkspace } from './workspace';

const never = new AbortController().signal;
const again = walk('b');
const raised = (from: number, to: number, by: number) =>
  again.map((value, i) => value + (i >= from && i < to ? by : 0));

/** What was done to a second walk, by the name of its file. */
const matches = {
  louder: again.map((value) => 2 * value),
  quieter: again.map((value) => value / 2),
  higher: again.map((value) => value + 1.5),
  faster: walk('b', 1.5),
  slower: walk('b', 0.7),
  spike: raised(1500, 1505, 30),
  drift: again.map((value, i) => value + 4 * (i / steps - 0.5)),
  hum: again.map((value, i) => value + 0.6 * Math.sin(2 * Math.PI * 0.3 * i)),
} as const;

let workspace: TestWorkspace;
let engine: Engine;

beforeAll(async () => {
  workspace = new TestWorkspace();
  workspace.write('query.csv', tableOf([walk('a')]));
  for (const [name, values] of Object.entries(matches)) workspace.write(`${name}.csv`, tableOf([values]));
  const three = (middle: Float32Array, seed: string) =>
    tableOf([walk(`${seed} left`), middle, walk(`${seed} right`, 2)]);
  workspace.write('three/query.csv', three(walk('q'), 'a'));
  workspace.write('three/swapped.csv', three(wander('z'), 'b'));
  workspace.write(
    'three/louder.csv',
    tableOf([walk('b left'), walk('c'), walk('b right', 2)].map((v) => v.map((x) => 3 * x))),
  );
  engine = await new TestEngine().open(workspace);
});

afterAll(async () => {
  await engine.close();
  workspace.remove();
});

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

function pairOf(query: string, match: string) {
  const ref = (name: string) => ({ path: workspace.path(`${name}.csv`), number: 0 });
  return { query: ref(query), match: ref(match), scope: 'layout' as const, weights: null };
}

/** What the page says of two recordings. */
async function said(query: string, match: string): Promise<readonly Reason[]> {
  const pair = pairOf(query, match);
  const explanation = await engine.ask('explain', { ...pair, features: 6 }, never);
  const channels = explanation.channels ?? [];
  const channel = channels.indexOf(Math.max(...channels));
  const reasons = await engine.ask('reasons', { ...pair, channel }, never);
  expect(Math.abs(sum(explanation.kinds.map(({ part }) => part)) - explanation.distance)).toBeLessThan(1e-9);
  expect(Math.abs(reasons.part - channels[channel]!)).toBeLessThan(1e-9);
  return reasonsOf(
    { explanation, reasons, time: null },
    {
      channel: (number) => `c${number}`,
      share: (share) => `${Math.round(100 * share)} %`,
      distance: (distance) => distance.toFixed(2),
      at: (_, step) => `${step / rate} s`,
    },
  );
}

describe('the first sentence of an explanation', () => {
  it.each([
    [
      'louder',
      /^The match is louder: its values spread (1\.9|2|2\.1) times as far\. Without this the distance would be/,
    ],
    ['quieter', /^The match is quieter: the values of the query spread (1\.9|2|2\.1) times as far\./],
    ['higher', /^The match is higher, by 1\.[45]/],
    ['faster', /^The match is faster, 1\.[456] times\./],
    ['slower', /^The match is slower, 1\.[345] times\./],
    ['spike', /^The match has a spike, 1[45](\.\d)? times as far out as anything in the query\./],
    ['drift', /^The match drifts upwards: it rises by (3\.[6-9]|4)/],
    ['hum', /^The match is [\d.]+ times as strong at 12\.5 to 25 Hz\./],
  ])('names what was done: %s', async (name, expected) => {
    const [first, ...others] = await said('query', name);
    expect(first!.text).toMatch(expected);
    expect(others.length).toBeGreaterThanOrEqual(2);
    expect(others.length).toBeLessThanOrEqual(4);
    expect(others.map(({ text }) => text).join(' ')).toMatch(/By kind: .*(level and spread) \d+ %/);
  });

  it('names the channel that was swapped', async () => {
    const [first] = await said('three/query', 'three/swapped');
    expect(first).toMatchObject({ about: 'channel', channel: 1 });
    expect(first!.text).toMatch(/^Mostly c1 differs: it makes up \d\d % of the distance\.$/);
  });

  it('names what was done to all channels, of the one that differs most', async () => {
    const [first, second] = await said('three/query', 'three/louder');
    expect(first!.text).toMatch(/^c\d: The match is louder: its values spread (2\.[6-9]|3|3\.\d) times as far\./);
    expect(second!.text).toMatch(/^c\d makes up \d\d % of the distance, c\d \d\d %, c\d \d\d %\.$/);
  });

  it('marks a spike where it is', async () => {
    const [first] = await said('query', 'spike');
    const [mark] = first!.match;
    expect(first!.match).toHaveLength(1);
    expect(mark!.start).toBeLessThanOrEqual(1500);
    expect(mark!.end).toBeGreaterThanOrEqual(1505);
    expect(mark!.end - mark!.start).toBeLessThan(60);
    expect(first!.query).toEqual([]);
  });

  it('says that nothing differs where nothing does', async () => {
    expect(await said('query', 'query')).toEqual([
      expect.objectContaining({ text: 'Nothing that is measured differs.' }) as Reason,
    ]);
  });
});

describe('reasons', () => {
  it('are told of channels that are compared one by one', async () => {
    const pair = pairOf('three/query', 'three/louder');
    await expect(engine.ask('reasons', { ...pair, channel: 7 }, never)).rejects.toThrow(/one by one/);
    const all = { ...pair, scope: 'all' as const, channel: 0 };
    await expect(engine.ask('reasons', all, never)).rejects.toThrow(/one by one/);
  });

  it('follow the weights of channels', async () => {
    const pair = { ...pairOf('three/query', 'three/swapped'), weights: [1, 0, 3] };
    const { channels } = await engine.ask('explain', { ...pair, features: 1 }, never);
    const { part } = await engine.ask('reasons', { ...pair, channel: 2 }, never);
    expect(channels![1]).toBe(0);
    expect(part).toBeCloseTo(channels![2]!, 9);
  });

  it('are there for two pairs at once, and stop when nobody waits', async () => {
    const left = new AbortController();
    const [one, other, third] = await Promise.allSettled([
      engine.ask('reasons', { ...pairOf('query', 'spike'), channel: 0 }, never),
      engine.ask('reasons', { ...pairOf('query', 'drift'), channel: 0 }, never),
      (() => {
        const asked = engine.ask('reasons', { ...pairOf('query', 'louder'), channel: 0 }, left.signal);
        left.abort();
        return asked;
      })(),
    ]);
    expect(one.status === 'fulfilled' && one.value.changes[0]?.name).toBe('peaks');
    expect(other.status === 'fulfilled' && other.value.changes[0]?.name).toBe('trend');
    expect(third.status).toBe('rejected');
  });
});

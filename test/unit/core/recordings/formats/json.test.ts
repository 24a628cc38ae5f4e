import { readdirSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { Sequence } from '../../../../../src/core/recordings/sequence';
import { damaged, damages, endsWell } from '../damage';
import { read, readAs } from './read';

const steps = [...Array(40).keys()];
const wave = steps.map((t) => Math.round(1000 * Math.sin(t / 3)) / 1000);
const rows = steps.map((t) => ({ time: t / 100, acc: { x: wave[t], y: t % 7 }, activity: 'walk' }));
const lines = (values: readonly unknown[]) => values.map((value) => JSON.stringify(value)).join('\n') + '\n';

const summary = (sequences: readonly Sequence[] | null) =>
  sequences?.map(({ name, label, rate, channels }) => ({
    ...{ name, label, rate },
    channels: Object.fromEntries(channels.map((channel, i) => [channel.name ?? i, Array.from(channel.values)])),
  }));
const rounded = (values: readonly (number | undefined)[]) => values.map((value) => Math.fround(value ?? NaN));
const walk = {
  ...{ name: null, label: 'walk', rate: 100 },
  channels: { 'acc.x': rounded(wave), 'acc.y': steps.map((t) => t % 7) },
};

describe('JSON Lines', () => {
  test.each(['x.jsonl', 'x.ndjson'])('hold a time step in each line: %s', async (name) => {
    expect(summary(await readAs(name, lines(rows)))).toEqual([walk]);
  });

  it('hold a recording in each line', async () => {
    const recordings = ['a', 'b'].map((id) => ({ id, label: `class ${id}`, fs: 50, ecg: wave }));
    const read = summary(await readAs('x.jsonl', lines(recordings)));
    expect(read).toEqual(
      ['a', 'b'].map((id) => ({ name: id, label: `class ${id}`, rate: 50, channels: { ecg: rounded(wave) } })),
    );
  });

  it('may be packed', async () => {
    expect(summary(await readAs('x.jsonl.gz', gzipSync(lines(rows))))).toEqual([walk]);
  });

  it('may lack fields', async () => {
    const sparse = [{ a: 1 }, { a: 2, b: 5 }, { b: 6 }, { a: 4 }];
    expect(summary(await readAs('x.jsonl', lines(sparse)))?.[0]?.channels).toEqual({
      a: [1, 2, NaN, 4],
      b: [NaN, 5, 6, NaN],
    });
  });

  it('of events without numbers are passed over', async () => {
    expect(await readAs('x.jsonl', lines([{ level: 'info', message: 'started' }]))).toBeNull();
  });

  it.each([
    ['{"a": 1}\n{"a": \n', 'it is no valid JSON in line 2'],
    ['{"a": 1}\n"text"\n', 'line 2 holds neither an object nor numbers'],
  ])('%j is refused', (text, reason) => expect(readAs('x.jsonl', text)).rejects.toThrow(reason));

  it('of ever new names are refused before they take memory', () =>
    expect(
      readAs('x.jsonl', lines([...Array(3000).keys()].map((i) => ({ [`n${i}`]: i }))), { maximumSamples: 100_000 }),
    ).rejects.toThrow('it has more than the 100,000 samples allowed'));
});

describe('JSON', () => {
  it.each<[string, unknown, unknown]>([
    ['a list of numbers', wave, { channels: { 0: rounded(wave) } }],
    [
      'rows of numbers',
      steps.map((t) => [wave[t], t % 7]),
      { channels: { 0: rounded(wave), 1: steps.map((t) => t % 7) } },
    ],
    ['a list for each channel', [wave, wave], { channels: { 0: rounded(wave), 1: rounded(wave) } }],
    ['objects', rows, walk],
    [
      'an object of lists',
      { fs: 250, label: 'rest', subject: { age: 4 }, ecg: wave, resp: steps.map((t) => t % 7), peaks: [3, 9] },
      { rate: 250, label: 'rest', channels: { ecg: rounded(wave), resp: steps.map((t) => t % 7) } },
    ],
    [
      'dates and values',
      { when: steps.map((t) => new Date(1e12 + t * 500).toISOString()), v: wave },
      { rate: 2, channels: { v: rounded(wave) } },
    ],
  ])('may be %s', async (_, value, expected) => {
    expect(summary(await readAs('x.json', JSON.stringify(value)))?.[0]).toMatchObject(expected as object);
  });

  it('may hold NaN as Python writes it', async () => {
    const text = `{"note": "NaN", "x": [${wave.map((value, t) => (t === 5 ? 'NaN' : value)).join(', ')}]}`;
    expect(summary(await readAs('x.json', text))?.[0]?.channels['x']?.[5]).toBeNaN();
  });

  it('that is no recording is passed over', async () => {
    const project = new URL('../../../../../', import.meta.url).pathname;
    const names = ['package.json', 'package-lock.json', 'tsconfig.json', 'package.nls.json', 'models/encoder.json'];
    const bundles = readdirSync(`${project}l10n`).map((name) => `l10n/${name}`);
    for (const name of [...names, ...bundles]) expect(await read(project + name), name).toBeNull();
    for (const value of [{}, [], [1, 2], { a: [1, 2, 3] }, [{ id: 1, name: 'x' }], 'text', null]) {
      expect(await readAs('x.json', JSON.stringify(value))).toBeNull();
    }
    const collection = {
      type: 'FeatureCollection',
      features: [{ geometry: { coordinates: rows.map(() => [1.5, 2.5]) } }],
    };
    expect(await readAs('x.json', JSON.stringify(collection))).toBeNull();
  });

  it.each([
    [`[${wave.join(',')}`, 'it is no valid JSON'],
    [JSON.stringify([wave, [1, 2]]), 'its rows are not equally long, or hold more than numbers'],
  ])('%s is refused', (text, reason) => expect(readAs('x.json', text)).rejects.toThrow(reason));

  it('of too many samples is refused', () =>
    expect(readAs('x.json', JSON.stringify({ ecg: wave }), { maximumSamples: 10 })).rejects.toThrow(
      'it has more than the 10 samples allowed',
    ));
});

it('any damage ends well', async () => {
  const texts = [
    ['x.jsonl', lines(rows)],
    ['x.json', JSON.stringify(rows)],
    ['x.json', JSON.stringify({ fs: 1, a: wave, b: wave })],
    ['x.json', JSON.stringify(steps.map((t) => [t, t]))],
  ] as const;
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...texts), damages, async ([name, text], damage) => {
      await endsWell(readAs(name, damaged(Buffer.from(text), damage), { maximumSamples: 10_000 }), 10_000);
    }),
    { seed: 42, numRuns: 1000 },
  );
});

import { beforeAll, describe, expect, it } from 'vitest';
import { delimitedReader } from '../../../../../src/core/recordings/formats/delimited/delimited';
import { defaultReadOptions, type ReadOptions } from '../../../../../src/core/recordings/reader';
import type { Sequence } from '../../../../../src/core/recordings/sequence';
import { memorySource } from './sources';

const lines = 52_000;
const wave = (i: number, shift: number) => (10 * Math.sin(i / 7 + shift)).toFixed(4);
const patterns = Array.from({ length: 1000 }, (_, i) => Array.from({ length: 43 }, (_, c) => wave(i, c)).join(','));
const header = `t,label,count,${Array.from({ length: 43 }, (_, c) => `ch${String.fromCharCode(97 + (c % 26))}${c < 26 ? '' : 'x'}`).join(',')}`;

/** A long table: a clock, a label that changes far down, whole numbers, and 43 signals. */
function longTable(names = header, oddAt = -1): string {
  const row = (i: number) => {
    const signals = i === oddAt ? patterns[0]!.replace(/,[^,]*$/, ',broken') : patterns[i % 1000]!;
    return `${(i / 50).toFixed(2)},${i < 40_000 ? 1 : 2},${(i * 37) % 101},${signals}`;
  };
  return `${names}\n${Array.from({ length: lines }, (_, i) => row(i)).join('\n')}\n`;
}

async function read(
  text: string,
  decisions?: ReadOptions['decisions'],
  more: Partial<ReadOptions> = {},
  pieceLength?: number,
) {
  const options = { ...defaultReadOptions, ...more, ...(decisions === undefined ? {} : { decisions }) };
  return delimitedReader.read(memorySource('long.csv', text, pieceLength), options);
}

const channelsOf = ([sequence]: readonly Sequence[], names: readonly string[]) =>
  names.map((name) => sequence?.channels.find((channel) => channel.name === name)?.values);

describe('a long table of which a user chose channels', () => {
  let text = '';
  let whole: readonly Sequence[] = [];
  beforeAll(async () => {
    text = longTable(header, 45_000);
    expect(text.length).toBeGreaterThan(2 ** 24);
    whole = await read(text);
  });

  it('is read as if all of its columns were', async () => {
    const chosen = await read(text, { channels: ['chc', 'cha'] });
    expect(chosen).toHaveLength(1);
    expect(chosen[0]?.channels.map(({ name }) => name)).toEqual(['chc', 'cha']);
    expect(channelsOf(chosen, ['chc', 'cha'])).toEqual(channelsOf(whole, ['chc', 'cha']));
    expect([chosen[0]?.rate, chosen[0]?.label]).toEqual([whole[0]?.rate, whole[0]?.label]);
    const roles = (sequence: Sequence | undefined) => sequence?.reading?.columns.map(({ role }) => role);
    expect(roles(chosen[0])).toEqual(
      roles(whole[0])?.map((role, at) => (role === 'channel' && at !== 3 && at !== 5 ? 'leftOut' : role)),
    );
  });

  it('keeps no other samples, and looks at no others', async () => {
    const most = 20 * lines;
    await expect(read(text, undefined, { maximumSamples: most })).rejects.toThrow(/^it has more than/);
    const [chosen] = await read(text, { channels: ['cha'] }, { maximumSamples: most });
    expect(chosen?.notes.some((note) => note.includes('not numbers'))).toBe(false);
    expect(whole[0]?.notes.some((note) => note.includes('not numbers'))).toBe(true);
  });

  it('still finds labels that change below its beginning', async () => {
    const [chosen] = await read(text, { channels: ['cha'] });
    expect(chosen?.notes).toContain('labels that change within the recording left out: "label" ("1", "2")');
  });

  it('may have its channels named by number', async () => {
    expect(channelsOf(await read(text, { channels: [46] }), ['chqx'])).toEqual(channelsOf(whole, ['chqx']));
  });

  it('is read in full where its columns share names', async () => {
    const shared = longTable(header.replace('chb,', 'cha,'));
    const [chosen] = await read(shared, { channels: ['cha 2'] });
    const [all] = await read(shared);
    expect(chosen?.channels[0]?.values).toEqual(all?.channels.find(({ name }) => name === 'cha 2')?.values);
  });
});

describe('a table with too many samples', () => {
  it('is refused long before its end, with what can be done', async () => {
    const text = longTable();
    const source = memorySource('long.csv', text, 2 ** 16);
    let taken = 0;
    const counted = {
      ...source,
      async *pieces(position?: number) {
        for await (const piece of source.pieces(position)) {
          taken += piece.length;
          yield piece;
        }
      },
    };
    const options = { ...defaultReadOptions, maximumSamples: 2 ** 18 };
    await expect(delimitedReader.read(counted, options)).rejects.toThrow(
      'it has more than the 262,144 samples allowed, in 46 columns: keep fewer by a rule for its channels ' +
        '(How Is This File Read?), or divide it',
    );
    expect(taken).toBeLessThan(text.length / 50);
  });

  it('is not refused for what its beginning holds more of', async () => {
    const words = '# nothing but words\n'.repeat(20_000);
    const text = `a,b\n${Array.from({ length: 10_000 }, (_, i) => `${wave(i, 0)},${wave(i, 1)}`).join('\n')}\n${words}`;
    const [sequence] = await read(text, undefined, { maximumSamples: 20_000 }, 2 ** 14);
    expect(sequence?.channels[0]?.values).toHaveLength(10_000);
  });
});
